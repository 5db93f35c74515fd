"""The parsed text: every value with its place, and the place of the key that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from tfspec.diagnostics import Label, Path, Span

Scalar: TypeAlias = str | int | float | bool | None


class Tree:
    """A value of a spec: a scalar, a list of trees, or a mapping from keys to trees.

    `span` is the value's place; `key_span` that of the key it stands under, if it stands
    under one. Both are None where the spec did not come as text. `uses` says what brought the
    value, and all that it holds, here: a block, a repeat, another file. A tree is never changed:
    a step that rewrites a spec makes new trees and shares what it keeps.
    """

    __slots__ = ("content", "key_span", "span", "uses")

    def __init__(
        self,
        content: Scalar | list[Tree] | dict[str, Tree],
        span: Span | None = None,
        key_span: Span | None = None,
        uses: tuple[Label, ...] = (),
    ) -> None:
        self.content = content
        self.span = span
        self.key_span = key_span
        self.uses = uses

    def used(self, *uses: Label) -> Tree:
        """The same value, brought by these uses, the outermost first."""
        return Tree(self.content, self.span, self.key_span, uses + self.uses)

    def holding(self, content: Scalar | list[Tree] | dict[str, Tree]) -> Tree:
        """Another value at the same place."""
        return Tree(content, self.span, self.key_span, self.uses)

    @property
    def data(self) -> object:
        """The value as plain dicts, lists and scalars."""
        content = self.content
        if isinstance(content, dict):
            return {key: child.data for key, child in content.items()}
        if isinstance(content, list):
            return [child.data for child in content]
        return content

    def child(self, key: str | int) -> Tree | None:
        """The tree under a key or at a list position, or None."""
        content = self.content
        if isinstance(content, dict) and isinstance(key, str):
            return content.get(key)
        if isinstance(content, list) and isinstance(key, int) and -len(content) <= key < len(content):
            return content[key]
        return None

    def nearest(self, path: Path) -> tuple[Tree, Path]:
        """The innermost tree that exists on the way along `path`, and the way to it."""
        tree, way = self, 0
        for key in path:
            child = tree.child(key)
            if child is None:
                break
            tree, way = child, way + 1
        return tree, path[:way]

    def span_at(self, path: Path, *, key: bool = False) -> Span | None:
        """The place of the value at `path` (of its key, where asked for and there is one).

        Where the path goes on beyond what was written, it is the place of the innermost value
        that was: its key, since the value itself may be long.
        """
        tree, uses, found = self, self.uses, 0
        for step in path:
            child = tree.child(step)
            if child is None:
                break
            tree, uses, found = child, uses + child.uses, found + 1
        span = tree.key_span if (key or found < len(path)) and tree.key_span else tree.span
        return span._replace(uses=uses) if span and uses else span

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Tree]]:
        """Every value with the way to it, in the order in which they are written."""
        yield path, self
        if isinstance(self.content, dict):
            for key, child in self.content.items():
                yield from child.walk((*path, key))
        elif isinstance(self.content, list):
            for index, child in enumerate(self.content):
                yield from child.walk((*path, index))
