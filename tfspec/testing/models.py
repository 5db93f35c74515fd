"""Strategies for whole specs that are right, and that nobody wrote."""

from __future__ import annotations

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tfspec.analysis import analyze, check
from tfspec.diagnostics import has_errors
from tfspec.spec import Spec, load
from tfspec.tensors import TensorType

from .compiling import compile_steps
from .folding import folded, nested
from .inventing import chained, joined, shared, started
from .layers import Setting
from .writing import chain_written, shared_written, written

Data = dict[str, Any]

PRECISIONS = (*(None,) * 7, "mixed_bfloat16", "float64", "mixed_float16", "bfloat16", "float16")
MOST_LAYERS = 6


def specs(*, runnable: bool = False, compiled: bool = True, plain: bool = False) -> st.SearchStrategy[Data]:
    """Specs without errors, as plain data: sequential and functional ones.

    Plain data is what `load`, `check`, `inspect` and `build` take, what YAML and JSON hold, and what can be
    changed; `loaded_specs` gives `Spec`s instead. With `runnable`, the model runs on a CPU as it is: no
    layer needs data to adapt to, and all compute in float32. With `compiled`, some specs have a `compile`.
    Some are written with blocks, repeats, conditions and variables, unless they are to be `plain`.

        >>> from hypothesis import given
        >>> @given(specs())
        ... def test_my_tool(spec):
        ...     my_tool(spec)
    """
    chains = sequential_specs(runnable=runnable, compiled=compiled)
    graphs = functional_specs(runnable=runnable, compiled=compiled)
    if plain:
        return st.one_of(chains, graphs)
    return st.one_of(chains, graphs, st.one_of(chains, graphs).flatmap(folded))


def loaded_specs(*, runnable: bool = False, compiled: bool = True) -> st.SearchStrategy[Spec]:
    """The same specs, loaded.

    >>> loaded_specs().example().model.spelling()
    'sequential'
    """
    return specs(runnable=runnable, compiled=compiled).map(load)


@st.composite
def sequential_specs(draw: st.DrawFn, *, runnable: bool = False, compiled: bool = True) -> Data:
    """Specs of a chain of layers, as plain data.

    >>> sequential_specs().example()
    {'tfspec': 1, 'model': {'sequential': {'input': {'shape': [4]}, 'layers': ['ELU']}}}
    """
    setting = draw(_settings(runnable))
    model = draw(started(setting, chain=True))
    for _ in range(draw(st.integers(0, MOST_LAYERS - 1))):
        draw(chained(model))
    return draw(_finished({"model": chain_written(model)}, setting, compiled=compiled))


@st.composite
def functional_specs(draw: st.DrawFn, *, runnable: bool = False, compiled: bool = True) -> Data:
    """Specs of a graph of layers, as plain data: branches, merges, several inputs, results and outputs.

    Some layers are called several times, some are a model of their own among the others, which may be shared too.

    >>> functional_specs().example()
    {'tfspec': 1, 'model': {'functional': {'inputs': {'x': {'shape': [4]}}, 'layers': ['ELU']}}}
    """
    setting = draw(_settings(runnable))._replace(results=True)
    model = draw(started(setting, chain=False))
    for _ in range(draw(st.integers(0, MOST_LAYERS - 1))):
        draw(shared(model) if draw(st.integers(0, 7)) == 1 else joined(model))
    whole = {"shared": shared_written(model), "model": draw(written(model))}
    if draw(st.integers(0, 3)) == 1:
        whole = draw(nested(whole))
    return draw(_finished(whole, setting, compiled=compiled))


def _settings(runnable: bool) -> st.SearchStrategy[Setting]:  # noqa: FBT001 - passed on
    if runnable:
        return st.just(Setting(runnable=True))
    return st.sampled_from(PRECISIONS).map(Setting)


@st.composite
def _finished(draw: st.DrawFn, parts: Data, setting: Setting, *, compiled: bool) -> Data:
    """A whole spec of its model and what that shares, which is right with its compile step too."""
    spec: Data = {"tfspec": 1, **{name: part for name, part in parts.items() if part}}
    if setting.precision is not None:
        spec["precision"] = setting.precision
    if draw(st.integers(0, 3)) == 1:
        spec["seed"] = draw(st.integers(0, 5))
    analysis = analyze(load(spec))
    assume(not has_errors(analysis.problems))
    if compiled and draw(st.booleans()):
        outputs = {row.name: TensorType(row.shape, row.dtype) for row in analysis.summary.outputs}
        for _ in range(3):
            whole = {**spec, "compile": draw(compile_steps(outputs))}
            if not has_errors(check(whole)):
                return whole
    return spec
