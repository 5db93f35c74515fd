"""Strategies for whole specs that are right, and that nobody wrote."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from hypothesis import assume
from hypothesis import strategies as st

from tfspec.analysis import analyze, check
from tfspec.catalogue import declarations, families
from tfspec.catalogue.callbacks import Callback
from tfspec.diagnostics import has_errors
from tfspec.spec import Spec, load
from tfspec.tensors import TensorType

from .arguments import arguments, must_be_given
from .compiling import compile_steps
from .folding import folded
from .inventing import again, chained, joined, shared, started
from .layers import Setting
from .nesting import nested
from .writing import chain_written, shared_written, written

Data = dict[str, Any]

NAMES = ("a", "tower 1", "Δ")
LENGTHS = ("time", "width")
SELDOM: Mapping[str, st.SearchStrategy[Any]] = {
    "seed": st.integers(0, 5),
    "name": st.sampled_from(NAMES),
    "description": st.sampled_from(NAMES),
    "profiles": st.just({"quick": {"seed": 1}}),
}
FIT = st.fixed_dictionaries(
    {}, optional={"epochs": st.integers(1, 3), "batch_size": st.integers(1, 4), "shuffle": st.booleans()}
)
PRECISIONS = (*(None,) * 7, "mixed_bfloat16", "float64", "mixed_float16", "bfloat16", "float16")
MORE_LAYERS = (0, 1, 2, 2, 3, 3, 4, 5, 6)
"""How many layers a model has besides the first: few have one alone, to which examples shrink."""


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
    written_otherwise = st.one_of(chains, graphs).flatmap(folded)
    return st.one_of(chains, graphs, written_otherwise, written_otherwise)


def loaded_specs(*, runnable: bool = False, compiled: bool = True) -> st.SearchStrategy[Spec]:
    """The same specs, loaded.

    >>> loaded_specs().example().model.spelling()
    'sequential'
    """
    return specs(runnable=runnable, compiled=compiled).map(load)


def sequential_specs(*, runnable: bool = False, compiled: bool = True) -> st.SearchStrategy[Data]:
    """Specs of a chain of layers, as plain data.

    >>> sequential_specs().example()
    {'tfspec': 1, 'model': {'sequential': {'input': {'shape': [4]}, 'layers': ['ELU']}}}
    """
    _prepare()
    return _chains(runnable=runnable, compiled=compiled)


@st.composite
def _chains(draw: st.DrawFn, *, runnable: bool, compiled: bool) -> Data:
    setting = draw(_settings(runnable))
    model = draw(started(setting, chain=True))
    for _ in range(draw(st.sampled_from(MORE_LAYERS))):
        draw(again(model) if draw(st.integers(0, 3)) == 1 else chained(model))
    parts = {"model": chain_written(model)}
    if draw(st.integers(0, 3)) == 1:
        parts = draw(nested(parts))
    return draw(_finished(parts, setting, compiled=compiled))


def functional_specs(*, runnable: bool = False, compiled: bool = True) -> st.SearchStrategy[Data]:
    """Specs of a graph of layers, as plain data: branches, merges, several inputs, results and outputs.

    Some layers are called several times, some are a model of their own among the others, which may be shared too.

    >>> functional_specs().example()
    {'tfspec': 1, 'model': {'functional': {'inputs': {'x': {'shape': [4]}}, 'layers': ['ELU']}}}
    """
    _prepare()
    return _graphs(runnable=runnable, compiled=compiled)


@st.composite
def _graphs(draw: st.DrawFn, *, runnable: bool, compiled: bool) -> Data:
    setting = draw(_settings(runnable))._replace(results=True)
    model = draw(started(setting, chain=False))
    ways = (joined, joined, joined, chained, again, shared)
    for _ in range(draw(st.sampled_from(MORE_LAYERS))):
        draw(draw(st.sampled_from(ways))(model))
    whole = {"shared": shared_written(model), "model": draw(written(model))}
    if draw(st.integers(0, 3)) == 1:
        whole = draw(nested(whole))
    return draw(_finished(whole, setting, compiled=compiled))


@cache
def _prepare() -> None:
    """Make what is made once, before Hypothesis looks at the time: what is drawn from, and what checks it."""
    for family in families():
        for cls in declarations(family):
            must_be_given(cls)
    analyze(load({"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["ELU"]}}}))


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
    analysis = analyze(load(spec))
    assume(not has_errors(analysis.problems))
    spec = draw(_with_lengths(spec))
    spec |= {key: draw(values) for key, values in SELDOM.items() if draw(st.integers(0, 7)) == 1}
    if not compiled or not draw(st.booleans()):
        return spec
    outputs = {row.name: TensorType(row.shape, row.dtype) for row in analysis.summary.outputs}
    learns = bool(analysis.summary.trainable_parameters)
    spec = draw(_with(spec, "compile", compile_steps(outputs, learns=learns)))
    if "compile" in spec and draw(st.integers(0, 2)) == 1:
        spec = draw(_with(spec, "fit", FIT))
        spec = draw(_with(spec, "callbacks", st.lists(_callbacks(), min_size=1, max_size=2, unique_by=str)))
    return spec


@st.composite
def _callbacks(draw: st.DrawFn) -> Any:
    """Callbacks that write no files, and watch what all training has."""
    found = cast("list[type[Callback]]", declarations("callback"))
    cls = draw(st.sampled_from([cls for cls in found if not cls.paths and not cls.needs_ema]))
    given = draw(arguments(cls)) | ({"monitor": "loss"} if "monitor" in cls.model_fields else {})
    return {cls.spelling(): given} if given else cls.spelling()


@st.composite
def _with(draw: st.DrawFn, spec: Data, section: str, contents: st.SearchStrategy[Any]) -> Data:
    """A spec with a section more, or without it where chance finds none that is right."""
    for _ in range(3):
        whole = {**spec, section: draw(contents)}
        if not has_errors(check(whole)):
            return whole
    return spec


@st.composite
def _with_lengths(draw: st.DrawFn, spec: Data) -> Data:
    """A spec, whose open sizes perhaps have names, where that leaves it right."""
    model = next(iter(spec["model"].values()))
    inputs = [model["input"]] if "input" in model else list(model["inputs"].values())
    if not any(None in said["shape"] for said in inputs) or not draw(st.booleans()):
        return spec
    named = copy.deepcopy(spec)
    model = next(iter(named["model"].values()))
    for said in [model["input"]] if "input" in model else model["inputs"].values():
        said["shape"] = [draw(st.sampled_from(LENGTHS)) if size is None else size for size in said["shape"]]
    return spec if has_errors(check(named)) else named
