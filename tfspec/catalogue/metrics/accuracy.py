"""Metrics that count right predictions."""

from __future__ import annotations

from tfspec.catalogue.fields import PositiveInt

from .metric import Metric, NamedMetric


class ChosenAccuracy(Metric):
    """The share of right predictions, counted as suits the shapes: Keras picks the metric in `compile`.

    `BinaryAccuracy` for an output of one unit, `SparseCategoricalAccuracy` for labels without the axis
    of the classes, else `CategoricalAccuracy`.
    """

    word = "accuracy"
    keras = ""
    identifiers = ("acc",)
    labels = None
    wants = None


class Accuracy(NamedMetric):
    """The share of outputs that equal the label exactly; what is meant by accuracy is mostly `accuracy`."""

    compile_word = False
    wants = "integers"

    name: str = "accuracy"


class BinaryAccuracy(NamedMetric):
    """The share of outputs that lie on the right side of a threshold, for labels of 0 and 1."""

    identifiers = ("binary_accuracy",)
    labels = "zero_one"
    wants = "probability"
    says_logits = "threshold"

    name: str = "binary_accuracy"
    threshold: float = 0.5
    """Outputs above it count as 1; for logits, 0 is the middle."""

    @property
    def from_logits_said(self) -> bool:
        """A threshold of 0 or less suits no probabilities."""
        return self.threshold <= 0


class CategoricalAccuracy(NamedMetric):
    """The share of examples whose largest output is the true class, with one-hot labels."""

    identifiers = ("categorical_accuracy",)
    labels = "one_hot"

    name: str = "categorical_accuracy"


class SparseCategoricalAccuracy(NamedMetric):
    """The share of examples whose largest output is the true class, with class numbers as labels."""

    identifiers = ("sparse_categorical_accuracy",)
    labels = "integers"

    name: str = "sparse_categorical_accuracy"


class TopKCategoricalAccuracy(NamedMetric):
    """The share of examples whose true class is among the `k` largest outputs, with one-hot labels."""

    identifiers = ("top_k_categorical_accuracy",)
    labels = "one_hot"

    k: PositiveInt = 5
    """How many of the largest outputs count."""
    name: str = "top_k_categorical_accuracy"


class SparseTopKCategoricalAccuracy(NamedMetric):
    """The share of examples whose true class is among the `k` largest outputs, with class numbers as labels."""

    identifiers = ("sparse_top_k_categorical_accuracy",)
    labels = "integers"

    k: PositiveInt = 5
    """How many of the largest outputs count."""
    name: str = "sparse_top_k_categorical_accuracy"
    from_sorted_ids: bool = False
    """Whether the model gives class numbers, best first, instead of a value for every class."""
