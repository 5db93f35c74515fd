"""Images and houses: the data sets of Keras that are arrays of one size."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Lt

from tfspec.catalogue.fields import NonNegativeInt
from tfspec.tensors import TensorType

from .source import Column, Facts, Source

TestShare: TypeAlias = Annotated[float, Ge(0), Lt(1)]

DIGITS = tuple("0123456789")
CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip
CIFAR10_CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
BOSTON_ROWS = 506
CALIFORNIA_ROWS = {"large": 20_640, "small": 600}


def labelled(x: Column, y: Column, rows: int | None, test_rows: int | None, names: tuple[str, ...] = ()) -> Facts:
    """The facts of a source that gives one array of features, `x`, and one of labels, `y`."""
    return Facts({"x": x, "y": y}, ("x",), ("y",), rows, test_rows or None, names)


def train_rows(rows: int, test_split: float) -> int:
    """How many of the rows Keras trains on; the rest is for testing. Source: `keras.datasets.boston_housing`."""
    return int(rows * (1 - test_split))


class NamedSource(Source):
    """A data set that Keras downloads once, and then keeps in the folder `datasets` of its home."""

    omits: ClassVar[dict[str, str]] = {"path": "the file stays where Keras looks for it"}


class Mnist(NamedSource):
    """Handwritten digits: 60,000 grey images of 28 x 28 in 10 classes, and 10,000 to test on."""

    word = "mnist"

    def facts(self, root: Path) -> Facts:
        x = Column(TensorType((None, 28, 28), "uint8"))
        return labelled(x, Column(TensorType((None,), "uint8"), classes=10), 60_000, 10_000, DIGITS)


class FashionMnist(NamedSource):
    """Pieces of clothing: 60,000 grey images of 28 x 28 in 10 classes, and 10,000 to test on."""

    word = "fashion_mnist"

    def facts(self, root: Path) -> Facts:
        x = Column(TensorType((None, 28, 28), "uint8"))
        return labelled(x, Column(TensorType((None,), "uint8"), classes=10), 60_000, 10_000, CLOTHES)


class Cifar10(NamedSource):
    """Animals and vehicles: 50,000 colour images of 32 x 32 in 10 classes, and 10,000 to test on."""

    word = "cifar10"

    def facts(self, root: Path) -> Facts:
        x = Column(TensorType((None, 32, 32, 3), "uint8"))
        return labelled(x, Column(TensorType((None, 1), "uint8"), classes=10), 50_000, 10_000, CIFAR10_CLASSES)


class Cifar100(NamedSource):
    """Things of all kinds: 50,000 colour images of 32 x 32 in 100 classes, and 10,000 to test on."""

    word = "cifar100"

    label_mode: Literal["fine", "coarse"] = "fine"
    """Which labels: the 100 `fine` classes, or the 20 `coarse` ones that these fall into."""

    def facts(self, root: Path) -> Facts:
        classes = 100 if self.label_mode == "fine" else 20
        x = Column(TensorType((None, 32, 32, 3), "uint8"))
        return labelled(x, Column(TensorType((None, 1), "uint8"), classes=classes), 50_000, 10_000)


class BostonHousing(NamedSource):
    """Prices of houses in Boston in the 1970s, in thousands of dollars: 506 rows of 13 numbers.

    One of the numbers, `B`, was made from the share of Black people in a town; Keras and
    scikit-learn warn against using the data for anything but studying that.
    """

    word = "boston_housing"

    test_split: TestShare = 0.2
    """Fraction of the rows that is for testing."""
    seed: NonNegativeInt = 113
    """Seed by which Keras shuffles the rows before it divides them."""

    def facts(self, root: Path) -> Facts:
        train = train_rows(BOSTON_ROWS, self.test_split)
        x, y = Column(TensorType((None, 13), "float64")), Column(TensorType((None,), "float64"))
        return labelled(x, y, train, BOSTON_ROWS - train)


class CaliforniaHousing(NamedSource):
    """Prices of houses in California in 1990, in dollars: rows of 8 numbers, one for each district."""

    word = "california_housing"

    version: Literal["large", "small"] = "large"
    """All 20,640 districts (`large`), or the first 600 (`small`)."""
    test_split: TestShare = 0.2
    """Fraction of the rows that is for testing."""
    seed: NonNegativeInt = 113
    """Seed by which Keras shuffles the rows before it divides them."""

    def facts(self, root: Path) -> Facts:
        rows = CALIFORNIA_ROWS[self.version]
        train = train_rows(rows, self.test_split)
        return labelled(Column(TensorType((None, 8))), Column(TensorType((None,))), train, rows - train)
