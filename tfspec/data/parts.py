"""Rows as a model takes them: an array for each input, and one for each output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from tfspec.analysis import Feed, Feeds, Lesson

from .columns import Array
from .splits import Indices


class Part(NamedTuple):
    """The rows of one part, by the names of the model's inputs and outputs.

    Inputs have the type that `Feed.type` says: floats are float32, whole numbers stay whole, texts are
    arrays of `str` objects. Only the bytes of images are left as they are, and become float32 when they
    are fed. Targets are whole numbers for classes, float32 for amounts and one-hot vectors.
    """

    inputs: dict[str, Array]
    targets: dict[str, Array]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(next(iter(self.inputs.values()), ()))


def make_part(columns: Mapping[str, Array], feeds: Feeds, rows: Indices | None = None) -> Part:
    """The part that these rows of the columns are; all rows if left out.

    Targets whose column is not there are left out.
    """
    picked = slice(None) if rows is None else rows
    inputs = {name: _input(columns, feed, picked) for name, feed in feeds.inputs.items()}
    targets = {
        name: _target(columns[lesson.column][picked], lesson)
        for name, lesson in feeds.targets.items()
        if lesson.column in columns
    }
    return Part(inputs, targets)


def _input(columns: Mapping[str, Array], feed: Feed, rows: Indices | slice) -> Array:
    if len(feed.columns) > 1:
        # Stacked straight into float32: a table of doubles is then never there twice.
        return np.stack([columns[name][rows].astype(np.float32) for name in feed.columns], axis=1)
    values = columns[feed.columns[0]][rows]
    if feed.type.dtype == "string":
        return values
    if values.ndim == 1:
        values = values[:, None]
    if values.dtype == np.uint8:
        return values  # a quarter of the memory; they are cast chunk by chunk as they are prepared or fed
    return values.astype(feed.type.dtype, copy=False)


def _target(values: Array, lesson: Lesson) -> Array:
    if lesson.one_hot:
        classes = lesson.classes or 0
        vectors = np.zeros((len(values), classes), dtype=np.float32)
        vectors[np.arange(len(values)), values.reshape(-1).astype(np.int64)] = 1
        return vectors
    return values.astype(np.float32, copy=False) if np.issubdtype(values.dtype, np.floating) else values
