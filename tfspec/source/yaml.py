"""YAML to a tree, event by event.

The parser's events are taken one at a time instead of its composed nodes: depth, values and
aliases are counted before anything is built, and a text that is too much is left where it
becomes too much.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml import events

from tfspec.diagnostics import Path, Problem, SpecError, Text, in_file_order

from . import refusals
from .limits import MAX_DEPTH, MAX_DIRECTIVES, MAX_PROBLEMS, MAX_VALUES, weight
from .places import Places
from .problems import CHARACTER, EMPTY, NUMBER_TOO_LARGE, SEVERAL_DOCUMENTS, SYNTAX, TAG
from .scalars import NumberTooLarge, resolve
from .tree import Scalar, Tree
from .yaml_open import Complete, Open

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser; PyYAML's own, which is slower, where PyYAML was built without it."""

NOT_TEXT = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
NOT_ASCII_TEXT = r"[^\t\n\r\x20-\x7e]"
"""The same for a text of ASCII alone, which is compiled in a twentieth of the time."""

PROPERTIES = re.compile(r"(?:(?:[&!]\S*|#[^\r\n]*)\s+)+")
STRING_TAG = "tag:yaml.org,2002:str"


def read_yaml(text: Text) -> Tree:
    """The tree of a YAML text that holds one document.

    Raises:
        SpecError: with every problem that was found up to the place where reading had to stop.
    """
    reader = _Reader(text)
    reader.read()
    if reader.problems:
        raise SpecError(in_file_order(reader.problems))
    if reader.root is None:
        cure = "begin with `tfspec: 1` and a `model`"
        raise SpecError([EMPTY.problem("the spec holds nothing", span=reader.places.span(0, 0), help=cure)])
    return reader.root


class _Enough(Exception):  # noqa: N818 - it is no error, it ends the reading
    """Reading on makes no sense, or would cost too much."""


