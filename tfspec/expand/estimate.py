"""How large a spec becomes at least, known before anything is written out."""

from __future__ import annotations

from tfspec.diagnostics import SpecError
from tfspec.source import Tree

from .blocks import Block
from .budget import Budget
from .scope import Scope
from .variables import names_in
from .words import FLOW, INDEX, MODELS

MAX_NESTING = 50
"""Blocks, repeats and models inside one another."""

MAX_TIMES = 100_000
"""Repetitions that one `repeat` may ask for."""

MAX_STEPS = 50_000
"""Entries of lists that are looked at, and values that are computed; what comes after them counts nothing."""

NOTHING = Tree(None)
DEFAULT = Tree(INDEX)


def least_size(layers: Tree, blocks: dict[str, Block], variables: Scope) -> int:
    """The number of layers, uses of blocks and repetitions that a list of layers makes at least.

    What cannot be computed counts nothing, since it is refused where it is read; nor do blocks that use themselves.
    """
    estimate = _Estimate(blocks, Scope(variables.trees, Budget()))  # what is computed here is computed again
    return estimate.of_list(layers, estimate.variables, 0)


class _Estimate:
    """The sizes of blocks, reckoned once for the same values of their parameters."""

    def __init__(self, blocks: dict[str, Block], variables: Scope) -> None:
        self.blocks = blocks
        self.variables = variables
        self.steps = 0
        self._sizes: dict[str, int] = {}
        self._names: dict[int, tuple[object, set[str]]] = {}

    def of_list(self, layers: Tree, scope: Scope, depth: int) -> int:
        """The size of a list of layers, which stands so deep inside blocks, repeats and models."""
        total = 0
        waiting = self._items(layers, scope) if depth <= MAX_NESTING else []
        while waiting and self.steps < MAX_STEPS:
            self.steps += 1
            item = self._opened(waiting.pop(), scope)
            content = item.content
            if isinstance(content, dict) and "if" in content:
                condition = self._computed(content["if"], scope).content
                branch = content.get("then" if condition else "else") if isinstance(condition, bool) else None
                waiting += self._items(branch, scope) if branch else []
            else:
                total += self._of(item, scope, depth)
        return total

    def _items(self, layers: Tree, scope: Scope) -> list[Tree]:
        """The entries of a list of layers, the first one last."""
        items = self._opened(layers, scope).content
        return items[::-1] if isinstance(items, list) else []

    def _of(self, item: Tree, scope: Scope, depth: int) -> int:
        content = item.content
        word, said = next(iter(content.items()), ("", NOTHING)) if isinstance(content, dict) else (content, NOTHING)
        if word == "repeat":
            return self._of_repeat(self._opened(said, scope), scope, depth)
        if word in MODELS:
            layers = self._opened(said, scope).child("layers")
            return 1 + (self.of_list(layers, scope, depth + 1) if layers else 0)
        if isinstance(word, str) and word in self.blocks:
            return 1 + self._of_block(self.blocks[word], self._opened(said, scope), scope, depth)
        return 1

    def _of_repeat(self, said: Tree, scope: Scope, depth: int) -> int:
        layers, index = said.child("layers") or NOTHING, str((said.child("index") or DEFAULT).content)
        times, loops = self._loops(said, scope)
        if {index, *loops}.isdisjoint(self._names_in(layers)):
            return times and times * (1 + self.of_list(layers, scope, depth + 1))
        total = times
        for number in range(times):
            if self.steps >= MAX_STEPS:
                break
            values = {name: items[number] for name, items in loops.items()}
            total += self.of_list(layers, scope.extended({index: Tree(number), **values}), depth + 1)
        return total

    def _loops(self, said: Tree, scope: Scope) -> tuple[int, dict[str, list[Tree]]]:
        """How often a repeat says to repeat, and over what; not at all where it is refused."""
        times = self._computed(said.child("times") or NOTHING, scope).content
        if isinstance(times, int) and not isinstance(times, bool):
            return (max(times, 0) if times <= MAX_TIMES else 0), {}
        lists = self._computed(said.child("for") or NOTHING, scope).content
        given = {name: each.content for name, each in lists.items()} if isinstance(lists, dict) else {}
        loops = {name: items for name, items in given.items() if isinstance(items, list)}
        lengths = {len(items) for items in loops.values()}
        return (lengths.pop(), loops) if len(loops) == len(given) and len(lengths) == 1 else (0, {})

    def _of_block(self, block: Block, said: Tree, scope: Scope, depth: int) -> int:
        """The size of the inside of a block, for what a use of it says."""
        given = said.content if isinstance(said.content, dict) else {}
        values = {name: self._computed(tree, scope) for name, tree in given.items() if name not in FLOW}
        inner = self.variables.extended(values)
        for name, default in block.params.items():
            if name not in values and default is not None:
                inner.define(name, self._computed(default, inner))
        known = f"{block.name} {[(name, tree.data) for name, tree in inner.trees.items()]}"
        if known not in self._sizes:
            self._sizes[known] = 0  # what uses itself
            self._sizes[known] = self.of_list(block.layers, inner, depth + 1)
        return self._sizes[known]

    def _opened(self, tree: Tree, scope: Scope) -> Tree:
        """What a text stands for; anything else as it is."""
        return self._computed(tree, scope) if isinstance(tree.content, str) else tree

    def _computed(self, tree: Tree, scope: Scope) -> Tree:
        """A value with its expressions computed, nothing where that fails."""
        before = scope.budget.values
        try:
            return scope.computed(tree)
        except SpecError:
            return NOTHING
        finally:
            self.steps += 1 + scope.budget.values - before

    def _names_in(self, layers: Tree) -> set[str]:
        """The names that expressions in a list of layers speak of."""
        content = layers.content
        if id(content) not in self._names:
            self._names[id(content)] = (content, names_in(layers))  # the content itself, so that its id stays its
        return self._names[id(content)][1]
