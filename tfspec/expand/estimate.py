"""How large a spec becomes at least, known before anything is written out."""

from __future__ import annotations

from tfspec.source import Tree

from .blocks import Block


def least_size(layers: Tree, blocks: dict[str, Block]) -> int:
    """The number of layers, uses of blocks and repetitions that a list of layers makes at least.

    Of an `if` the smaller branch counts, and a repeat whose number is computed counts once; blocks that
    use themselves, which are refused elsewhere, count nothing where they do.
    """
    return _Estimate(blocks).of_list(layers)


class _Estimate:
    """The sizes of blocks, each reckoned once."""

    def __init__(self, blocks: dict[str, Block]) -> None:
        self.blocks = blocks
        self.known: dict[str, int] = {}

    def of_list(self, layers: Tree) -> int:
        """The size of a list of layers."""
        items = layers.content if isinstance(layers.content, list) else []
        return sum(self._of(item) for item in items)

    def _of(self, item: Tree) -> int:
        content = item.content
        word = content if isinstance(content, str) else ""
        if isinstance(content, dict):
            if "if" in content:
                branches = [content[key] for key in ("then", "else") if key in content]
                return min((self.of_list(branch) for branch in branches), default=0) if len(branches) > 1 else 0
            word = next(iter(content), "")
        if word == "repeat":
            return self._of_repeat(item.child("repeat"))
        return 1 + self._of_block(word) if word in self.blocks else 1

    def _of_repeat(self, repeat: Tree | None) -> int:
        times = repeat.child("times") if repeat else None
        layers = repeat.child("layers") if repeat else None
        number = times.content if times else 0
        if layers is None or isinstance(number, bool) or not isinstance(number, int):
            return 0
        return max(number, 0) * (1 + self.of_list(layers))

    def _of_block(self, name: str) -> int:
        if name not in self.known:
            self.known[name] = 0  # what uses itself
            self.known[name] = sum(self._of(item) for item in self.blocks[name].layers)
        return self.known[name]
