"""Check and inspect: what a caller wants to know of a spec without running it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tfspec.diagnostics import Problem, SpecError, has_errors
from tfspec.source import collection_paused
from tfspec.spec import LibraryError, Loadable, check_library, load

from .analyze import analyze
from .parts import part_of
from .summary import Summary


def check(
    source: Loadable,
    *,
    overrides: Sequence[str] = (),
    variables: Sequence[str] = (),
    profiles: Sequence[str] = (),
    root: Path | None = None,
) -> list[Problem]:
    """All problems of a spec that can be known without running it, in file order.

    An empty list means that nothing is wrong. A library, which holds only what specs may `use`, is
    checked as far as that goes without a spec. Data files are looked for from `root`, the spec
    file's own folder if left out; the rest is as for `load`.
    """
    try:
        with collection_paused():
            spec = load(source, overrides=overrides, variables=variables, profiles=profiles, root=root)
            return analyze(spec, root).problems
    except LibraryError as error:
        return check_library(error.tree, root)
    except SpecError as error:
        return error.problems


def inspect(  # noqa: PLR0913 - keywords, each with a default
    source: Loadable,
    *,
    overrides: Sequence[str] = (),
    variables: Sequence[str] = (),
    profiles: Sequence[str] = (),
    root: Path | None = None,
    batch: int | None = None,
    part: str | None = None,
) -> Summary:
    """The layers of a spec's model, their shapes, weights, cost and totals; activations for a batch of so many.

    `part` names a shared model, to see that by itself. What is laid over the spec, and `root`, are as for `check`.

    Raises:
        SpecError: The spec has errors, its model uses no shared model of that name, or takes other batches alone.
    """
    with collection_paused():
        spec = load(source, overrides=overrides, variables=variables, profiles=profiles, root=root)
        analysis = analyze(spec, root)
    if has_errors(analysis.problems):
        raise SpecError(analysis.problems)
    if part is not None:
        analysis = part_of(analysis, part)
    return analysis.summary.for_batch(batch)
