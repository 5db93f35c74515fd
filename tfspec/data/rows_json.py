"""Rows to predict for, from a file with a JSON value on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tfspec.catalogue.sources.texts_as_numbers import NumberedTexts
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType

from .columns import Array
from .needs import Needs
from .problems import BAD_ROWS


def read_json_rows(path: Path, needs: Needs, texts: NumberedTexts | None) -> dict[str, Array]:
    """The columns of a file whose lines are objects by column name, or what the model takes.

    A line that is no object is the model's one array, or a list of all features in their order.
    Lists of word numbers are padded as `texts`, the source that the model learnt from, pads them.

    Raises:
        Refusal: A line is no such row, or rows are of different shapes.
    """
    features, labels = needs.features, needs.labels
    rows = [_by_name(value, features, f"line {line} of `{path}`") for line, value in _lines(path)]
    columns: dict[str, Array] = {}
    for name in (*features, *labels):
        having = [name in row for row in rows]
        if any(having):
            if not all(having):
                raise Refusal(BAD_ROWS, f"row {having.index(False) + 1} of `{path}` has no `{name}`, and others have")
            columns[name] = _array(name, [row[name] for row in rows], path, texts if name in features else None)
    return columns


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(BAD_ROWS, f"`{path}` cannot be read as text: {str(error).lower()}") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                reason = f": {error.msg.lower()}" if isinstance(error, json.JSONDecodeError) else ""
                advice = 'write one value on each line: `{"age": 31}` or `[31]`'
                raise Refusal(BAD_ROWS, f"line {number} of `{path}` is no JSON{reason}", help=advice) from None


def _by_name(value: Any, features: Mapping[str, TensorType], where: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    if len(features) == 1:
        return dict.fromkeys(features, value)
    if isinstance(value, list) and len(value) == len(features):
        return dict(zip(features, value, strict=True))
    held = f"a list of {len(value)}" if isinstance(value, list) else "a single value"
    advice = "write an object by column name, or the features as a list in their order"
    raise Refusal(BAD_ROWS, f"{where} is {held}, and the model takes {len(features)} features", help=advice)


def _array(name: str, values: list[Any], path: Path, texts: NumberedTexts | None) -> Array:
    missing = next((index for index, value in enumerate(values) if value is None), None)
    if missing is not None:
        raise Refusal(BAD_ROWS, f"`{name}` is null in row {missing + 1} of `{path}`")
    if all(isinstance(value, str) for value in values):
        return np.array(values, dtype=object)
    if texts is not None and all(_is_words(value) for value in values):
        from .named import pad

        return pad(texts, values)[0]
    try:
        array = np.array(values)
    except (ValueError, OverflowError):
        array = np.array(None)
    if array.dtype.kind not in "biuf":
        advice = "give every row a list of the same shape, of numbers alone"
        raise Refusal(BAD_ROWS, f"`{name}` in `{path}` is not of one shape and kind in all rows", help=advice)
    return array


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, int) for word in value)
