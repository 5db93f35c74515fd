"""What losses and metrics ask of an output: told where Keras fails, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfspec
from tfspec.catalogue import make_thing
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric

SPEC = """\
tfspec: 1
model: {sequential: {input: {shape: %s}, layers: [{Dense: {units: %s, activation: %s}}]}}
compile: {loss: %s, metrics: %s}
"""
ROWS = 4

few = st.integers(1, 5)
class_ids = st.integers(0, 4)
weights = st.lists(st.floats(0.1, 1), min_size=1, max_size=5)
AT_POINTS = {
    "PrecisionAtRecall": "recall",
    "RecallAtPrecision": "precision",
    "SensitivityAtSpecificity": "specificity",
    "SpecificityAtSensitivity": "sensitivity",
}

METRICS = st.one_of(
    st.sampled_from(["R2Score", "F1Score", "FBetaScore", "AUC", "Precision"]),
    st.builds(lambda name, k: {name: {"top_k": k}}, st.sampled_from(["Precision", "Recall"]), few),
    st.builds(lambda name, number: {name: {"class_id": number}}, st.sampled_from(["Precision", "Recall"]), class_ids),
    st.builds(lambda name, n: {name: {AT_POINTS[name]: 0.5, "class_id": n}}, st.sampled_from([*AT_POINTS]), class_ids),
    st.builds(lambda number: {"AUC": {"multi_label": True, "num_labels": number}}, few),
    st.builds(lambda many, each: {"AUC": {"multi_label": many, "label_weights": each}}, st.booleans(), weights),
)


def told(text: str) -> bool:
    return any(problem.code == "TS453" for problem in tfspec.check(text))


def runs(thing: Any, *arrays: Any) -> bool:
    try:
        thing(*arrays)
    except Exception:  # noqa: BLE001 - whatever Keras raises, it does not run
        return False
    return True


@settings(max_examples=150)
@given(metric=METRICS, axes=st.lists(few, max_size=2), units=few)
def test_metrics(metric: Any, axes: list[int], units: int, keras: Any) -> None:
    import numpy as np

    from tfspec.backends.keras.objects import to_keras

    labels, output = np.zeros((ROWS, *axes, units)), np.full((ROWS, *axes, units), 0.5, "float32")
    made = to_keras(make_thing(Metric, metric))
    assert isinstance(made, keras.metrics.Metric)
    text = SPEC % ([*axes, 3], units, "sigmoid", "mse", tfspec_list(metric))
    if units == 1 and made.name.startswith("auc") and made.multi_label:
        return  # it broadcasts to any number of labels, which is a mistake that runs
    assert told(text) != runs(made.update_state, labels, output)


@given(
    sparse=st.booleans(),
    name=st.sampled_from(["MeanIoU", "IoU", "OneHotMeanIoU", "OneHotIoU"]),
    axes=st.lists(few, max_size=2),
    units=st.integers(2, 5),
)
def test_overlaps(sparse: bool, name: str, axes: list[int], units: int) -> None:  # noqa: FBT001 - a drawn argument
    import numpy as np

    from tfspec.backends.keras.objects import to_keras

    said: dict[str, Any] = {"num_classes": units, "sparse_y_pred": sparse}
    if not name.endswith("MeanIoU"):
        said["target_class_ids"] = [0]
    metric = {name: said}
    numbers = not name.startswith("OneHot")
    labels = np.zeros((ROWS, *axes) if numbers else (ROWS, *axes, units), "int32")
    output = np.full((ROWS, *axes, units), 1 / units, "float32")
    loss = "sparse_categorical_crossentropy" if numbers else "categorical_crossentropy"
    text = SPEC % ([*axes, 3], units, "softmax", loss, tfspec_list(metric))
    assert told(text) != runs(to_keras(make_thing(Metric, metric)).update_state, labels, output)


@given(loss=st.sampled_from(["CTC", "Circle", "MeanSquaredError"]), axes=st.lists(few, max_size=2))
def test_losses(loss: str, axes: list[int]) -> None:
    import numpy as np

    from tfspec.backends.keras.objects import to_keras

    labels = {"CTC": (ROWS, 2), "Circle": (ROWS,)}.get(loss, (ROWS, *axes, 3))
    arrays = np.ones(labels, "int32"), np.full((ROWS, *axes, 3), 0.5, "float32")
    text = SPEC % ([*axes, 3], 3, "linear", loss, "[]")
    assert told(text) != runs(to_keras(make_thing(Loss, loss)), *arrays)


def tfspec_list(metric: Any) -> str:
    """A list of one metric, as a spec writes it."""
    import json

    return json.dumps([metric])


@pytest.mark.parametrize("loss", ["ctc", "mse"])
def test_labels_of_sequences(loss: str) -> None:
    text = (
        "tfspec: 1\n"
        "data: {source: {sklearn: {dataset: digits}}}\n"
        "model: {sequential: {layers: [{Reshape: {target_shape: [8, 8]}}, {Dense: {units: 10}}]}}\n"
        f"compile: {{loss: {loss}}}\n"
    )
    (problem,) = tfspec.check(text)
    assert problem.code == "TS447"
    assert ("labels of 2 axes (batch, length)" in problem.message) == (loss == "ctc")


@pytest.mark.parametrize(
    ("metric", "warned"),
    [
        ("{Precision: {top_k: 2}}", False),
        ("{Recall: {thresholds: 0.4}}", False),
        ("{BinaryAccuracy: {threshold: 0.4}}", False),
        ("{BinaryAccuracy: {threshold: 0}}", True),
        ("{BinaryIoU: {threshold: 0}}", True),
        ("{Precision: {thresholds: 0}}", True),
        ("{Precision: {top_k: 2, thresholds: 0}}", True),
        ("{AUC: {from_logits: true}}", True),
    ],
)
def test_metrics_of_logits(metric: str, warned: bool) -> None:  # noqa: FBT001 - a value of the table
    """The largest values are the same for probabilities and logits; a threshold of 0 is for logits."""
    text = SPEC % ("[4]", 3, "softmax", "categorical_crossentropy", f"[{metric}]")
    assert [problem.code for problem in tfspec.check(text)] == ["TS441"] * warned
    logits = SPEC % ("[4]", 3, "linear", "{CategoricalCrossentropy: {from_logits: true}}", f"[{metric}]")
    unfit = not warned and "top_k" not in metric
    assert [problem.code for problem in tfspec.check(logits)] == ["TS440"] * unfit
