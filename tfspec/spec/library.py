"""A library by itself: it is no spec, and much of it can be checked all the same."""

from __future__ import annotations

from pathlib import Path

from tfspec.diagnostics import Problem, SpecError, in_file_order
from tfspec.source import Tree

SECTIONS = frozenset(("vars", "blocks", "shared", "custom", "use"))
"""What a library holds, and nothing besides."""


class LibraryError(SpecError):
    """A spec is asked for, and the file is a library, whose tree this holds."""

    def __init__(self, tree: Tree) -> None:
        from .problems import MISSING_KEY

        message, advice = "a spec needs `tfspec` and `model`", "this is a library: name it under `use` of a spec"
        super().__init__([MISSING_KEY.problem(message, span=tree.span, help=advice)])
        self.tree = tree


def is_library(tree: Tree) -> bool:
    """Whether there is nothing in a file but what libraries hold."""
    return isinstance(tree.content, dict) and bool(tree.content) and SECTIONS.issuperset(tree.content)


def check_library(tree: Tree, root: Path | None = None) -> list[Problem]:
    """What is wrong with a library, whatever the specs say that use it; files that it uses lie inside of `root`."""
    from tfspec.expand.blocks import read_blocks
    from tfspec.expand.budget import Budget
    from tfspec.expand.extends import put_together
    from tfspec.expand.problems import BAD_EXPRESSION
    from tfspec.expand.scope import Scope
    from tfspec.expand.variables import read_variables

    from .unread import find_in_shared, find_in_unread, find_in_variables

    try:
        whole = put_together(tree, root)
    except SpecError as error:
        return error.problems
    problems = [*find_in_variables(tree), *find_in_unread(tree), *find_in_shared(tree)]
    variables = Scope({}, Budget())
    failed: list[Problem] = []
    try:
        variables = read_variables(whole.child("vars"), variables.budget)
    except SpecError as error:
        failed += error.problems
    try:
        read_blocks(whole.child("blocks"), whole.child("shared"), variables)
    except SpecError as error:
        failed += error.problems
    # names that are missing here may be those of a spec
    return in_file_order([*problems, *(each for each in failed if each.code != BAD_EXPRESSION.id)])
