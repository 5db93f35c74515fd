"""The steps of expansion, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from tfspec.source import Tree

from .overrides import apply_overrides


def expand(tree: Tree, overrides: Sequence[str] = ()) -> Tree:
    """The tree with the overrides (`fit.epochs=3`) laid over it.

    Raises:
        SpecError: An override says no place that the spec has, or no value.
    """
    return apply_overrides(tree, overrides)
