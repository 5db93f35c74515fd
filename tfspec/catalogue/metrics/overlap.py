"""Metrics of the overlap of regions: intersection over union, `hits / (hits + misses + false alarms)`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tfspec.catalogue.fields import FloatPolicy, PositiveInt
from tfspec.catalogue.numbers import Integers
from tfspec.catalogue.predictions import Labels

from .metric import NamedMetric


class OverClasses(NamedMetric):
    """An overlap that is counted for every class."""

    num_classes: PositiveInt
    """Number of classes."""
    dtype: FloatPolicy | None = None
    """What is counted in; whole numbers where it is left out."""
    ignore_class: int | None = None
    """A class number whose elements do not count, such as 255 for what is not labelled."""
    axis: int = -1
    """Axis of the classes, where labels or outputs have one."""

    @model_validator(mode="after")
    def _classes_that_are_there(self) -> Self:
        ids: tuple[int, ...] = getattr(self, "target_class_ids", ())
        wrong = [number for number in ids if not 0 <= number < self.num_classes]
        if wrong:
            message = f"class {wrong[0]} of `target_class_ids` is not one of {self.num_classes} classes"
            advice = f"classes count from 0 to {self.num_classes - 1}"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": advice})
        return self


class SparseOverlap(OverClasses):
    """An overlap for labels and outputs that are class numbers, unless it is told otherwise."""

    labels = "integers"
    wants = "integers"
    says_labels = "sparse_y_true"
    says_numbers = "sparse_y_pred"

    sparse_y_true: bool = True
    """Whether labels are class numbers rather than one-hot."""
    sparse_y_pred: bool = True
    """Whether outputs are class numbers; false for a head that gives a value for each class."""

    @property
    def labels_said(self) -> Labels:
        """The form of the labels, as `sparse_y_true` says it."""
        return "integers" if self.sparse_y_true else "one_hot"

    @property
    def from_logits_said(self) -> bool:
        """Where the largest value decides on the class, logits are as good."""
        return not self.sparse_y_pred


class IoU(SparseOverlap):
    """Intersection over union of some classes, averaged over them."""

    example: ClassVar[dict[str, object]] = {"target_class_ids": [1, 2]}

    target_class_ids: Integers
    """The classes that count."""


class MeanIoU(SparseOverlap):
    """Intersection over union, averaged over all classes."""


class OneHotOverlap(OverClasses):
    """An overlap for one-hot labels and a value for each class."""

    labels = "one_hot"
    says_numbers = "sparse_y_pred"

    sparse_y_pred: bool = False
    """Whether outputs are class numbers rather than a value for each class."""


class OneHotIoU(OneHotOverlap):
    """Intersection over union of some classes, averaged over them, with one-hot labels."""

    example: ClassVar[dict[str, object]] = {"target_class_ids": [1, 2]}

    target_class_ids: Integers
    """The classes that count."""


class OneHotMeanIoU(OneHotOverlap):
    """Intersection over union, averaged over all classes, with one-hot labels."""


class BinaryIoU(NamedMetric):
    """Intersection over union of zeros and ones, averaged over both or for one of them."""

    identifiers = ("binary_io_u",)
    labels = "zero_one"
    wants = "probability"
    says_logits = "threshold"

    target_class_ids: Annotated[tuple[Literal[0, 1], ...], Field(strict=False, min_length=1)] = (0, 1)
    """Which of the classes 0 and 1 count."""
    threshold: float = 0.5
    """Outputs above it count as 1; for logits, 0 is the middle."""

    @property
    def from_logits_said(self) -> bool:
        """A threshold of 0 or less suits no probabilities."""
        return self.threshold <= 0
