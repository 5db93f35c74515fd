"""`vars`: values with names, which may be computed from each other."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

from tfspec.diagnostics import Problem, SpecError
from tfspec.programs import KEYWORDS, ProgramError, has_expression, read_template
from tfspec.source import Tree

from .budget import Budget, TooLargeError
from .problems import BAD_NAME, CIRCLE, TOO_MUCH
from .scope import Scope

NAME = rf"(?!(?:{'|'.join(sorted(KEYWORDS))})$)[a-zA-Z_][a-zA-Z0-9_]*"
"""What variables, parameters and loop variables may be called, so that an expression can speak of them."""

MAX_VARIABLES = 5000
"""Variables of one spec."""

MAX_PROBLEMS = 100
"""Problems that are told at a time."""


def is_usable(name: str) -> bool:
    """Whether an expression can speak of something by a name."""
    return re.fullmatch(NAME, name) is not None


def usable(name: str) -> str:
    """The name with which an expression can speak of what was called otherwise."""
    word = re.sub(r"[^a-zA-Z0-9_]+", "_", name)
    return word if is_usable(word) else f"{word}_" if word in KEYWORDS else f"_{word}"


def read_variables(tree: Tree | None, budget: Budget) -> Scope:
    """The scope that `vars` makes, every value computed after those that it is made from.

    Raises:
        SpecError: A name is none, an expression is wrong, or values are made from each other in a circle.
    """
    if tree is None or tree.content is None:
        return Scope({}, budget)
    trees = tree.content
    if not isinstance(trees, dict):
        message = "`vars` must be a mapping from names to values"
        raise SpecError([BAD_NAME.problem(message, path=("vars",), span=tree.span, help="such as `vars: {width: 64}`")])
    if len(trees) > MAX_VARIABLES:
        message = f"the spec has {len(trees):,} variables, and can have {MAX_VARIABLES:,}"
        advice = "put what belongs together into a list or a mapping"
        raise SpecError([TOO_MUCH.problem(message, path=("vars",), span=tree.key_span, help=advice)])
    trees = {name: child.used(*tree.uses) if tree.uses else child for name, child in trees.items()}
    problems = [_bad_name(name, child) for name, child in trees.items() if not is_usable(name)]
    names = {name: names_in(child) & trees.keys() for name, child in trees.items()}
    try:
        order = list(TopologicalSorter(names).static_order())
    except CycleError as error:
        raise SpecError([*problems, _circle(error.args[1][::-1], trees)]) from None
    return _computed([(name, trees[name], names[name]) for name in order], budget, problems)


def _computed(found: list[tuple[str, Tree, set[str]]], budget: Budget, problems: list[Problem]) -> Scope:
    """The scope of variables, each of which stands after those that it is made from."""
    scope = Scope({}, budget)
    failed = set[str]()
    for name, tree, needed in found:
        if needed & failed:
            failed.add(name)  # what is wrong was told where it began
            continue
        try:
            scope.define(name, scope.computed(tree))
        except TooLargeError:
            raise
        except SpecError as error:
            failed.add(name)
            problems += error.problems
    if problems:
        raise SpecError(problems[:MAX_PROBLEMS])
    return scope


def _bad_name(name: str, tree: Tree) -> Problem:
    message = f"`{name}` is no name that an expression can use"
    return BAD_NAME.problem(message, path=("vars", name), span=tree.key_span, help=f"write `{usable(name)}`")


def _circle(names: list[str], trees: dict[str, Tree]) -> Problem:
    """The problem of variables that lead back to the first of them, told at the one that is written first."""
    first = min(names, key=list(trees).index)
    at = names.index(first)
    chain = " → ".join(f"`{name}`" for name in (*names[at:-1], *names[:at], first))
    message = f"the value of `{first}` is made from itself: {chain}"
    return CIRCLE.problem(message, path=("vars", first), span=trees[first].span)


def names_in(tree: Tree) -> set[str]:
    """The names that the expressions in a tree speak of; none for an expression that is none."""
    names: set[str] = set()
    waiting = [tree]
    while waiting:
        content = waiting.pop().content
        if isinstance(content, dict):
            waiting += content.values()
        elif isinstance(content, list):
            waiting += content
        elif isinstance(content, str) and has_expression(content):
            try:
                names |= read_template(content).names
            except ProgramError:
                continue  # it is told when it is computed
    return names
