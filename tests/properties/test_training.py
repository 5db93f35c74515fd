"""What a right spec promises of its training: it runs, weights move, the seed decides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from tfspec.analysis import analyze
from tfspec.spec import load
from tfspec.testing import cases_first, show, specs
from tfspec.testing.data import make_batch
from tfspec.testing.running import layers_of
from tfspec.testing.search.calling import OF_OPEN_SIZES, OF_THE_DATA, as_fed

FOUND = Path(__file__).parents[1] / "testing" / "found"
FEWER = settings(max_examples=settings.default.max_examples // 3)
"""Each draw builds models in Keras, some twice."""

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
        raise


def targets(analysis: Any, values: dict[str, Any]) -> Any:
    """The targets in the structure of the model's outputs."""
    names = list(analysis.graph.outputs)
    if analysis.graph.structure == "list" and len(names) > 1:
        return [values[name] for name in names]
    return as_fed(values)


@FEWER
@cases_first(FOUND)
@given(specs(runnable=True, compiled=False))
def test_a_step_moves_what_has_a_gradient(build: Any, keras: Any, spec: dict[str, Any]) -> None:
    import numpy as np
    import tensorflow as tf

    spec = compiled(spec, {"SGD": {"learning_rate": 0.5}})
    analysis, model = _trainable(spec, build)
    batch = make_batch(analysis, 1)
    show(spec)
    with on_fitting_data(), tf.GradientTape() as tape:
        outputs = keras.tree.flatten(model(as_fed(batch.inputs), training=True))
        assume(all(np.all(np.abs(np.asarray(output, "float32")) < LARGE) for output in outputs))
        loss = model.compute_loss(y=targets(analysis, batch.targets), y_pred=model(as_fed(batch.inputs), training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    assume(any(gradient is not None for gradient in gradients))
    before = [weight.numpy() for weight in model.trainable_variables]
    model.run_eagerly = True
    keras.utils.set_random_seed(7)
    with on_fitting_data():
        history = model.fit(as_fed(batch.inputs), targets(analysis, batch.targets), verbose=0, shuffle=False)
    assert all(math.isfinite(value) for values in history.history.values() for value in values)
    for weight, gradient, was in zip(model.trainable_variables, gradients, before, strict=True):
        assert np.all(np.isfinite(weight.numpy())), weight.path
        if gradient is None or _is_random(analysis):
            continue
        step = 0.5 * np.abs(np.asarray(tf.convert_to_tensor(gradient)))
        if np.max(step, initial=0) > 1e-6 * (1 + np.max(np.abs(was), initial=0)):  # noqa: SIM102 - a constraint may undo it
            if not _is_bound(weight):
                assert not np.array_equal(weight.numpy(), was), weight.path


def _trainable(spec: dict[str, Any], build: Any) -> tuple[Any, Any]:
    """The analysis and the model, if there is something to train on floats."""
    analysis = analyze(load(spec))
    assume(not [problem for problem in analysis.problems if problem.severity == "error"])
    assume(all("float" in row.dtype for row in analysis.summary.outputs))
    model = build(spec)
    assume(model.trainable_variables)
    try:
        make_batch(analysis, 1)
    except ValueError:
        assume(False)  # noqa: FBT003 - Hypothesis's own form
    return analysis, model


def _is_random(analysis: Any) -> bool:
    """Whether two calls in training differ, so that one's gradient says nothing of the other's."""
    layers = layers_of(analysis.graph)
    names = [type(layer).__name__ for layer in layers]
    said = [field for layer in layers for field in layer.said]
    return any("Drop" in name or "Noise" in name or "Rand" in name or "Mix" in name for name in names) or any(
        "dropout" in field for field in said
    )


def _is_bound(weight: Any) -> bool:
    """Whether a constraint may put a weight back where it was."""
    return getattr(weight, "constraint", None) is not None


@FEWER
@given(specs(runnable=True, compiled=False))
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
