"""JSON to a tree, with a place for every key and value.

Python's own decoder keeps no places, so values are found here; texts are still decoded by its
scanner. Mistakes that people make by habit from other notations (a comma too many, a comment,
single quotes, `True`) are reported and read past, so that one look tells all of them.
"""

from __future__ import annotations

import re
from json import decoder
from json.decoder import JSONDecodeError
from typing import TYPE_CHECKING

from tfspec.diagnostics import Label, Path, Problem, Span, SpecError, Text, in_file_order

from . import refusals
from .limits import MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES, weight
from .places import Places
from .problems import CHARACTER, EMPTY, JSON_SYNTAX, NUMBER_TOO_LARGE, UNCLOSED, shown
from .scalars import NumberTooLarge, json_number
from .tree import Scalar, Tree

if TYPE_CHECKING:

    def scanstring(content: str, end: int, strict: bool, /) -> tuple[str, int]:  # noqa: FBT001 - as in C
        """Decode the text whose opening quote stands before `end`."""

else:
    scanstring = decoder.scanstring  # the C scanner where there is one; typeshed leaves it out

SPACE = re.compile(r"[ \t\r\n]*")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])")
WORD = re.compile(r"[^\s,:\[\]{}\"']+")
SINGLE_QUOTED = re.compile(r"'(?:[^'\\\r\n]|\\.)*'")
EXPRESSION = re.compile(r"\$\{[^{}\r\n]*\}")
COMMENT = re.compile(r"(?://|#)[^\r\n]*|/\*.*?\*/", re.DOTALL)
HALF_PAIR = re.compile("[\ud800-\udfff]")
CONSTANTS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
OTHER_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def read_json(text: Text) -> Tree:
    """The tree of a JSON text.

    Raises:
        SpecError: with every problem that was found up to the place where reading had to stop.
    """
    reader = _Reader(text)
    root = reader.read()
    if reader.problems or root is None:
        raise SpecError(in_file_order(reader.problems))
    return root


class _Enough(Exception):  # noqa: N818 - it is no error, it ends the reading
    """Reading on makes no sense, or would cost too much."""


