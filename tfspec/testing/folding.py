"""The same network, written otherwise: with blocks, repeats, conditions and variables.

Specs are changed as plain data. What is folded is a run of steps, most often one that nobody calls by
name, each of which takes what the one before gave.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tfspec.graph import lower
from tfspec.spec import load

from .block_writing import enclosable, enclosed
from .repeats import alike, repeated
from .runs import Data, Steps, literal, plain_argument, runs, without_source

MOST_FOLDS = 3


@st.composite
def folded(draw: st.DrawFn, spec: Data) -> Data:
    """A spec of the same network, parts of which are written as blocks, repeats, conditions or with variables.

    >>> folded({"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["ELU"]}}}).example()
    {'tfspec': 1, 'model': {'sequential': {'input': ..., 'layers': ['part_0']}}, 'blocks': {'part_0': ...}}
    """
    changed = copy.deepcopy(spec)
    model = next(iter(changed["model"].values()))
    for number in range(draw(st.integers(1, MOST_FOLDS))):
        ways = [_fold, *([_fold_alike] * 3 if any(alike(model["layers"])) else [])]
        if "functional" in changed["model"]:
            ways.append(_enclose)
        draw(st.sampled_from(ways))(draw, changed, model, f"part_{number}")
    return _with_output_named(changed)


def _with_output_named(spec: Data) -> Data:
    """The spec, whose compile step calls an only output by its name: that of its layer, which a block changes."""
    asked = spec.get("compile", {}).get("outputs", {})
    if len(asked) == 1:
        (name,) = lower(load(spec), Path())[0].outputs
        spec["compile"] = {**spec["compile"], "outputs": {name: next(iter(asked.values()))}}
    return spec


def _fold(draw: st.DrawFn, spec: Data, model: Data, name: str) -> None:
    """Some steps that follow each other become one."""
    steps: Steps = model["layers"]
    if found := list(runs(steps)):
        start, end = draw(st.sampled_from(found))
        steps[start:end] = [draw(st.sampled_from(FOLDS))(draw, spec, steps[start:end], name)]


def _fold_alike(draw: st.DrawFn, spec: Data, model: Data, name: str) -> None:
    """Steps that say the same over and over become a repeat."""
    steps: Steps = model["layers"]
    start, end, period = draw(st.sampled_from(list(alike(steps))))
    steps[start:end] = [repeated(draw, spec, steps[start:end], period, name)]


def _enclose(draw: st.DrawFn, spec: Data, model: Data, name: str) -> None:
    """Some steps of a graph, whatever they take and give, become a block."""
    if found := list(enclosable(model)):
        start, end = draw(st.sampled_from(found))
        block, step = enclosed(model, start, end, name)
        model["layers"][start:end] = [step]
        spec.setdefault("blocks", {})[name] = block


def _in_repeat(draw: st.DrawFn, spec: Data, run: Steps, name: str) -> Any:
    """A repeat of one."""
    del draw, spec, name
    return {"repeat": {"times": 1, "layers": run}}


def _as_block(draw: st.DrawFn, spec: Data, run: Steps, name: str) -> Any:
    """A block, whose parameter is an argument of one of its layers, where one has a plain value."""
    source, run = without_source(copy.deepcopy(run))
    block: Data = {"layers": run}
    given: Data = {}
    if place := plain_argument(run):
        said, key = place
        parameter = f"its_{key}"  # since a block has a `name` and a `trainable` of its own
        default = draw(st.sampled_from([None, said[key], 1]))
        block = {"params": {parameter: default}, **block}
        given = {} if default == said[key] and type(default) is type(said[key]) else {parameter: said[key]}
        said[key] = f"${{{parameter}}}"
    spec.setdefault("blocks", {})[name] = block
    return {name: {**given, **source}} if given or source else name


def _as_branch(draw: st.DrawFn, spec: Data, run: Steps, name: str) -> Any:
    """A condition that holds, or one that does not and has something else."""
    value, condition, holds = draw(
        st.sampled_from([(True, "{}", True), (False, "{}", False), (2, "{} > 1", True), (0, "{} != 0", False)])
    )
    spec.setdefault("vars", {})[name] = value
    said = {"if": f"${{{condition.format(name)}}}"}
    if not holds:
        return {**said, "then": ["Identity"], "else": run}
    return {**said, "then": run, **({"else": ["Identity"]} if draw(st.booleans()) else {})}


def _with_variable(draw: st.DrawFn, spec: Data, run: Steps, name: str) -> Any:
    """A step as it was, with an argument that follows from `vars`; several stand in a repeat."""
    run = copy.deepcopy(run)
    if place := plain_argument(run):
        said, key = place
        spec.setdefault("vars", {})[name], said[key] = draw(st.sampled_from(list(_computed(said[key], name))))
    return run[0] if len(run) == 1 else {"repeat": {"times": 1, "layers": run}}


def _computed(value: Any, name: str) -> list[tuple[Any, str]]:
    """Values of a variable, with an expression that makes this one of each."""
    found: list[tuple[Any, str]] = [(value, f"${{{name}}}")]
    if isinstance(value, bool):
        return [*found, (not value, f"${{not {name}}}")]
    if isinstance(value, int):
        return [*found, (value - 1, f"${{{name} + 1}}"), (2 * value, f"${{{name} // 2}}")]
    if isinstance(value, float):
        return [*found, (2 * value, f"${{{name} / 2}}")]
    return [*found, (True, f"${{{literal(value)} if {name} else null}}")]


Fold = Callable[[st.DrawFn, Data, Steps, str], Any]

FOLDS: tuple[Fold, ...] = (_in_repeat, _as_block, _as_branch, _with_variable)
