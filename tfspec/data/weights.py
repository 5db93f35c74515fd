"""How much the rows of each class count in the loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from tfspec.diagnostics import SpecError

from .columns import Array
from .problems import NO_CLASSES


def class_weights(targets: Array, weights: Literal["balanced"] | Mapping[int, float]) -> dict[int, float]:
    """The weight of each class from 0 to the highest, as Keras's `class_weight` takes it.

    `balanced` gives n / (classes * count) for a class with `count` of the n targets, where `classes`
    is the number of classes that occur. Source: scikit-learn, `compute_class_weight`. Classes without
    a weight of their own, or without rows, count 1. One-hot targets stand for their classes.

    Raises:
        SpecError: The targets are no classes.
    """
    classes, number = _class_numbers(targets)
    if weights == "balanced":
        counts = np.bincount(classes, minlength=number)
        present = int(np.count_nonzero(counts))
        own = {index: len(classes) / (present * int(count)) for index, count in enumerate(counts) if count}
    else:
        own = dict(weights)
    return {index: float(own.get(index, 1.0)) for index in range(max(number, max(own, default=-1) + 1))}


MAX_CLASSES = 100_000
"""Whole numbers above are no classes: years, identifiers, amounts."""


def _are_classes(values: Array) -> bool:
    return bool(((values >= 0) & (values <= MAX_CLASSES) & (values == np.floor(values))).all())


def _class_numbers(targets: Array) -> tuple[Array, int]:
    """The class of each target, and how many classes there are as far as the targets tell."""
    each_row = targets.reshape(len(targets), -1)
    if each_row.shape[1] > 1:
        return each_row.argmax(axis=1), each_row.shape[1]
    classes = each_row[:, 0]
    if classes.dtype.kind not in "iubf" or not _are_classes(classes):
        message = "`class_weight` needs targets that are class numbers, and these are amounts"
        raise SpecError([NO_CLASSES.problem(message, path=("fit", "class_weight"), help="leave out `class_weight`")])
    whole = classes.astype(np.int64)
    return whole, int(whole.max(initial=-1)) + 1
