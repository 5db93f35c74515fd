"""What a right spec promises of its model: written otherwise it is the same, saved it stays the same."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

import tfspec
from tfspec.analysis import analyze
from tfspec.diagnostics import has_errors
from tfspec.spec import load
from tfspec.testing import cases_in, folded, functional_specs, sequential_specs, show, specs, varied
from tfspec.testing.data import make_batch
from tfspec.testing.search.calling import as_fed

FOUND = Path(__file__).parents[1] / "testing" / "found"
RUNS = 12
"""Each builds models in Keras, most of them twice."""

pytestmark = pytest.mark.filterwarnings("ignore")  # what Keras warns of is no other answer


def run(spec: dict[str, Any], build: Any, keras: Any) -> list[Any] | None:
    """What the model gives for a batch, every output as an array; None where no batch fits."""
    import numpy as np

    model = build({**spec, "seed": 3})
    try:
        batch = make_batch(analyze(load(spec)), 2)
    except ValueError:
        return None
    try:
        outputs = model(as_fed(batch.inputs), training=False)
    except Exception as error:
        if "is not in [" in str(error):  # an embedding of numbers that a layer makes beyond its rows: data, not form
            return None
        raise
    return [np.asarray(output) for output in keras.tree.flatten(outputs)]


def same(first: list[Any] | None, second: list[Any] | None) -> bool:
    """Whether both gave the same numbers."""
    import numpy as np

    if first is None or second is None:
        return first is second
    return len(first) == len(second) and all(
        a.dtype == b.dtype and (np.array_equal(a, b) if a.dtype == object else np.array_equal(a, b, equal_nan=True))
        for a, b in zip(first, second, strict=True)
    )


def rows(spec: dict[str, Any]) -> list[Any]:
    """What is known of each layer but its name."""
    return [(row.layer, row.outputs, [weight[1:] for weight in row.weights]) for row in tfspec.inspect(spec).layers]


@varied(RUNS, spec=sequential_specs(runnable=True, compiled=False))
def test_a_chain_is_one_in_either_form(build: Any, keras: Any, spec: dict[str, Any]) -> None:
    show(spec)
    chain = spec["model"]["sequential"]
    functional = {"inputs": {"input_layer": chain["input"]}, "layers": chain["layers"]}
    other = {**spec, "model": {"functional": functional}}
    assert rows(spec) == rows(other)
    assert tfspec.inspect(spec).parameters == tfspec.inspect(other).parameters
    assert same(run(spec, build, keras), run(other, build, keras))


@varied(RUNS, cases_in(FOUND, right=True), spec=specs(runnable=True, compiled=False))
def test_a_saved_model_predicts_the_same_in_another_process(
    build: Any,
    keras: Any,
    worker: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
    spec: dict[str, Any],
) -> None:
    import numpy as np

    show(spec)
    model = build({**spec, "seed": 3})
    try:
        batch = make_batch(analyze(load(spec)), 2)
    except ValueError:
        return
    drawn = np.random.default_rng(1)
    for weight in model.trainable_weights:  # none keeps a value that a lost one would have anyway
        weight.assign(drawn.uniform(0.1, 0.9, weight.shape))
    folder = tmp_path_factory.mktemp("saved")
    outputs = keras.tree.flatten(model(as_fed(batch.inputs), training=False))
    model.save(folder / "model.keras")
    np.savez(folder / "inputs.npz", **batch.inputs)
    np.savez(folder / "outputs.npz", *(np.asarray(output) for output in outputs))
    np.savez(folder / "weights.npz", *(np.asarray(weight) for weight in model.weights))
    assert worker(folder) == "equal"


@varied(RUNS, spec=sequential_specs(runnable=True, compiled=False), data=st.data())
def test_identity_anywhere_changes_nothing(build: Any, keras: Any, spec: dict[str, Any], data: st.DataObject) -> None:
    show(spec)
    other = copy.deepcopy(spec)
    layers = other["model"]["sequential"]["layers"]
    layers.insert(data.draw(st.integers(0, len(layers))), {"Identity": {"name": "in_between"}})
    kept = [row for row in tfspec.inspect(other).layers if row.name != "in_between"]
    assert [row.outputs for row in kept] == [row.outputs for row in tfspec.inspect(spec).layers]
    assert tfspec.inspect(other).parameters == tfspec.inspect(spec).parameters
    assert same(run(spec, build, keras), run(other, build, keras))


@varied(RUNS, spec=sequential_specs(runnable=True, compiled=False), data=st.data())
def test_a_repeat_of_one_is_its_body(build: Any, keras: Any, spec: dict[str, Any], data: st.DataObject) -> None:
    show(spec)
    other = copy.deepcopy(spec)
    layers = other["model"]["sequential"]["layers"]
    start = data.draw(st.integers(0, len(layers) - 1))
    end = data.draw(st.integers(start + 1, len(layers)))
    layers[start:end] = [{"repeat": {"times": 1, "layers": layers[start:end]}}]
    assert rows(spec) == rows(other)
    assert same(run(spec, build, keras), run(other, build, keras))


@varied(2 * RUNS, spec=st.one_of(sequential_specs(), functional_specs()), data=st.data())
def test_folded_it_is_the_same_network(spec: dict[str, Any], data: st.DataObject) -> None:
    other = data.draw(folded(spec))
    show(spec)
    show(other)
    assert rows(other) == rows(spec)
    assert tfspec.inspect(other).parameters == tfspec.inspect(spec).parameters
    ours, theirs = tfspec.inspect(spec), tfspec.inspect(other)
    assert [row[1:] for row in ours.outputs] == [row[1:] for row in theirs.outputs]
    assert not has_errors(tfspec.check(other))


@varied(RUNS, spec=functional_specs(runnable=True, compiled=False))
def test_an_unused_layer_is_only_warned_of(build: Any, keras: Any, spec: dict[str, Any]) -> None:
    graph = spec["model"]["functional"]
    assume("outputs" in graph)
    show(spec)
    other = copy.deepcopy(spec)
    other["model"]["functional"]["layers"].append({"Identity": {"from": next(iter(graph["inputs"])), "name": "idle"}})
    before = {problem.message for problem in tfspec.check(spec)}
    more = [problem for problem in tfspec.check(other) if problem.message not in before]
    assert [(problem.severity, "`idle`" in problem.message) for problem in more] == [("warning", True)]
    ours, theirs = tfspec.inspect(spec), tfspec.inspect(other)
    assert [row for row in theirs.layers if row.name != "idle"] == list(ours.layers)
    assert same(run(spec, build, keras), run(other, build, keras))


@varied(RUNS, spec=functional_specs(runnable=True, compiled=False))
def test_another_name_changes_names_only(build: Any, keras: Any, spec: dict[str, Any]) -> None:
    show(spec)
    other = renamed(spec)
    assert rows(other) == rows(spec)
    ours, theirs = tfspec.inspect(spec), tfspec.inspect(other)
    assert [row[1:] for row in ours.outputs] == [row[1:] for row in theirs.outputs]
    assert ours.parameters == theirs.parameters
    assert [problem.code for problem in tfspec.check(spec)] == [problem.code for problem in tfspec.check(other)]
    assert same(run(spec, build, keras), run(other, build, keras))


def renamed(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with every layer and result under another name."""
    other = copy.deepcopy(spec)
    graph = other["model"]["functional"]
    given_names = [arguments for step in graph["layers"] if isinstance(step, dict) for arguments in step.values()]
    names = {name for said in given_names for name in [said.get("name"), *said.get("as", [])] if name}

    def new(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: new(item) for key, item in value.items()}
        if isinstance(value, list):
            return [new(item) for item in value]
        return f"{value}_otherwise" if value in names else value

    for said in given_names:
        said |= {key: new(said[key]) for key in ("name", "as", "from") if key in said}
    if "outputs" in graph:
        said_outputs = graph["outputs"]
        graph["outputs"] = (
            {new(key): new(name) for key, name in said_outputs.items()}
            if isinstance(said_outputs, dict)
            else new(said_outputs)
        )
    return other
