"""Problems of reading: a file that is no text, a text that is no tree."""

from __future__ import annotations

from typing import Final

from tfspec.diagnostics import Code

from .limits import MAX_DEPTH

SHOWN: Final = 60
"""Characters of the user's text that a message quotes."""

_HEAD = "tfspec: 1\nmodel:\n  sequential:\n    input: {shape: [4]}\n    layers:\n"
_GOOD = _HEAD + "      - Dense: {units: 1}\n"
_RESCALING = _HEAD + "      - Rescaling: {scale: %s}\n      - Dense: {units: 1}\n"

UNREADABLE = Code(
    "TS001",
    "a file that cannot be read",
    "The file does not exist, is a folder, may not be read by you, or is far larger than a spec can be. "
    "The path is taken from the folder in which the command is run.",
    good=_GOOD,
)

NOT_UTF8 = Code(
    "TS002",
    "a file that is not UTF-8 text",
    "Specs are UTF-8 text, with or without a byte order mark. The file holds bytes that are no UTF-8: it was "
    "saved in another encoding, or it is no text at all.",
    good=_GOOD,
)

EMPTY = Code(
    "TS003",
    "a spec that holds nothing",
    "The file is empty, or holds nothing but comments. The least that a spec says is the version of the "
    "language, under `tfspec`, and a model.",
    bad="# to be written\n",
    good=_GOOD,
)

NOT_A_MAPPING = Code(
    "TS004",
    "a spec that is not a mapping",
    "At its top a spec is a mapping: lines of `key: value`, such as `tfspec: 1`. Here the whole text is a list "
    "or a single value. Most often the space after a colon is missing, or everything stands below a `- `.",
    bad="- tfspec: 1\n- model: {sequential: {layers: [Flatten]}}\n",
    good=_GOOD,
)

SEVERAL_DOCUMENTS = Code(
    "TS005",
    "more than one document in a file",
    "A line `---` begins a new YAML document. A file holds one spec, so only one document; several specs "
    "are files of their own.",
    bad=_GOOD + "---\n" + _GOOD,
    good="---\n" + _GOOD,
)

SYNTAX = Code(
    "TS006",
    "text that is not YAML",
    "The reader cannot tell which keys and values are meant. The place that is shown is where it noticed; the "
    "cause may be a little earlier, such as a comma that is missing at the end of the line before.",
    bad=_HEAD + "      - Dense: {units: 1 activation: relu}\n",
    good=_HEAD + "      - Dense: {units: 1, activation: relu}\n",
)

TAB = Code(
    "TS007",
    "a tab where the text is indented",
    "YAML is indented with spaces alone, because a tab is as wide as each editor likes. Most editors can be told "
    "to write spaces when the tab key is pressed.",
    bad="tfspec: 1\nmodel:\n\tsequential:\n\t\tlayers: [Flatten]\n",
    good="tfspec: 1\nmodel:\n  sequential:\n    input: {shape: [4]}\n    layers: [Flatten]\n",
)

INDENTATION = Code(
    "TS008",
    "a line that is indented like none above it",
    "What belongs together begins in the same column: the keys of one mapping, the dashes of one list. A line "
    "that begins in a column of its own belongs to nothing.",
    bad=_HEAD + "      - Dense: {units: 1}\n     - Flatten\n",
    good=_HEAD + "      - Dense: {units: 1}\n      - Flatten\n",
)

UNCLOSED = Code(
    "TS009",
    "a quote or bracket that is never closed",
    "A text that begins with a quote ends with the same quote, and every `[` and `{` has its `]` and `}`. The "
    "place that is shown is where the open one begins.",
    bad=_HEAD + "      - Dense: {units: 1\n",
    good=_GOOD,
)

NEEDS_QUOTES = Code(
    "TS010",
    "text that must be quoted",
    "Some characters mean something to YAML and so cannot stand in a text without quotes: `@`, `%` and a "
    "backtick at its beginning, a colon with a space after it, and braces inside braces.",
    bad=_RESCALING % "@half",
    good=_RESCALING % "0.00392",
)

MISSING_SPACE = Code(
    "TS011",
    "a colon with no space after it",
    "In YAML a colon ends a key only if a space or the end of the line follows. `units:5` is one word; `units: 5` "
    "is a key and its value.",
    bad=_HEAD + "      - Dense: {units:1}\n",
    good=_GOOD,
)

DUPLICATE_KEY = Code(
    "TS012",
    "a key that is given twice",
    "One of the two values would be lost without a word, so neither is taken. In JSON and YAML the keys `1` and "
    '`"1"` are the same key, since keys are text.',
    bad=_HEAD + "      - Dense: {units: 1, units: 2}\n",
    good=_GOOD,
)

