"""Metrics between labels and probabilities, or logits."""

from __future__ import annotations

from tfspec.catalogue.fields import Fraction

from .metric import NamedMetric


class Crossentropy(NamedMetric):
    """A crossentropy: `-log` of the probability that the model gave to what is true."""

    direction = "down"

    from_logits: bool = False
    """Whether the model gives logits instead of probabilities: a head without `sigmoid` or `softmax`."""


class BinaryCrossentropy(Crossentropy):
    """`-mean(y_true * log(y_pred) + (1 - y_true) * log(1 - y_pred))`, for labels of 0 and 1."""

    identifiers = ("binary_crossentropy", "bce", "BCE")
    labels = "zero_one"
    wants = "probability"

    name: str = "binary_crossentropy"
    label_smoothing: Fraction = 0
    """How far labels are moved towards 0.5."""


class CategoricalCrossentropy(Crossentropy):
    """`-sum(y_true * log(y_pred))`, for one-hot labels."""

    identifiers = ("categorical_crossentropy",)
    labels = "one_hot"
    wants = "probabilities"

    name: str = "categorical_crossentropy"
    label_smoothing: Fraction = 0
    """Share of each label that is spread evenly over all classes."""
    axis: int = -1
    """Axis of the classes."""


class SparseCategoricalCrossentropy(Crossentropy):
    """`-log(y_pred[y_true])`, for labels that are class numbers."""

    identifiers = ("sparse_categorical_crossentropy",)
    labels = "integers"
    wants = "probabilities"

    name: str = "sparse_categorical_crossentropy"
    ignore_class: int | None = None
    """A class number whose examples do not count."""
    axis: int = -1
    """Axis of the classes."""


class KLDivergence(NamedMetric):
    """`sum(y_true * log(y_true / y_pred))`: how far one distribution is from another."""

    identifiers = ("kl_divergence",)
    direction = "down"
    labels = "one_hot"
    wants = "probabilities"

    name: str = "kl_divergence"


class Poisson(NamedMetric):
    """`mean(y_pred - y_true * log(y_pred))`, for labels that count something."""

    identifiers = ("poisson",)
    direction = "down"
    wants = "positive"

    name: str = "poisson"
