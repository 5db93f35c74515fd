"""Losses that ask for a margin between right and wrong, as support vector machines do."""

from __future__ import annotations

from .loss import NamedLoss


class Hinge(NamedLoss):
    """`mean(max(1 - y_true * y_pred, 0))` for labels of -1 and 1; labels of 0 are taken as -1."""

    identifiers = ("hinge",)
    labels = "zero_one"
    wants = "signed"

    name: str = "hinge"


class SquaredHinge(NamedLoss):
    """`mean(square(max(1 - y_true * y_pred, 0)))` for labels of -1 and 1; labels of 0 are taken as -1."""

    identifiers = ("squared_hinge",)
    labels = "zero_one"
    wants = "signed"

    name: str = "squared_hinge"


class CategoricalHinge(NamedLoss):
    """`max(wrong - right + 1, 0)`: the true class must lead the best wrong one by 1."""

    identifiers = ("categorical_hinge",)
    labels = "one_hot"

    name: str = "categorical_hinge"