KEY_NOT_TEXT = Code(
    "TS013",
    "a key that is not text",
    "The keys of a spec are names. A list, a mapping or nothing at all stands where a key belongs; often two "
    "braces `{{ }}` were meant to insert a value; a spec holds the value itself.",
    bad=_RESCALING % "{{factor}: 1}",
    good=_RESCALING % "0.5",
)

MERGE_KEY = Code(
    "TS014",
    "a merge key",
    "The key `<<` merged mappings in YAML 1.1. YAML 1.2 has no such key, and readers disagree about what it means. "
    "An alias `*name` repeats a whole value; what differs is written out.",
    bad=_HEAD + "      - Dense: &first {units: 1}\n      - Dense: {<<: *first, activation: relu}\n",
    good=_HEAD + "      - Dense: {units: 1}\n      - Dense: {units: 1, activation: relu}\n",
)

TAG = Code(
    "TS015",
    "a tag",
    "A tag such as `!!python/object` asks the reader to make something out of a value. A spec is data: reading it "
    "makes nothing and runs nothing, so tags are not taken, except `!!str` before a text.",
    bad=_HEAD + '      - Dense: {units: !!int "1"}\n',
    good=_GOOD,
)

UNKNOWN_ALIAS = Code(
    "TS016",
    "an alias of nothing",
    "`*name` repeats the value that was marked `&name` earlier in the same file. Nothing before this place is marked "
    "with that name. A text that begins with a star is written in quotes.",
    bad=_HEAD + "      - Dense: {units: *width}\n",
    good=_HEAD + "      - Dense: {units: &width 1}\n      - Dense: {units: *width}\n",
)

RECURSION = Code(
    "TS017",
    "a value that contains itself",
    "An alias stands inside the very value that it repeats, which would make the value endless.",
    bad=_HEAD + "      - Dense: &dense {units: 1, name: *dense}\n",
    good=_GOOD,
)

TOO_DEEP = Code(
    "TS018",
    "values inside values without end",
    f"Lists and mappings stand inside one another more than {MAX_DEPTH} deep. No model needs that; the text was "
    "generated by mistake, or made to break its reader.",
    bad="tfspec: 1\nmodel: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + "\n",
    good=_GOOD,
)

TOO_MANY_VALUES = Code(
    "TS019",
    "more values than a spec can hold",
    "Aliases count as what they stand for, so a few lines that repeat one another can stand for more values than "
    "any memory holds. Keep data in files of its own.",
    bad="tfspec: 1\nvars:\n  a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
    + "".join(f"  {b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcde", "bcdef", strict=True))
    + _GOOD.removeprefix("tfspec: 1\n"),
    good=_GOOD,
)

NUMBER_TOO_LARGE = Code(
    "TS020",
    "a number that is too large",
    "The number overflows a 64-bit float, or is written with more digits than any computation could use. Infinity "
    "is written `.inf`; digits that are no number, such as a long identifier, are quoted.",
    bad=_RESCALING % "1e400",
    good=_RESCALING % "1e30",
)

CHARACTER = Code(
    "TS021",
    "a character that cannot stand in a text",
    "Control characters and half surrogate pairs are no text: they cannot be seen, and most come from a copy that "
    "went wrong. Inside double quotes an escape such as `\\x1B` writes one that is really meant.",
    bad=_HEAD + "      - Dense: {units: 1, name: a\x07b}\n",
    good=_GOOD,
)

JSON_SYNTAX = Code(
    "TS022",
    "text that is not JSON",
    "The text is read as JSON, by its file's name or because it begins like JSON. JSON knows double quotes only, "
    "no comments, no comma after the last value, and neither `NaN` nor `Infinity`. YAML is more lenient: a file "
    "named `.yaml` may hold the same with comments.",
    bad='{"tfspec": 1 "model": {"sequential": {"input": {"shape": [4]}, "layers": ["Flatten"]}}}\n',
    good='{"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["Flatten"]}}}\n',
)

NOT_A_VALUE = Code(
    "TS023",
    "a Python object that a spec cannot hold",
    "A spec given as a Python mapping holds what YAML can write: dicts with text keys, lists, tuples, text, numbers, "
    "booleans and None. Functions, classes, arrays and layers are named in a spec, not put into it.",
    good=_GOOD,
)


def shown(text: str) -> str:
    """A piece of the user's text as a message quotes it: on one line, and not too long."""
    line = " ".join(text[: 4 * SHOWN].split())
    return f"`{line[:SHOWN]}…`" if len(line) > SHOWN + 1 else f"`{line}`"