class _Reader:
    """The state between two events: what is open, what is anchored, what was wrong."""

    def __init__(self, text: Text) -> None:
        self.content = text.content
        self.places = Places(text)
        self.problems: list[Problem] = []
        self.root: Tree | None = None
        self._open: list[Open] = []
        self._anchors: dict[str, Complete | None] = {}  # None while the value is still open
        self._values = 0
        self._documents = 0

    def read(self) -> None:
        """Take every event; what is wrong is in `problems` afterwards."""
        try:
            self._check_characters()
            self._take_events()
        except _Enough:
            pass

    def _check_characters(self) -> None:
        for found in re.finditer(NOT_ASCII_TEXT if self.content.isascii() else NOT_TEXT, self.content):
            message = f"the character U+{ord(found[0]):04X} cannot stand in a text"
            cure = "remove it, though it may not be visible"
            self._report(CHARACTER.problem(message, span=self.places.span(*found.span()), help=cure))
        if self.problems:
            raise _Enough
        if self.content.count("%TAG") > MAX_DIRECTIVES:
            at = self.content.index("%TAG")
            span = self.places.span(at, at + 4)
            self._stop(TAG.problem("tags are declared over and over, and a spec has none", span=span))

    def _take_events(self) -> None:
        handlers = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._begin,
            events.SequenceStartEvent: self._begin,
            events.MappingEndEvent: self._finish,
            events.SequenceEndEvent: self._finish,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }
        loader = LOADER(self.content)
        position = 0
        try:
            while (event := loader.get_event()) is not None:
                handler = handlers.get(type(event))
                if handler:
                    handler(event)
                position = event.end_mark.index
        except yaml.MarkedYAMLError as error:
            from .yaml_errors import explain  # only a text with a mistake pays for it

            opened = next((it.start for it in reversed(self._open) if it.flow), None)
            self._report(explain(error, self.places, opened, self._path()))
        except (yaml.YAMLError, ValueError, OverflowError):  # PyYAML's own parser trips over some numbers
            span = self.places.span(position, position)
            self._report(SYNTAX.problem("the text cannot be read as YAML from here on", span=span))
        finally:
            loader.dispose()

    def _report(self, problem: Problem | None) -> None:
        if problem:
            self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Enough

    def _stop(self, problem: Problem) -> None:
        self.problems.append(problem)
        raise _Enough

    def _path(self) -> Path:
        """The way to the value that is read now."""
        path: list[str | int] = []
        for opened in self._open:
            if isinstance(opened.content, list):
                path.append(len(opened.content))
            elif opened.key is not None:
                path.append(opened.key)
        return tuple(path)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            span = self.places.span(event.start_mark.index, event.end_mark.index)
            cure = "keep one spec in a file"
            self._stop(SEVERAL_DOCUMENTS.problem("a second document begins here", span=span, help=cure))

    # Scalars

    def _scalar(self, event: Any) -> None:
        start, end = self._extent(event)
        text: str = event.value
        size = weight(text)
        self._count(size, start, end)
        if event.tag and event.tag not in ("!", STRING_TAG):
            self._report(refusals.refused_tag(event.tag, self.places, self._path(), event.start_mark.index))
        parent = self._open[-1] if self._open else None
        plain = not event.style and not event.tag
        done = Complete(text, size, 0, text)
        if parent and parent.awaits_key:
            self._key(parent, text, start, end, plain=plain)
            parent.size += size
        else:
            if plain:
                done = Complete(self._resolved(text, parent, start, end), size, 0, text)
            self._place(done, start, end)
        if event.anchor:
            self._anchors[event.anchor] = done

    def _resolved(self, text: str, parent: Open | None, start: int, end: int) -> Scalar:
        """The value of a scalar without quotes, after the two mistakes that YAML reads as text."""
        if start == end and parent and parent.flow and parent.key:
            self._check_glued(parent, parent.key, start)
        if "- " in text and parent and isinstance(parent.content, list):
            self._report(refusals.swallowed_item(self.places, self._path(), start, end))
        try:
            return resolve(text)
        except NumberTooLarge as error:
            span = self.places.span(start, end)
            cure = "put it in quotes if it is a text"
            self._report(NUMBER_TOO_LARGE.problem(str(error), path=self._path(), span=span, help=cure))
            return None

    def _check_glued(self, parent: Open, key: str, start: int) -> None:
        """In braces `units:5` is a key with no value, and a colon without its space was meant."""
        key_start, key_end = parent.key_extent
        quoted = self.content[key_start] in "\"'"
        if refusals.GLUED.match(key) and not quoted and ":" not in self.content[key_end:start]:
            self._report(refusals.missing_space(key, self._path(), self.places.span(key_start, key_end)))

    def _extent(self, event: Any) -> tuple[int, int]:
        """Where a value begins, behind its tag and anchor, and where it ends."""
        start, end = event.start_mark.index, event.end_mark.index
        is_scalar = type(event) is events.ScalarEvent
        if self.content[start : start + 1] in ("&", "!"):
            found = PROPERTIES.match(self.content, start, end if is_scalar else len(self.content))
            start = found.end() if found else end
        if is_scalar and event.style in ("|", ">"):
            end = start + len(self.content[start:end].rstrip())
        return start, end

    # Lists and mappings

    def _begin(self, event: Any) -> None:
        start, _ = self._extent(event)
        if event.tag and event.tag != "!":
            self._report(refusals.refused_tag(event.tag, self.places, self._path(), event.start_mark.index))
        if len(self._open) >= MAX_DEPTH:
            self._stop(refusals.too_deep(self._path(), self.places.span(start, start + 1)))
        self._count(1, start, start + 1)
        content: list[Tree] | dict[str, Tree] = [] if type(event) is events.SequenceStartEvent else {}
        opened = Open(content, start, event.anchor)
        opened.flow = bool(event.flow_style) and self.content[start : start + 1] in ("[", "{")
        opened.as_key = bool(self._open) and self._open[-1].awaits_key
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(opened)

    def _finish(self, event: Any) -> None:
        done = self._open.pop()
        end = max(done.end, event.end_mark.index) if done.flow else done.end
        if done.anchor:
            self._anchors[done.anchor] = done.complete
        if done.as_key:
            span = self.places.span(done.start, end)
            kind = "list" if isinstance(done.content, list) else "mapping"
            self._report(refusals.key_is_collection(kind, self._path(), span))
            self._open[-1].take_key(None, span, (done.start, end))
        else:
            self._place(done.complete, done.start, end)

    def _place(self, value: Complete, start: int, end: int) -> None:
        """Put a value where it belongs."""
        span = self.places.span(start, end)
        if self._open:
            self._open[-1].take_value(value, span, end)
        elif value.content is not None or start != end:  # `---` with nothing behind it is an empty text
            self.root = Tree(value.content, span)

    def _count(self, size: int, start: int, end: int, *, alias: bool = False) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            self._stop(refusals.too_many_values(self._path(), self.places.span(start, end), alias=alias))

    def _key(self, parent: Open, text: str, start: int, end: int, *, plain: bool) -> None:
        span = self.places.span(start, end)
        first = parent.entry(text)
        parent.take_key(text, span, (start, end))
        if plain and text == "<<":
            problem = refusals.merge_key(self._path(), span)
        elif plain and not text:
            problem = refusals.missing_key(self._path(), span)
        elif plain and ("{" in text or "[" in text) and refusals.GLUED.match(text):
            problem = refusals.missing_space(text, self._path(), span)
        elif first:
            problem = refusals.duplicate_key(text, self._path(), span, first.key_span, torn=parent.is_torn)
        else:
            return
        parent.keep = False
        self._report(problem)

    # Aliases

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        parent = self._open[-1] if self._open else None
        found = self._anchored(event.anchor, start, end)
        self._count(found.size, start, end, alias=True)
        if parent and parent.awaits_key:
            if found.text is None:
                kind = "list" if isinstance(found.content, list) else "mapping"
                self._report(refusals.key_is_collection(kind, self._path(), self.places.span(start, end)))
            self._key(parent, found.text or "*" + event.anchor, start, end, plain=False)
            parent.size += found.size
        else:
            if len(self._open) + found.height > MAX_DEPTH:
                self._stop(refusals.too_deep(self._path(), self.places.span(start, end)))
            self._place(found, start, end)

    def _anchored(self, name: str, start: int, end: int) -> Complete:
        """What an alias stands for; the alias's own text, with a problem, where it stands for nothing."""
        found = self._anchors.get(name)
        if found:
            return found
        span = self.places.span(start, end)
        opened = next((it for it in reversed(self._open) if it.anchor == name), None)
        if opened:
            begin = self.places.span(opened.start, opened.start + 1)
            self._report(refusals.recursion(name, self._path(), span, begin))
        else:
            self._report(refusals.unknown_alias(name, list(self._anchors), self._path(), span))
        return Complete(None, 1, 0, "*" + name)
