"""A spec written out, with a comment on each line that says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import click

from tfspec.diagnostics import Label, Span, Text
from tfspec.source import Tree
from tfspec.spec import Spec
from tfspec.spec.write import to_line

WIDTH = 120
"""Characters of a line, up to which a mapping or a list stays on one."""

COLUMN = 60
"""Where comments begin, or further right on a longer line."""

LISTED = 4
"""Places that a comment names for the values on its line."""

BLOCKS = ("model", "sequential", "functional", "layers", "inputs", "compile", "data", "fit", "callbacks", "shared")
"""Keys whose values are spread over lines, however short they are."""


class Line(NamedTuple):
    """A line of YAML, and where what it says comes from."""

    text: str
    origin: str


def print_resolved(spec: Spec) -> None:
    """Print a spec as it was written out; what is printed says the same spec."""
    click.echo(resolved_text(spec), nl=False)


def resolved_text(spec: Spec) -> str:
    """The expanded spec as YAML with comments."""
    tree = spec.tree
    main = tree.span.text if tree.span else None
    lines = list(_Writer(main).mapping(tree, ()))
    return "".join(f"{line.text:<{COLUMN}}  # {line.origin}\n" if line.origin else f"{line.text}\n" for line in lines)


class _Writer:
    """What is the same on all lines: the text in which most of them were written."""

    def __init__(self, main: Text | None) -> None:
        self.main = main

    def mapping(self, tree: Tree, uses: tuple[Label, ...], indent: str = "") -> Iterator[Line]:
        """The lines of a mapping, key by key."""
        content = tree.content
        assert isinstance(content, dict)  # noqa: S101 - the caller has looked
        for key, child in content.items():
            yield from self._value(f"{indent}{to_line(key)}:", key, child, uses, indent + "  ")

    def _value(self, head: str, key: str, tree: Tree, uses: tuple[Label, ...], indent: str) -> Iterator[Line]:
        """The lines of a value behind its key or its dash: one where it is short."""
        content = tree.content
        is_item = head.endswith("-")
        if is_item and isinstance(content, dict) and len(content) == 1:
            ((word, said),) = content.items()
            yield from self._value(f"{head} {to_line(word)}:", word, said, tree.uses, indent + "  ")
            return
        line = f"{head} {to_line(tree.data)}"
        is_spread = key in BLOCKS or (isinstance(content, dict) and any(each in BLOCKS for each in content))
        if not content or not isinstance(content, (dict, list)) or (len(line) <= WIDTH and not is_spread) or is_item:
            yield Line(line, self._origin(tree, uses + tree.uses))
        elif isinstance(content, dict):
            yield Line(head, "")
            yield from self.mapping(tree, uses + tree.uses, indent)
        else:
            yield Line(head, "")
            yield from self._items(content, indent)

    def _items(self, items: list[Tree], indent: str) -> Iterator[Line]:
        """The lines of a list; above those that came the same way stands which one it was."""
        before = ""
        for item in items:
            way = ", ".join(self._use(label) for label in reversed(item.uses))
            if way and way != before:
                yield Line(f"{indent}# {way}", "")
            before = way
            shown = Tree(item.content, item.span, item.key_span)
            yield from self._value(f"{indent}-", "", shown, (), indent + "  ")

    def _origin(self, tree: Tree, uses: tuple[Label, ...]) -> str:
        """Where the values of a line come from: its own place, the uses that led there, and places of its values."""
        own = tree.key_span or tree.span
        if own is None:
            return ""
        said = [self._place(own), *(self._use(label) for label in reversed(uses))]
        inside = (self._use(label) for label in _inside(tree))
        more = [each for each in dict.fromkeys((*inside, *self._other_places(tree, own))) if each not in said]
        return ", ".join(dict.fromkeys([*said, *more[:LISTED], *(["…"] if len(more) > LISTED else [])]))

    def _other_places(self, tree: Tree, own: Span) -> Iterator[str]:
        """The places of what was written in another text than the line itself."""
        for _, each in tree.walk():
            if each.span is not None and each.span.text is not own.text:
                yield self._place(each.span)

    def _place(self, span: Span) -> str:
        if span.text is self.main:
            return f"line {span.line}"
        if span.text.name.startswith("--"):
            return _printable(f"{span.text.name} {span.text.content}")
        return _printable(f"{span.text.name}:{span.line}")

    def _use(self, label: Label) -> str:
        """A step of the way to a value, in few words."""
        words = _printable(label.message.replace("`", "").removeprefix("in the ").removesuffix(", used here"))
        words = re.sub(r"^(\d+)\w\w of (\d+) repetitions$", r"repetition \1 of \2", words)
        place = self._place(label.span)
        if "value" in words:
            return f"{words.removeprefix('its ').removeprefix('the value of ')} from {place}"
        return f"{words.removesuffix(' here')} at {place}"


def _inside(tree: Tree) -> Iterator[Label]:
    """The uses of the values that a line holds, without its own."""
    for path, each in tree.walk():
        if path:
            yield from each.uses


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)
