"""The small data sets that ship with scikit-learn, and need no network."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from tfspec.tensors import TensorType

from .named import DIGITS, labelled
from .source import Column, Facts, Source


class _Table(NamedTuple):
    """The size of a data set; without classes, its labels are amounts."""

    rows: int
    columns: int
    classes: tuple[str, ...] = ()


TABLES = {
    "digits": _Table(1_797, 64, DIGITS),
    "breast_cancer": _Table(569, 30, ("malignant", "benign")),
    "iris": _Table(150, 4, ("setosa", "versicolor", "virginica")),
    "wine": _Table(178, 13, ("class_0", "class_1", "class_2")),
    "diabetes": _Table(442, 10),
}


class Sklearn(Source):
    """A data set that ships with scikit-learn: rows of numbers, with a class or an amount for each."""

    word = "sklearn"

    dataset: Literal["digits", "breast_cancer", "iris", "wine", "diabetes"]
    """Which one: `digits` (10 classes), `breast_cancer` (2), `iris` or `wine` (3), or `diabetes` (amounts)."""

    def facts(self, root: Path) -> Facts:
        rows, columns, classes = TABLES[self.dataset]
        label = TensorType((None,), "int64" if classes else "float64")
        x, y = Column(TensorType((None, columns), "float64")), Column(label, classes=len(classes) or None)
        return labelled(x, y, rows, None, classes)
