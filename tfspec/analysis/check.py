"""Check and inspect: what a caller wants to know of a spec without running it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tfspec.diagnostics import Problem, SpecError, has_errors
from tfspec.spec import Loadable, load

from .analyze import analyze
from .summary import Summary


def check(source: Loadable, *, root: Path | None = None, overrides: Sequence[str] = ()) -> list[Problem]:
    """All problems of a spec that can be known without running it, in file order.

    An empty list means that nothing is wrong. Files that the spec names are looked for from
    `root`, the spec file's own folder if left out.
    """
    try:
        return analyze(load(source, overrides=overrides), root).problems
    except SpecError as error:
        return error.problems


def inspect(source: Loadable, *, root: Path | None = None, overrides: Sequence[str] = ()) -> Summary:
    """The layers of a spec's model, their shapes, weights and totals.

    Raises:
        SpecError: The spec has errors.
    """
    analysis = analyze(load(source, overrides=overrides), root)
    if has_errors(analysis.problems):
        raise SpecError(analysis.problems)
    return analysis.summary
