"""How much is written out so far, and how large a tree is, so that no spec takes the machine."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.diagnostics import Span, SpecError
from tfspec.programs import has_expression
from tfspec.source import Tree

from .problems import TOO_MUCH

MAX_VALUES = 3_000_000
"""Values that a spec may hold once it is written out."""

MAX_HEIGHT = 100
"""Lists and mappings inside one another in what a name stands for."""

MAX_STEPS = 300_000
"""Steps that the longer expressions of a spec may take together."""

SHORT = 100
"""Steps of an expression that is not longer; it is counted with the values."""

MAX_TURNS = 300_000
"""Repetitions of a spec, and uses of its blocks, each of which counts as two."""

LESS = "repeat less, or use fewer blocks in blocks"
SHORTER = "use shorter lists and texts, or fewer of them"


class TooLargeError(SpecError):
    """The spec becomes so large that nothing more is written out."""


class Measure(NamedTuple):
    """What is to be known of a tree before it is written once more."""

    size: int
    """Values in it."""
    is_plain: bool
    """Whether it holds no expressions."""
    is_deep: bool
    """Whether lists and mappings stand inside one another in it more than any value needs."""


class Budget:
    """How many values are written out so far, in one spec; trees are measured once."""

    def __init__(self) -> None:
        self.values = 0
        self.turns = 0
        self.steps = 0
        self._known: dict[int, tuple[object, Measure]] = {}

    def count(self, values: int, span: Span | None) -> None:
        """Take so many values more.

        Raises:
            SpecError: They are more than any spec needs.
        """
        self.values += values
        if self.values > MAX_VALUES:
            message = f"written out, the spec holds more than {MAX_VALUES:,} values"
            raise TooLargeError([TOO_MUCH.problem(message, span=span, help=LESS if self.turns else SHORTER)])

    def count_turns(self, turns: int, span: Span | None) -> None:
        """Take a repetition, or a use of a block, which takes longer.

        Raises:
            SpecError: They are more than any spec needs.
        """
        self.turns += turns
        if self.turns > MAX_TURNS:
            message = f"the repeats and blocks of the spec take more than {MAX_TURNS:,} turns to write out"
            raise TooLargeError([TOO_MUCH.problem(message, span=span, help=LESS)])

    def count_steps(self, steps: int, span: Span | None) -> None:
        """Take the steps of an expression.

        Raises:
            SpecError: They are more than any spec needs.
        """
        if steps <= SHORT:
            self.count(steps, span)
            return
        self.steps += steps
        if self.steps > MAX_STEPS:
            message = f"the expressions of the spec take more than {MAX_STEPS:,} steps"
            raise TooLargeError([TOO_MUCH.problem(message, span=span, help="go through shorter lists")])

    def measure(self, tree: Tree) -> Measure:
        """How large a list or mapping is, and whether it is plain."""
        content = tree.content
        known = self._known.get(id(content))
        if known is None:
            known = self._known[id(content)] = (
                content,
                _measured(tree),
            )  # the content itself, so that its id stays its
        return known[1]


def _measured(tree: Tree) -> Measure:
    size, is_plain, height = 0, True, 0
    level = [tree]
    while level:
        size += len(level)
        height += 1
        below: list[Tree] = []
        for each in level:
            content = each.content
            if isinstance(content, dict):
                below += content.values()
                is_plain = is_plain and not any(map(has_expression, content))
            elif isinstance(content, list):
                below += content
            elif is_plain and isinstance(content, str) and has_expression(content):
                is_plain = False
        level = below
    return Measure(size, is_plain, height > MAX_HEIGHT)


def too_deep(span: Span | None) -> TooLargeError:
    """What is raised for a value that nests too deeply."""
    message = f"written out, the value holds lists and mappings more than {MAX_HEIGHT} deep inside one another"
    return TooLargeError([TOO_MUCH.problem(message, span=span, help="take the value apart")])
