"""Losses between labels and probabilities, or the logits that become them."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Gt, Lt

from tfspec.catalogue.fields import Fraction, NonNegativeFloat
from tfspec.catalogue.layers.order import Before

from .loss import Loss, NamedLoss


class Crossentropy(NamedLoss):
    """A crossentropy: `-log` of the probability that the model gave to what is true."""

    from_logits: bool = False
    """Whether the model gives logits instead of probabilities: a head without `sigmoid` or `softmax`."""


class BinaryCrossentropy(Crossentropy):
    """`-mean(y_true * log(y_pred) + (1 - y_true) * log(1 - y_pred))`: yes or no, for each output by itself."""

    identifiers = ("binary_crossentropy", "bce", "BCE")
    labels = "zero_one"
    wants = "probability"

    label_smoothing: Fraction = 0.0
    """How far labels are moved towards 0.5: with 0.2 they are 0.1 and 0.9."""
    axis: int = -1
    """Axis over which the mean is taken."""
    name: str = "binary_crossentropy"


class BinaryFocalCrossentropy(Crossentropy):
    """Binary crossentropy in which easy examples count less, by the factor `(1 - p)**gamma`.

    `p` is the probability that the model gave to the true label. Source: Lin et al., 2018,
    https://arxiv.org/abs/1708.02002.
    """

    identifiers = ("binary_focal_crossentropy",)
    labels = "zero_one"
    wants = "probability"

    apply_class_balancing: Annotated[bool, Before("from_logits")] = False
    """Whether ones are weighed by `alpha` and zeros by `1 - alpha`."""
    alpha: Annotated[Fraction, Before("from_logits")] = 0.25
    """Weight of the ones, with `apply_class_balancing`."""
    gamma: Annotated[NonNegativeFloat, Before("from_logits")] = 2.0
    """How much less easy examples count; 0 is the plain crossentropy."""
    label_smoothing: Fraction = 0.0
    """How far labels are moved towards 0.5: with 0.2 they are 0.1 and 0.9."""
    axis: int = -1
    """Axis over which the mean is taken."""
    name: str = "binary_focal_crossentropy"


class CategoricalCrossentropy(Crossentropy):
    """`-sum(y_true * log(y_pred))`: one class of several, with one-hot labels."""

    identifiers = ("categorical_crossentropy",)
    labels = "one_hot"
    wants = "probabilities"

    label_smoothing: Fraction = 0.0
    """Share of each label that is spread evenly over all classes."""
    axis: int = -1
    """Axis of the classes."""
    name: str = "categorical_crossentropy"


class CategoricalFocalCrossentropy(Crossentropy):
    """Categorical crossentropy in which easy examples count less, by the factor `alpha * (1 - p)**gamma`.

    `p` is the probability that the model gave to the true class. Source: Lin et al., 2018,
    https://arxiv.org/abs/1708.02002.
    """

    identifiers = ("categorical_focal_crossentropy",)
    labels = "one_hot"
    wants = "probabilities"

    alpha: Annotated[Fraction, Before("from_logits")] = 0.25
    """Weight of the classes."""
    gamma: Annotated[NonNegativeFloat, Before("from_logits")] = 2.0
    """How much less easy examples count; 0 is the plain crossentropy."""
    label_smoothing: Fraction = 0.0
    """Share of each label that is spread evenly over all classes."""
    axis: int = -1
    """Axis of the classes."""
    name: str = "categorical_focal_crossentropy"


class SparseCategoricalCrossentropy(Crossentropy):
    """`-log(y_pred[y_true])`: one class of several, with class numbers as labels."""

    identifiers = ("sparse_categorical_crossentropy",)
    labels = "integers"
    wants = "probabilities"

    ignore_class: int | None = None
    """A class number whose examples do not count, such as -1 for what is not labelled."""
    axis: int = -1
    """Axis of the classes."""
    name: str = "sparse_categorical_crossentropy"


class CategoricalGeneralizedCrossEntropy(NamedLoss):
    """`(1 - p**q) / q` for the probability `p` of the true class: forgives wrong labels.

    Takes class numbers as labels, one for each example, in spite of its name. Source: Zhang and
    Sabuncu, 2018, https://arxiv.org/abs/1805.07836.
    """

    identifiers = ("categorical_generalized_cross_entropy",)
    compile_word = False
    labels = "integers"
    wants = "probabilities"

    q: Annotated[float, Gt(0), Lt(1)] = 0.5
    """Between 0, which is the crossentropy, and 1, which is the absolute error."""
    name: str = "categorical_generalized_cross_entropy"


class KLDivergence(NamedLoss):
    """`sum(y_true * log(y_true / y_pred))`: how far one distribution is from another."""

    identifiers = ("kl_divergence", "kld", "KLD")
    labels = "one_hot"
    wants = "probabilities"

    name: str = "kl_divergence"


class ChosenCrossentropy(Loss):
    """The crossentropy that suits the shapes, as Keras picks it in `compile`.

    Binary for an output of one unit, sparse for labels without the axis of the classes, else
    categorical; all of them on probabilities.
    """

    word = "crossentropy"
    keras = ""
    identifiers = ("ce",)
    labels = None
    wants = None
