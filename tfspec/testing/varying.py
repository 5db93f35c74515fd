"""Many short runs of Hypothesis in place of one, which varies a spec five times before it draws another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Any

from hypothesis import given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

AT_ONCE = 3
"""Draws of one run: the simplest, one at random, and another or a variation of it."""

Test = Callable[..., None]


def varied(
    runs: int, cases: Mapping[str, Any] | None = None, /, **strategies: st.SearchStrategy[Any]
) -> Callable[[Test], Test]:
    """Let pytest run a test on what strategies draw: so many short runs, each from a seed of its own.

    It stands in place of `given`, by whose one derandomised run a hundred specs meet few layers.
    The `cases` are tried first, each as what the first strategy could have drawn. With a
    profile that is not derandomised, all runs draw anew.

        >>> @varied(100, cases_in(Path("tests/found")), spec=specs())
        ... def test_my_tool(spec): ...
    """
    import pytest

    kept = cases or {}

    def decorate(test: Test) -> Test:
        drawing = settings(max_examples=AT_ONCE)(given(**strategies)(test))

        @wraps(test)
        def run(start: int | str, **fixtures: Any) -> None:
            tried = drawing
            if isinstance(start, str):
                case = {**strategies, next(iter(strategies)): st.just(kept[start])}
                tried = settings(max_examples=1)(given(**case)(test))
            elif settings.default and settings.default.derandomize:
                tried = seed(start)(drawing)
            try:
                tried(**fixtures)
            except Unsatisfiable:
                pytest.skip("what was drawn is not what the test is about")

        fixtures = signature(drawing).parameters.values()
        numbered = Parameter("start", Parameter.POSITIONAL_OR_KEYWORD)
        run.__dict__["__signature__"] = signature(drawing).replace(parameters=[numbered, *fixtures])
        marked: Test = pytest.mark.parametrize("start", [*kept, *range(runs)])(run)
        return marked

    return decorate
