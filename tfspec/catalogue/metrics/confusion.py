"""Metrics over what was rightly and wrongly predicted as positive."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from annotated_types import Ge, Gt, Le
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from tfspec.catalogue.fields import Fraction, NonNegativeInt, PositiveFloat, PositiveInt
from tfspec.catalogue.layers.order import After
from tfspec.catalogue.numbers import Floats, Fractions, Thresholds
from tfspec.catalogue.predictions import Need, Wants

from .metric import NamedMetric


class WithThresholds(NamedMetric):
    """A metric of outputs that count as positive above a threshold."""

    labels = "zero_one"
    wants = "probability"
    says_logits = "thresholds"

    thresholds: Thresholds | None = None
    """Outputs above it count as 1; 0.5 where it is left out. Several give a value each."""

    @property
    def from_logits_said(self) -> bool:
        """A threshold of 0, the middle of logits, is for them."""
        return self.thresholds == 0

    @property
    def is_number(self) -> bool:
        """Several thresholds give several values."""
        return not isinstance(self.thresholds, tuple) or len(self.thresholds) == 1


class TruePositives(WithThresholds):
    """Number of ones that were predicted as such."""

    identifiers = ("true_positives",)
    direction = None


class TrueNegatives(WithThresholds):
    """Number of zeros that were predicted as such."""

    identifiers = ("true_negatives",)
    direction = None


class FalsePositives(WithThresholds):
    """Number of zeros that were predicted as ones."""

    identifiers = ("false_positives",)
    direction = None


class FalseNegatives(WithThresholds):
    """Number of ones that were predicted as zeros."""

    identifiers = ("false_negatives",)
    direction = None


class OfClasses(WithThresholds):
    """A metric that can look at one class, or at the largest outputs only."""

    top_k: PositiveInt | None = None
    """How many of the largest outputs of an example count as positive, instead of those above a threshold."""
    class_id: NonNegativeInt | None = None
    """The one class that is looked at; all of them where it is left out."""

    @property
    def wants_said(self) -> Wants:
        """The largest outputs are the largest of logits, too."""
        return "numbers" if self.top_k is not None and self.thresholds is None else "probability"

    @property
    def needs(self) -> tuple[Need, ...]:
        """There must be as many values as are looked for among."""
        most = () if self.top_k is None else (Need("top_k", self.top_k),)
        return (*most, *_one_class(self.class_id))


class Precision(OfClasses):
    """The share of positive predictions that are right: `hits / (hits + false alarms)`."""

    identifiers = ("precision",)


class Recall(OfClasses):
    """The share of ones that were found: `hits / (hits + misses)`."""

    identifiers = ("recall",)


class AtOperatingPoint(NamedMetric):
    """A metric at the best threshold that keeps another one above a bound."""

    labels = "zero_one"
    wants = "probability"

    num_thresholds: PositiveInt = 200
    """How many thresholds between 0 and 1 are tried."""
    class_id: NonNegativeInt | None = None
    """The one class that is looked at; all of them where it is left out."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """There must be a value for the class."""
        return _one_class(self.class_id)


class PrecisionAtRecall(AtOperatingPoint):
    """The best precision at which the recall is at least `recall`."""

    recall: Fraction
    """Least recall."""


class RecallAtPrecision(AtOperatingPoint):
    """The best recall at which the precision is at least `precision`."""

    precision: Fraction
    """Least precision."""


class SensitivityAtSpecificity(AtOperatingPoint):
    """The best share of ones that are found while at least `specificity` of the zeros are."""

    specificity: Fraction
    """Least share of zeros that are found."""


class SpecificityAtSensitivity(AtOperatingPoint):
    """The best share of zeros that are found while at least `sensitivity` of the ones are."""

    sensitivity: Fraction
    """Least share of ones that are found."""


class AUC(NamedMetric):
    """The area under a curve over all thresholds: how well the outputs put ones above zeros.

    0.5 is chance and 1 is perfect, for `ROC`. Computed by sums over `num_thresholds` thresholds.
    """

    identifiers = ("auc",)
    labels = "zero_one"
    wants = "probability"

    num_thresholds: Annotated[int, Ge(2)] = 200
    """How many thresholds between 0 and 1 the curve is made of."""
    curve: Literal["ROC", "PR", "PRGAIN"] = "ROC"
    """`ROC`: hits against false alarms; `PR`: precision against recall; `PRGAIN`: the gains of both."""
    summation_method: Literal["interpolation", "minoring", "majoring"] = "interpolation"
    """How the area between two thresholds is estimated: in the middle, from below or from above."""
    thresholds: Fractions | None = None
    """The thresholds themselves, instead of `num_thresholds` even ones; 0 and 1 are added."""
    multi_label: bool = False
    """Whether the areas of all labels are computed apart and averaged."""
    num_labels: PositiveInt | None = None
    """Number of labels, with `multi_label`."""
    label_weights: Floats | None = None
    """Weight of each label in the average."""
    from_logits: bool = False
    """Whether the model gives logits instead of probabilities."""

    @property
    def output_axes(self) -> str:  # type: ignore[override] # it hangs on an argument here
        """Several labels stand along one axis."""
        return "batch labels" if self.multi_label else ""

    @property
    def needs(self) -> tuple[Need, ...]:
        """There must be a value for each label; one weight counts for all of them."""
        weights = len(self.label_weights or ())
        count = () if self.num_labels is None else (Need("num_labels", self.num_labels, exactly=True),)
        return count or ((Need("label_weights", weights, exactly=True),) if weights > 1 else ())

    @model_validator(mode="after")
    def _labels_that_are_there(self) -> Self:
        if self.num_labels is not None and not self.multi_label:
            context = {"message": "`num_labels` is for `multi_label` only", "help": "write `multi_label: true`"}
            raise PydanticCustomError("argument", "{message}", context)
        weights = self.label_weights
        if weights is not None and self.num_labels not in {None, len(weights)}:
            message = f"there are {len(weights)} `label_weights` for {self.num_labels} labels"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": None})
        return self


class FScore(NamedMetric):
    """A mean of precision and recall, for labels and outputs that are (batch, classes)."""

    labels = "one_hot"
    output_axes = "batch classes"
    label_axes = "batch classes"

    average: Literal["micro", "macro", "weighted"] | None = None
    """How the scores of the classes become one.

    `micro` counts over all classes, `macro` takes the mean, `weighted` the mean weighted by how often
    a class is true; left out, there is a score for each class.
    """
    threshold: Annotated[float, Gt(0), Le(1)] | None = None
    """Outputs above it count as positive; left out, the largest of an example does."""

    @property
    def is_number(self) -> bool:
        """Without an average there is one score for each class."""
        return self.average is not None


class F1Score(FScore):
    """`2 * precision * recall / (precision + recall)`."""

    identifiers = ("f1_score",)

    name: str = "f1_score"


class FBetaScore(FScore):
    """`(1 + beta**2) * precision * recall / (beta**2 * precision + recall)`."""

    identifiers = ("f_beta_score",)

    beta: Annotated[PositiveFloat, After("average")] = 1.0
    """How many times as much recall counts as precision."""
    name: str = "fbeta_score"


def _one_class(class_id: int | None) -> tuple[Need, ...]:
    return () if class_id is None else (Need("class_id", class_id + 1),)
