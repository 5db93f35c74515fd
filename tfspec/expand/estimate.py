"""How large a spec becomes at least, known before anything is written out."""

from __future__ import annotations

from tfspec.diagnostics import SpecError
from tfspec.source import Tree

from .blocks import Block
from .scope import Scope

MAX_NESTING = 50
"""Blocks, repeats and models inside one another."""

MAX_TIMES = 100_000
"""Repetitions that one `repeat` may ask for."""


def least_size(layers: Tree, blocks: dict[str, Block], variables: Scope) -> int:
    """The number of layers, uses of blocks and repetitions that a list of layers makes at least.

    Of an `if` the smaller branch counts, and a repeat counts nothing whose number hangs on more than the spec's
    variables; nor do blocks that use themselves, which are refused elsewhere.
    """
    return _Estimate(blocks, variables).of_list(layers, 0)


class _Estimate:
    """The sizes of blocks, each reckoned once."""

    def __init__(self, blocks: dict[str, Block], variables: Scope) -> None:
        self.blocks = blocks
        self.variables = variables
        self.known: dict[str, int] = {}

    def of_list(self, layers: Tree, depth: int) -> int:
        """The size of a list of layers, which stands so deep inside blocks."""
        items = layers.content if isinstance(layers.content, list) else []
        return sum(self._of(item, depth) for item in items)

    def _of(self, item: Tree, depth: int) -> int:
        content = item.content
        word = content if isinstance(content, str) else ""
        if isinstance(content, dict):
            if "if" in content:
                branches = [content[key] for key in ("then", "else") if key in content]
                return min((self.of_list(branch, depth) for branch in branches), default=0) if len(branches) > 1 else 0
            word = next(iter(content), "")
        if word == "repeat":
            return self._of_repeat(item.child("repeat"), depth)
        return 1 + self._of_block(word, depth) if word in self.blocks else 1

    def _of_repeat(self, repeat: Tree | None, depth: int) -> int:
        times = repeat.child("times") if repeat else None
        layers = repeat.child("layers") if repeat else None
        if times is None or layers is None:
            return 0
        try:
            number = self.variables.computed(times).content
        except SpecError:
            return 0
        if isinstance(number, bool) or not isinstance(number, int) or number > MAX_TIMES:
            return 0  # refused where it is read
        return max(number, 0) * (1 + self.of_list(layers, depth))

    def _of_block(self, name: str, depth: int) -> int:
        if name not in self.known:
            self.known[name] = 0  # what uses itself
            if depth < MAX_NESTING:
                self.known[name] = sum(self._of(item, depth + 1) for item in self.blocks[name].layers)
        return self.known[name]
