"""Examples that are made up, for trying out a model: a problem that can be learnt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self, TypeAlias

from annotated_types import Ge
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tfspec.catalogue.fields import NonNegativeFloat, NonNegativeInt, PositiveInt
from tfspec.tensors import TensorType

from .named import labelled
from .source import Column, Facts, Source

ExampleShape: TypeAlias = Annotated[tuple[PositiveInt, ...], Field(strict=False, min_length=1)]


class Synthetic(Source):
    """Examples that are made up: a cloud of points for each class, or amounts that follow the numbers.

    With `highest` the examples are made of whole numbers, as texts of word numbers are: each class
    has words of its own. Without classes, the label is a weighted sum of what is in the example.
    """

    word = "synthetic"

    examples: PositiveInt = 1000
    """How many examples are made."""
    shape: ExampleShape = (8,)
    """Shape of one example: `[8]` for 8 numbers, `[28, 28, 1]` for an image, `[20]` with `highest` for a text."""
    classes: Annotated[int, Ge(2)] | None = 2
    """Number of classes; `null` makes the label an amount."""
    noise: NonNegativeFloat = 0.1
    """How much chance there is in it: the deviation around what could be learnt, whose own deviation is 1."""
    highest: PositiveInt | None = None
    """Largest number of an example of whole numbers, the smallest being 1; without it, numbers have fractions."""
    seed: NonNegativeInt | None = None
    """Number that the examples follow; the spec's own seed if left out."""

    @model_validator(mode="after")
    def _check_words(self) -> Self:
        if self.highest and self.classes and self.highest < self.classes:
            message = f"{self.classes} classes cannot each have a number of their own where `highest` is {self.highest}"
            advice = f"write `highest: {self.classes}` or more"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": advice})
        return self

    def facts(self, root: Path) -> Facts:
        x = Column(TensorType((None, *self.shape), "int32" if self.highest else "float32"), highest=self.highest)
        label = TensorType((None,), "int64" if self.classes else "float32")
        return labelled(x, Column(label, classes=self.classes), self.examples, None)
