"""The problems of a text that can be read, but says what a spec does not take."""

from __future__ import annotations

import re

from tfspec.diagnostics import Label, Path, Problem, Span, did_you_mean

from .limits import MAX_DEPTH, MAX_VALUES
from .places import Places
from .problems import (
    DUPLICATE_KEY,
    INDENTATION,
    KEY_NOT_TEXT,
    MERGE_KEY,
    MISSING_SPACE,
    RECURSION,
    TAG,
    TOO_DEEP,
    TOO_MANY_VALUES,
    UNKNOWN_ALIAS,
    shown,
)

GLUED = re.compile(r"[\w.]+:[\w\[{\"'$.-]")
"""A key, a colon and a value with no space between."""

DASH_LINE = re.compile(r"[\r\n][ \t]*- ")
COMPARED = 1000
"""Anchors among which a name that is nearly right is looked for."""

STANDARD_TAGS = "tag:yaml.org,2002:"
WRITTEN_TAG = re.compile(r"![^\s,\[\]{}]*")


def missing_space(text: str, path: Path, span: Span) -> Problem:
    """`units:5`, where `units: 5` was meant."""
    key, _, value = text.partition(":")
    message = f"a space is missing after the colon of {shown(text)}"
    return MISSING_SPACE.problem(message, path=path, span=span, help=f"write {shown(f'{key}: {value}')}")


def swallowed_item(places: Places, path: Path, start: int, end: int) -> Problem | None:
    """A `- ` that is indented too far, so that it goes on with the text of the line before."""
    found = DASH_LINE.search(places.text.content, start, end)
    if not found:
        return None
    return INDENTATION.problem(
        "this item is indented deeper than the line before, so it continues the text there",
        path=path,
        span=places.span(found.end() - 2, end),
        help="begin every `- ` of a list in the same column, or put the text in quotes",
    )


def refused_tag(tag: str, places: Places, path: Path, start: int) -> Problem:
    """A tag, `start` being where the value begins with all that is written before it."""
    found = WRITTEN_TAG.search(places.text.content, start)
    written, span = (found[0], places.span(*found.span())) if found else (tag, places.span(start, start))
    if "python" in tag:
        cure = "remove it: a spec is data and makes no Python objects; write the name of a layer"
    elif tag.startswith(STANDARD_TAGS):
        cure = "write the value without the tag; a number without quotes, too"
    else:
        cure = "put a text that begins with `!` in quotes"
    return TAG.problem(f"the tag {shown(written)} is not taken", path=path, span=span, help=cure)


def merge_key(path: Path, span: Span) -> Problem:
    """The key `<<` of YAML 1.1."""
    cure = "write the values out; an alias `*name` repeats a whole value"
    return MERGE_KEY.problem("YAML 1.2 has no merge key `<<`", path=path, span=span, help=cure)


def missing_key(path: Path, span: Span) -> Problem:
    """A colon at the beginning of an entry."""
    return KEY_NOT_TEXT.problem("there is no key before this colon", path=path, span=span, help="name the value")


def key_is_collection(kind: str, path: Path, span: Span) -> Problem:
    """A list or mapping where a key belongs."""
    cure = "write the value itself; put a key that holds brackets in quotes"
    return KEY_NOT_TEXT.problem(f"a key is a name, and this is a {kind}", path=path, span=span, help=cure)


def duplicate_key(key: str, path: Path, span: Span | None, first: Span | None, *, torn: bool = False) -> Problem:
    """A key that its mapping has already; `torn` where it is most likely a part of a tuple of Python."""
    labels = (Label(first, "first given here"),) if first else ()
    message = f"{shown(key)} is given twice"
    cure = "write a list in square brackets: `[1, 1]` is one, and `(1, 1)` is not" if torn else "keep one of the two"
    return DUPLICATE_KEY.problem(message, path=path, span=span, labels=labels, help=cure)


def recursion(name: str, path: Path, span: Span, begin: Span) -> Problem:
    """An alias inside the value that it stands for."""
    labels = (Label(begin, "the value begins here"),)
    message = f"{shown('*' + name)} stands inside the value that it repeats"
    return RECURSION.problem(message, path=path, span=span, labels=labels, help="write out what is to stand here")


def unknown_alias(name: str, known: list[str], path: Path, span: Span) -> Problem:
    """An alias of an anchor that is not there, or comes later."""
    near = did_you_mean(name, known) if len(known) <= COMPARED else None
    cure = near or "mark a value with `&` before this, or put a text that begins with `*` in quotes"
    return UNKNOWN_ALIAS.problem(f"nothing before this is marked {shown('&' + name)}", path=path, span=span, help=cure)


def too_deep(path: Path, span: Span | None) -> Problem:
    """One list or mapping more than may stand inside one another."""
    message = f"more than {MAX_DEPTH} lists and mappings stand inside one another"
    return TOO_DEEP.problem(message, path=path, span=span, help="write the spec with fewer levels")


def too_many_values(path: Path, span: Span | None, *, alias: bool = False) -> Problem:
    """The value, or the alias, with which a spec becomes too large."""
    what = "with what this alias repeats" if alias else "with this value"
    message = f"{what}, the spec comes to more than {MAX_VALUES:,} values"
    cure = "keep data in files of its own"
    return TOO_MANY_VALUES.problem(message, path=path, span=span, help=cure)
