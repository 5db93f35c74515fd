"""Predictions as files: CSV, JSON lines, npz."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np

from tfspec.diagnostics import SpecError

from .predict import Prediction, Predictions
from .problems import NO_TABLE


def render(predictions: Predictions, form: str) -> bytes:
    """The predictions as the bytes of a `csv`, `jsonl` or `npz` file.

    Raises:
        SpecError: A table was asked for, and an output gives more than a row of numbers for a row.
    """
    if form == "npz":
        return _npz(predictions)
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _records(predictions)).encode()
    return _csv(predictions).encode()


def _csv(predictions: Predictions) -> str:
    for name, prediction in predictions.outputs.items():
        if prediction.values.ndim > 2:  # noqa: PLR2004 - a row of numbers for each example
            message = f"the output `{name}` has the shape {prediction.values.shape[1:]} for each row, which is no table"
            raise SpecError([NO_TABLE.problem(message, help="use `--format jsonl` or `--format npz`")])
    several = len(predictions.outputs) > 1
    columns: dict[str, Any] = {}
    for name, prediction in predictions.outputs.items():
        prefix = f"{name}_" if several else ""
        columns |= {prefix + column: values for column, values in _columns(prediction).items()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*(map(_cell, values) for values in columns.values()), strict=True))
    return text.getvalue()


def _columns(prediction: Prediction) -> dict[str, Any]:
    """The columns of one output: the class and its probability, then the probability of each; or the numbers."""
    values = prediction.values.reshape(len(prediction.values), -1)
    if prediction.kind == "numbers":
        if values.shape[1] == 1:
            return {"prediction": values[:, 0]}
        return {f"prediction_{i}": values[:, i] for i in range(values.shape[1])}
    if prediction.kind == "binary":
        chosen = np.where(values[:, 0] >= 0.5, values[:, 0], 1 - values[:, 0])  # noqa: PLR2004 - as likely as not
        values = np.stack([1 - values[:, 0], values[:, 0]], axis=1)
    else:
        chosen = values.max(axis=1)
    names = prediction.names or tuple(str(i) for i in range(values.shape[1]))
    each = {f"p_{name}": values[:, i] for i, name in enumerate(names)}
    return {"class": prediction.labels, "probability": chosen, **each}


def _cell(value: Any) -> Any:
    """A float in the digits that it has, anything else as it is."""
    return f"{value:.7g}" if isinstance(value, np.floating) else value


def _records(predictions: Predictions) -> list[dict[str, Any]]:
    several = len(predictions.outputs) > 1
    rows: list[dict[str, Any]] = [{} for _ in range(predictions.rows)]
    for name, prediction in predictions.outputs.items():
        if prediction.kind == "numbers":
            entries: list[Any] = [
                value[0] if np.shape(value) == (1,) else value for value in prediction.values.tolist()
            ]
            entries = [{"prediction": entry} for entry in entries]
        else:
            columns = _columns(prediction)
            names = [column.removeprefix("p_") for column in list(columns)[2:]]
            each = np.stack([columns[f"p_{n}"] for n in names], axis=1).tolist()
            labels = np.asarray(prediction.labels).tolist()
            entries = [
                {"class": label, "probability": float(p), "probabilities": dict(zip(names, values, strict=True))}
                for label, p, values in zip(labels, columns["probability"], each, strict=True)
            ]
        for row, entry in zip(rows, entries, strict=True):
            row.update({name: entry} if several else entry)
    return rows


def _npz(predictions: Predictions) -> bytes:
    several = len(predictions.outputs) > 1
    arrays: dict[str, Any] = {}
    for name, prediction in predictions.outputs.items():
        prefix = f"{name}_" if several else ""
        kind = "predictions" if prediction.kind == "numbers" else "probabilities"
        arrays[prefix + kind] = prediction.values
        if prediction.labels is not None:
            arrays[f"{prefix}classes"] = prediction.labels.astype(str) if prediction.names else prediction.labels
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()
