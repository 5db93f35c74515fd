"""What `diff` promises of any two specs: nothing for one meaning, the same from either side, and every change told."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tfspec.analysis import analyze, check
from tfspec.analysis.difference import Difference, differ_in
from tfspec.catalogue.steps import FLOW, make_step
from tfspec.diagnostics import has_errors
from tfspec.spec import load
from tfspec.testing import show, specs

PLAIN = specs(plain=True)


def difference(before: Any, after: Any) -> Difference:
    return differ_in(analyze(load(before)), analyze(load(after)))


def steps_of(spec: dict[str, Any]) -> list[Any]:
    """The list of layers of a spec's model, to be changed."""
    (model,) = spec["model"].values()
    layers: list[Any] = model["layers"]
    return layers


def written_out(step: Any, shared: set[str]) -> Any:
    """A step with the defaults of all arguments of its layer."""
    word = step if isinstance(step, str) else next(iter(step))
    if word in shared or word in ("sequential", "functional"):
        return step
    layer: Any = make_step(step).layer
    flow = {key: value for key, value in step[word].items() if key in FLOW} if isinstance(step, dict) else {}
    return {word: {**layer.model_dump(mode="json", by_alias=True), **flow}}


@given(specs(), specs())
def test_one_meaning_has_no_differences_and_either_side_sees_them(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    for spec in (first, second):
        show(spec)
        assert not difference(spec, copy.deepcopy(spec))
        assert not difference(spec, load(spec).to_yaml())
    assert bool(difference(first, second)) == bool(difference(second, first))


@given(PLAIN)
def test_defaults_written_out_change_nothing(spec: dict[str, Any]) -> None:
    other = copy.deepcopy(spec)
    steps = steps_of(other)
    steps[:] = [written_out(step, set(spec.get("shared", ()))) for step in steps]
    other = {"precision": "float32", "callbacks": [], **other}
    if "compile" in spec:
        other["compile"] = {"optimizer": "rmsprop", "jit_compile": "auto", "run_eagerly": False, **spec["compile"]}
    assume(not has_errors(check(other)))
    show(other)
    assert difference(spec, other).to_dict()["layers"] == []
    assert not difference(spec, other)
    assert not difference(other, spec)


@given(PLAIN, st.data())
def test_a_layer_that_is_dropped_is_told(spec: dict[str, Any], data: st.DataObject) -> None:
    other = copy.deepcopy(spec)
    layers = steps_of(other)
    del layers[data.draw(st.integers(0, len(layers) - 1))]
    assume(not has_errors(check(other)))
    show(spec)
    show(other)
    assert any(layer.after is None for layer in difference(spec, other).layers)
    assert any(layer.before is None for layer in difference(other, spec).layers)


@given(PLAIN, st.data())
def test_an_argument_that_changes_is_told(spec: dict[str, Any], data: st.DataObject) -> None:
    other = copy.deepcopy(spec)
    layers = steps_of(other)
    index = data.draw(st.integers(0, len(layers) - 1))
    step = layers[index]
    word = step if isinstance(step, str) else next(iter(step))
    assume(word not in {*spec.get("shared", ()), "sequential", "functional"})
    layer: Any = make_step(step).layer
    said: dict[str, Any] = step[word] if isinstance(step, dict) else {}
    layers[index] = {word: {**said, "trainable": not layer.trainable}}
    assume(not has_errors(check(other)))
    show(spec)
    show(other)
    for found, now in ((difference(spec, other), not layer.trainable), (difference(other, spec), layer.trainable)):
        (change,) = [each for each in found.layers if each.changes]
        assert [(each.path, each.after) for each in change.changes] == [("trainable", now)]
