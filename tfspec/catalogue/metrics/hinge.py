"""Metrics of the margin between right and wrong."""

from __future__ import annotations

from .metric import NamedMetric


class Hinge(NamedMetric):
    """`mean(max(1 - y_true * y_pred, 0))` for labels of -1 and 1; labels of 0 are taken as -1."""

    identifiers = ("hinge",)
    direction = "down"
    labels = "zero_one"
    wants = "signed"

    name: str = "hinge"


class SquaredHinge(NamedMetric):
    """`mean(square(max(1 - y_true * y_pred, 0)))` for labels of -1 and 1; labels of 0 are taken as -1."""

    identifiers = ("squared_hinge",)
    direction = "down"
    labels = "zero_one"
    wants = "signed"

    name: str = "squared_hinge"


class CategoricalHinge(NamedMetric):
    """`max(wrong - right + 1, 0)`: by how much the true class leads the best wrong one, up to 1."""

    identifiers = ("categorical_hinge",)
    direction = "down"
    labels = "one_hot"

    name: str = "categorical_hinge"
