"""Predict: what a run's best model says of new rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import keras
import numpy as np

from tfspec.analysis import Analysis, OutputPlan
from tfspec.data import load_part

from .opening import open_run
from .training import inputs_of

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Prediction:
    """What one output says of every row.

    For classes, `values` are the probabilities of each (rows, classes), or of the second of two
    (rows, 1); `labels` the likeliest class of each row, and `names` what the classes are called.
    """

    values: Array
    kind: Literal["numbers", "classes", "binary"]
    labels: Array | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Predictions:
    """The predictions of every output, by its name."""

    outputs: dict[str, Prediction]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.outputs.values())).values)


def predict(run: Path | str, data: Path | str) -> Predictions:
    """What a run's best model says of the rows of a CSV, npz or JSON-lines file.

    Raises:
        SpecError: There is no such run, or the file does not fit the model.
    """
    opened = open_run(run)
    analysis = opened.analysis
    assert analysis.feeds is not None  # noqa: S101 - a run is refused without data
    part = load_part(Path(data), analysis.spec, analysis.feeds, opened.class_names)
    raw = opened.model.predict(inputs_of(part, analysis), verbose=0)
    outputs = {}
    for name, values in _by_name(raw, analysis).items():
        plan = analysis.plan.outputs.get(name) if analysis.plan else None
        outputs[name] = _prediction(np.asarray(values), plan, _class_names(name, analysis, opened.class_names))
    return Predictions(outputs)


def _by_name(raw: Any, analysis: Analysis) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    values = raw if isinstance(raw, (list, tuple)) else [raw]
    return dict(zip(analysis.graph.outputs, values, strict=True))


def _class_names(output: str, analysis: Analysis, names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    lesson = analysis.feeds.targets.get(output) if analysis.feeds else None
    return names.get(lesson.column, ()) if lesson else ()


def _prediction(values: Array, plan: OutputPlan | None, names: tuple[str, ...]) -> Prediction:
    """The values of one output, as probabilities of classes where its loss says that they are."""
    loss = plan.loss if plan else None
    wants = getattr(loss, "wants", "numbers")
    logits = bool(getattr(loss, "from_logits", False))
    width = values.shape[-1] if values.ndim == 2 else 0  # noqa: PLR2004 - a row of values for each example
    if wants == "probabilities" and width > 1:
        probabilities = _apply("softmax", values) if logits else values
        labels = probabilities.argmax(axis=-1)
        return Prediction(probabilities, "classes", _named(labels, names), names if len(names) == width else ())
    if wants == "probability" and width == 1:
        probabilities = _apply("sigmoid", values) if logits else values
        labels = (probabilities[:, 0] >= 0.5).astype("int64")  # noqa: PLR2004 - as likely as not
        return Prediction(probabilities, "binary", _named(labels, names), names if len(names) == 2 else ())  # noqa: PLR2004 - two classes
    return Prediction(values, "numbers")


def _apply(activation: str, values: Array) -> Array:
    return keras.ops.convert_to_numpy(getattr(keras.activations, activation)(keras.ops.convert_to_tensor(values)))  # type: ignore[no-any-return] # Keras has no types


def _named(labels: Array, names: tuple[str, ...]) -> Array:
    """The classes by name, where all of them have one."""
    return np.array(names, dtype=object)[labels] if names and len(names) > labels.max(initial=0) else labels
