"""What the YAML reader holds while a list or mapping is not complete."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.diagnostics import Span

from .tree import Scalar, Tree


class Complete(NamedTuple):
    """A value that was read to its end: what is put into the tree, and what an alias stands for."""

    content: Scalar | list[Tree] | dict[str, Tree]
    size: int
    """Values in it, aliases expanded."""
    height: int
    """Lists and mappings inside one another in it, itself among them."""
    text: str | None
    """What it is as a key; None for a list or mapping, which is no key."""


class Open:
    """A list or mapping whose end has not been read yet.

    `flow` says that it is written in brackets, `as_key` that it stands where a key belongs;
    `end` is where its last value ended, since the parser notices the end of a block only at
    the next thing that follows.
    """

    __slots__ = (
        "anchor",
        "as_key",
        "content",
        "end",
        "flow",
        "height",
        "keep",
        "key",
        "key_extent",
        "key_span",
        "size",
        "start",
    )

    def __init__(self, content: list[Tree] | dict[str, Tree], start: int, anchor: str | None) -> None:
        self.content = content
        self.start = start
        self.end = start
        self.anchor = anchor
        self.flow = False
        self.as_key = False
        self.size = 1
        self.height = 1
        self.key: str | None = None
        self.key_span: Span | None = None
        self.key_extent = (start, start)
        self.keep = False

    @property
    def complete(self) -> Complete:
        """The value, once its end was read."""
        return Complete(self.content, self.size, self.height, None)

    @property
    def awaits_key(self) -> bool:
        """Whether the next value is a key."""
        return self.key_span is None and isinstance(self.content, dict)

    def entry(self, key: str) -> Tree | None:
        """The value that a mapping already has under a key."""
        return self.content.get(key) if isinstance(self.content, dict) else None

    @property
    def is_torn(self) -> bool:
        """Whether a mapping in brackets took a tuple such as `(3, 3)` for a value and a key, torn at its comma."""
        texts = [value.content for value in self.content.values()] if isinstance(self.content, dict) else []
        return self.flow and any(isinstance(text, str) and text.startswith("(") and ")" not in text for text in texts)

    def take_key(self, key: str | None, span: Span, extent: tuple[int, int]) -> None:
        """A key whose value comes next; one that is no text leaves its value out."""
        self.key, self.key_span, self.key_extent = key, span, extent
        self.keep = key is not None
        self.end = max(self.end, extent[1])

    def take_value(self, value: Complete, span: Span, end: int) -> None:
        """The next value, which ends at the position `end`."""
        self.end = max(self.end, end)
        self.size += value.size
        self.height = max(self.height, 1 + value.height)
        if isinstance(self.content, list):
            self.content.append(Tree(value.content, span))
            return
        if self.keep and self.key is not None:
            self.content[self.key] = Tree(value.content, span, self.key_span)
        self.key = self.key_span = None
