"""`vars`: values with names, which may be computed from each other."""

from __future__ import annotations

import re

from tfspec.diagnostics import Problem, SpecError
from tfspec.programs import ProgramError, read_template
from tfspec.source import Tree

from .problems import BAD_NAME, CIRCLE
from .scope import Budget, Scope

NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")

MAX_CHAIN = 100
"""Variables that are each made from the next; more are no help to a reader."""

MAX_PROBLEMS = 100
"""Problems that are told at a time."""


def read_variables(tree: Tree | None, budget: Budget) -> Scope:
    """The scope that `vars` makes, every value computed after those that it is made from.

    Raises:
        SpecError: A name is none, an expression is wrong, or values are made from each other in a circle.
    """
    if tree is None or tree.content is None:
        return Scope({}, budget)
    if not isinstance(tree.content, dict):
        message = "`vars` must be a mapping from names to values"
        raise SpecError([BAD_NAME.problem(message, path=("vars",), span=tree.span, help="such as `vars: {width: 64}`")])
    return _Variables(tree.content, budget).scope()


class _Variables:
    """Variables on their way to values."""

    def __init__(self, trees: dict[str, Tree], budget: Budget) -> None:
        self.trees = trees
        self.names = {name: _names(tree) & set(trees) for name, tree in trees.items()}
        self.known = Scope({}, budget)
        self.problems: list[Problem] = []
        self.failed: set[str] = set()

    def scope(self) -> Scope:
        """All of them, computed."""
        for name, tree in self.trees.items():
            if not NAME.fullmatch(name):
                message = f"`{name}` is no name that an expression can use"
                advice = f"write `{re.sub(r'[^a-zA-Z0-9_]+', '_', name)}`"
                self.problems.append(BAD_NAME.problem(message, path=("vars", name), span=tree.key_span, help=advice))
            self._compute(name, ())
        if self.problems:
            raise SpecError(self.problems[:MAX_PROBLEMS])
        return self.known

    def _compute(self, name: str, way: tuple[str, ...]) -> None:
        """Compute a variable after those that it is made from; `way` are those that are made from it."""
        if name in self.known.trees or name in self.failed:
            return
        if name in way or len(way) > MAX_CHAIN:
            self._refuse(name, way)
            return
        for other in sorted(self.names[name]):
            self._compute(other, (*way, name))
        if name in self.failed or self.names[name] & self.failed:
            self.failed.add(name)  # what is wrong was told where it began
            return
        try:
            self.known.define(name, self.known.computed(self.trees[name]))
        except SpecError as error:
            self.failed.add(name)
            self.problems += error.problems

    def _refuse(self, name: str, way: tuple[str, ...]) -> None:
        self.failed.add(name)
        message = f"the value of `{name}` hangs on more than {MAX_CHAIN} others, one after the other"
        if name in way:
            chain = " → ".join(f"`{each}`" for each in (*way[way.index(name) :], name))
            message = f"the value of `{name}` is made from itself: {chain}"
        self.problems.append(CIRCLE.problem(message, path=("vars", name), span=self.trees[name].span))


def _names(tree: Tree) -> set[str]:
    """The names that the expressions in a tree speak of; none for an expression that is none."""
    names: set[str] = set()
    for _, each in tree.walk():
        if isinstance(each.content, str) and "${" in each.content:
            try:
                names |= read_template(each.content).names
            except ProgramError:
                continue
    return names
