"""What every source of data is: arguments in, and from them what its arrays look like."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tfspec.catalogue.declaration import Declaration
from tfspec.tensors import TensorType


class Column(NamedTuple):
    """One array of a source: a table's column, or images, or labels; the batch axis first.

    `classes` is the number of classes where the values are class numbers 0, 1, 2 …;
    `highest` the largest whole number in it, where it is known (word numbers of a text).
    """

    type: TensorType
    classes: int | None = None
    highest: int | None = None


class Facts(NamedTuple):
    """What is known of a source without loading it.

    `features` feed a model of one input and `labels` a model of one output, unless the spec's
    `inputs` and `targets` say otherwise; several features that are single numbers are put side by
    side. `test_rows` is None where the source brings no test data of its own.
    """

    columns: dict[str, Column]
    features: tuple[str, ...]
    labels: tuple[str, ...]
    rows: int | None = None
    test_rows: int | None = None
    class_names: tuple[str, ...] = ()


class Source(Declaration):
    """A place that examples come from."""

    family = "source"

    def facts(self, root: Path) -> Facts | None:
        """What is known of the source before the run; None where nothing is.

        `root` is the folder that relative paths start from.

        Raises:
            FileError: A file that the source names cannot be what it should be.
        """
        return None

    @classmethod
    def hint(cls, name: str) -> str | None:
        """Advice for a file, or a data set of scikit-learn, that stands where its kind should."""
        from .sklearn import TABLES  # which are sources themselves

        kind = name.rpartition(".")[2]
        if kind in ("csv", "npz"):
            return f"write `{kind}: {{path: {name}}}`"
        return f"write `sklearn: {{dataset: {name}}}`" if name in TABLES else None
