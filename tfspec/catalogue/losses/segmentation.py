"""Losses of overlap between regions, for masks."""

from __future__ import annotations

from tfspec.catalogue.fields import NonNegativeFloat
from tfspec.catalogue.numbers import Axes

from .loss import NamedLoss


class Dice(NamedLoss):
    """`1 - 2 * sum(y_true * y_pred) / (sum(y_true) + sum(y_pred))`: one minus the overlap of two masks."""

    identifiers = ("dice",)
    labels = "zero_one"
    wants = "probability"

    name: str = "dice"
    axis: Axes | None = None
    """Axes that the sums run over; all of them, the batch too, where it is left out."""


class Tversky(NamedLoss):
    """`Dice` with weights of its own for what was missed (`alpha`) and what was marked wrongly (`beta`).

    `1 - hit / (hit + alpha * missed + beta * wrong)`. Source: Salehi et al., 2017,
    https://arxiv.org/abs/1706.05721.
    """

    identifiers = ("tversky",)
    labels = "zero_one"
    wants = "probability"

    alpha: NonNegativeFloat = 0.5
    """Weight of what the prediction missed."""
    beta: NonNegativeFloat = 0.5
    """Weight of what the prediction marked wrongly."""
    name: str = "tversky"
    axis: Axes | None = None
    """Axes that the sums run over; all of them, the batch too, where it is left out."""
