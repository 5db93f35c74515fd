"""What a right spec promises of its training: it runs, weights move, the seed decides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume

from tfspec.analysis import analyze
from tfspec.spec import load
from tfspec.testing import cases_in, show, specs, varied
from tfspec.testing.data import make_batch
from tfspec.testing.search.calling import OF_OPEN_SIZES, OF_THE_DATA, as_fed

FOUND = Path(__file__).parents[1] / "testing" / "found"
RUNS = 16
"""Each builds models in Keras; many draws have nothing that learns."""

pytestmark = pytest.mark.filterwarnings("ignore")  # what Keras warns of is no other answer
LARGE = 1e3


def compiled(spec: dict[str, Any], optimizer: Any = "sgd") -> dict[str, Any]:
    """The spec, to be trained by the plainest optimizer towards what all heads can give."""
    return {**spec, "seed": 7, "compile": {"optimizer": optimizer, "loss": "mse", "jit_compile": False}}


@contextmanager
def on_fitting_data() -> Iterator[None]:
    """Leave out what has no gradient, and numbers that do not fit: an index, perhaps, that a step made too large."""
    try:
        yield
    except Exception as error:
        assume("No gradients provided" not in str(error))
        assume(not OF_THE_DATA.search(str(error)))
        assume(not OF_OPEN_SIZES.search(str(error)))  # targets are made for sizes that a spec may leave open
        assume("'IndexedSlices'" not in str(error))  # `loss_scale_factor`, by which Keras cannot divide an embedding's
        assume("list index out of range" not in str(error))  # states of a stateful stack of one cell, which Keras tears
        raise


def targets(analysis: Any, values: dict[str, Any]) -> Any:
    """The targets in the structure of the model's outputs."""
    names = list(analysis.graph.outputs)
    if analysis.graph.structure == "list" and len(names) > 1:
        return [values[name] for name in names]
    return as_fed(values)


@varied(RUNS, cases_in(FOUND, right=True), spec=specs(runnable=True, compiled=False))
def test_a_step_moves_what_has_a_gradient(build: Any, keras: Any, spec: dict[str, Any]) -> None:
    import numpy as np
    import tensorflow as tf

    spec = compiled(spec, {"SGD": {"learning_rate": 0.5}})
    analysis, model = _trainable(spec, build)
    batch = make_batch(analysis, 1)
    show(spec)
    state = [np.asarray(variable) for variable in model.variables]
    with on_fitting_data(), tf.GradientTape() as tape:
        outputs = model(as_fed(batch.inputs), training=True)
        assume(all(np.all(np.abs(np.asarray(x, "float32")) < LARGE) for x in keras.tree.flatten(outputs)))
        loss = model.compute_loss(y=targets(analysis, batch.targets), y_pred=outputs)
    gradients = tape.gradient(loss, model.trainable_variables)
    assume(any(gradient is not None for gradient in gradients))
    for variable, was in zip(model.variables, state, strict=True):  # so that the step draws the same at random
        variable.assign(was)
    before = [weight.numpy() for weight in model.trainable_variables]
    model.run_eagerly = True
    with on_fitting_data():
        history = model.fit(as_fed(batch.inputs), targets(analysis, batch.targets), verbose=0, shuffle=False)
    assert all(math.isfinite(value) for values in history.history.values() for value in values)
    for weight, gradient, was in zip(model.trainable_variables, gradients, before, strict=True):
        assert np.all(np.isfinite(weight.numpy())), weight.path
        if gradient is None or weight.constraint is not None:  # which may put a weight back where it was
            continue
        step = 0.5 * np.abs(np.asarray(tf.convert_to_tensor(gradient)))
        if np.max(step, initial=0) > 1e-6 * (1 + np.max(np.abs(was), initial=0)):
            assert not np.array_equal(weight.numpy(), was), weight.path


def _trainable(spec: dict[str, Any], build: Any) -> tuple[Any, Any]:
    """The analysis and the model, if there is something to train on floats."""
    analysis = analyze(load(spec))
    assume(not [problem for problem in analysis.problems if problem.severity == "error"])
    assume(all("float" in row.dtype for row in analysis.summary.outputs))
    assume(analysis.summary.trainable_parameters)
    try:
        make_batch(analysis, 1)
    except ValueError:
        assume(False)  # noqa: FBT003 - Hypothesis's own form
    return analysis, build(spec)


@varied(RUNS, spec=specs(runnable=True, compiled=True))
def test_its_own_compile_step_trains(build: Any, spec: dict[str, Any]) -> None:
    assume("compile" in spec)
    spec = {**spec, "seed": 7}
    analysis, model = _trainable(spec, build)
    batch = make_batch(analysis, 1)
    show(spec)
    model.run_eagerly = model.run_eagerly or "run_eagerly" not in spec["compile"]  # a graph for each is dear
    with on_fitting_data():
        history = model.fit(as_fed(batch.inputs), targets(analysis, batch.targets), verbose=0)
    assert "loss" in history.history


@varied(RUNS, spec=specs(runnable=True, compiled=False))
def test_the_seed_decides_everything(build: Any, spec: dict[str, Any]) -> None:
    import numpy as np

    spec = compiled(spec)
    weights = []
    for _ in range(2):
        analysis, model = _trainable(spec, build)
        show(spec)
        batch = make_batch(analysis, 1, 4)
        model.run_eagerly = True
        with on_fitting_data():
            model.fit(as_fed(batch.inputs), targets(analysis, batch.targets), batch_size=2, verbose=0)
        weights.append([np.asarray(weight) for weight in model.weights])
    for first, second in zip(*weights, strict=True):
        assert np.array_equal(first, second, equal_nan=True)