class _Reader:
    """A position in the text, the way to it, and what was wrong before it."""

    def __init__(self, text: Text) -> None:
        self.content = text.content
        self.places = Places(text)
        self.problems: list[Problem] = []
        self._at = 0
        self._path: list[str | int] = []
        self._values = 0
        self._depth = 0

    def read(self) -> Tree | None:
        try:
            if not self._next():
                cure = 'begin with `{"tfspec": 1, "model": …}`'
                self._stop(EMPTY.problem("the spec holds nothing", span=self.places.span(0, 0), help=cure))
            root = self._value(None, None)
            if self._next():
                self._fail("this follows the end of the spec", "remove it, or check the brackets before it")
        except _Enough:
            return None
        return root

    # Problems

    def _report(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Enough

    def _stop(self, problem: Problem) -> None:
        self.problems.append(problem)
        raise _Enough

    def _syntax(self, message: str, start: int, end: int, cure: str) -> Problem:
        span = self.places.span(start, min(end, len(self.content)))
        return JSON_SYNTAX.problem(message, path=self._way, span=span, help=cure)

    def _fail(self, message: str, cure: str) -> None:
        """Stop at the word or character that is read now."""
        found = WORD.match(self.content, self._at)
        self._stop(self._syntax(message, self._at, found.end() if found else self._at + 1, cure))

    @property
    def _way(self) -> Path:
        return tuple(self._path)

    # Reading

    def _next(self) -> str:
        """The next character that is neither space nor comment; empty at the end."""
        while True:
            found = SPACE.match(self.content, self._at)
            self._at = found.end() if found else self._at
            char = self.content[self._at : self._at + 1]
            if char not in ("/", "#"):
                return char
            comment = COMMENT.match(self.content, self._at)
            if not comment:
                return char
            cure = "remove it, or name the file `.yaml` and begin comments with `#`"
            self._report(self._syntax("JSON has no comments", *comment.span(), cure))
            self._at = comment.end()

    def _value(self, key_span: Span | None, opened: int | None) -> Tree:
        char = self._next()
        start = self._at
        content: Scalar | list[Tree] | dict[str, Tree]
        if char == "{":
            content = self._mapping()
        elif char == "[":
            content = self._list()
        elif char in ('"', "'"):
            content = self._text()
            self._count(weight(content), start)
        else:
            content = self._word(opened)
            self._count(1, start)
        return Tree(content, self.places.span(start, self._at), key_span)

    def _count(self, size: int, start: int) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            self._stop(refusals.too_many_values(self._way, self.places.span(start, start + 1)))

    def _enter(self) -> int:
        """Go inside a bracket; gives back where it opened."""
        opened = self._at
        if self._depth >= MAX_DEPTH:
            self._stop(refusals.too_deep(self._way, self.places.span(opened, opened + 1)))
        self._count(1, opened)
        self._depth += 1
        self._at += 1
        return opened

    def _leave(self) -> None:
        self._depth -= 1
        self._at += 1

    def _list(self) -> list[Tree]:
        items: list[Tree] = []
        opened = self._enter()
        while self._next() != "]":
            self._path.append(len(items))
            items.append(self._value(None, opened))
            self._path.pop()
            self._separator(opened, "]")
        self._leave()
        return items

    def _mapping(self) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        opened = self._enter()
        while self._next() != "}":
            start = self._at
            key = self._key(opened)
            span = self.places.span(start, self._at)
            self._count(weight(key), start)
            self._path.append(key)
            if key in entries:
                self._report(refusals.duplicate_key(key, self._way, span, entries[key].key_span))
            if self._next() != ":":
                self._fail(f"a colon is missing after the key {shown(key)}", 'write `"key": value`')
            self._at += 1
            value = self._value(span, opened)
            entries.setdefault(key, value)
            self._path.pop()
            self._separator(opened, "}")
        self._leave()
        return entries

    def _separator(self, opened: int, closing: str) -> None:
        """What stands between two values, or behind the last."""
        char = self._next()
        if char == ",":
            comma = self._at
            self._at += 1
            if self._next() == closing:
                message = "JSON has no comma after the last value"
                self._report(self._syntax(message, comma, comma + 1, "remove the comma"))
        elif char and char not in ":]}":
            found = WORD.match(self.content, self._at)
            end = found.end() if found else self._at + 1
            self._report(self._syntax("a comma is missing before this", self._at, end, "separate values by commas"))
        elif char != closing:
            self._unclosed(opened)

    def _unclosed(self, opened: int) -> None:
        bracket = self.content[opened]
        closing = "}" if bracket == "{" else "]"
        span = self.places.span(opened, opened + 1)
        here = self.places.span(self._at, min(self._at + 1, len(self.content)))
        labels = (Label(here, f"a comma or `{closing}` is expected here"),)
        message = f"the `{bracket}` that opens here is never closed"
        cure = f"write the `{closing}` that belongs to it"
        self._stop(UNCLOSED.problem(message, path=self._way, span=span, labels=labels, help=cure))

    # Texts, numbers and words

    def _key(self, opened: int) -> str:
        char = self._next()
        if char in ('"', "'"):
            return self._text()
        if not char:
            self._unclosed(opened)
        found = WORD.match(self.content, self._at)
        if not found:
            self._fail("a key is expected here", "write a name in double quotes")
            return ""
        message = f"the key {shown(found[0])} has no quotes"
        self._report(self._syntax(message, *found.span(), "put it in double quotes"))
        self._at = found.end()
        return found[0]

    def _text(self) -> str:
        start = self._at
        if self.content[start] == "'":
            return self._single_quoted()
        try:
            value, self._at = scanstring(self.content, start + 1, True)  # noqa: FBT003 - positional in C
        except JSONDecodeError as error:
            return self._bad_text(start, error)
        if not value.isascii() and HALF_PAIR.search(value):
            span = self.places.span(start, self._at)
            message = "this text holds half of a surrogate pair"
            cure = "write both halves, or the character itself"
            self._report(CHARACTER.problem(message, path=self._way, span=span, help=cure))
        return value

    def _bad_text(self, start: int, error: JSONDecodeError) -> str:
        if "Unterminated" in error.msg or self.content[error.pos : error.pos + 1] in ("\r", "\n"):
            span = self.places.span(start, start + 1)
            message = "the quote that opens here is not closed on its line"
            cure = 'end the text with `"`; write `\\"` for a quote inside it and `\\n` for a new line'
            self._stop(UNCLOSED.problem(message, path=self._way, span=span, help=cure))
        if "control character" in error.msg:
            message = f"the character U+{ord(self.content[error.pos]):04X} cannot stand in a JSON text"
            cure = "write it as an escape, such as `\\t` for a tab"
            self._report(self._syntax(message, error.pos, error.pos + 1, cure))
            try:
                value, self._at = scanstring(self.content, start + 1, False)  # noqa: FBT003 - positional in C
            except JSONDecodeError as other:
                return self._bad_text(start, other)
            return value
        at = self.content.rfind("\\", start, error.pos + 1)
        message = "no escape that JSON knows begins with this backslash"
        cure = "write `\\\\` for a backslash"
        self._stop(self._syntax(message, max(at, start), error.pos + 1, cure))
        return ""

    def _single_quoted(self) -> str:
        found = SINGLE_QUOTED.match(self.content, self._at)
        if not found:
            self._fail("JSON has no single quotes", "put texts in double quotes")
            return ""
        self._report(self._syntax("JSON has no single quotes", *found.span(), "put texts in double quotes"))
        self._at = found.end()
        return found[0][1:-1]

    def _word(self, opened: int | None) -> Scalar:
        if found := NUMBER.match(self.content, self._at):
            self._at = found.end()
            try:
                return json_number(found[0])
            except NumberTooLarge as error:
                span = self.places.span(*found.span())
                cure = "put it in quotes if it is a text"
                self._report(NUMBER_TOO_LARGE.problem(str(error), path=self._way, span=span, help=cure))
                return None
        found = EXPRESSION.match(self.content, self._at) or WORD.match(self.content, self._at)
        if found and found[0] in CONSTANTS:
            self._at = found.end()
            return CONSTANTS[found[0]]
        if found:
            message, cure = _strange_word(found[0])
            self._report(self._syntax(message, *found.span(), cure))
            self._at = found.end()
        elif opened is not None and self._at >= len(self.content):
            self._unclosed(opened)
        else:
            self._fail("a value is expected here", "write a value, or remove the comma or colon before it")
        return None


def _strange_word(word: str) -> tuple[str, str]:
    """The fact and the cure for a word that is no value in JSON."""
    if word in OTHER_WORDS:
        return f"{shown(word)} is not JSON", f"write `{OTHER_WORDS[word]}`"
    if word.lstrip("+-") in ("NaN", "Infinity", "inf", "nan"):
        return f"JSON has no number {shown(word)}", "write the spec as YAML, which has `.nan` and `.inf`"
    if word[:1] in "+-." or word[:1].isdigit():
        return f"{shown(word)} is not a JSON number", "write it in decimal, with a digit before the point"
    return f"the text {shown(word)} has no quotes", "put it in double quotes"
