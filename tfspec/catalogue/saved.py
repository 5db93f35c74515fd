"""Models that Keras has saved, with their weights."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from .models import Model

SUFFIX = r"\.keras$"
"""How the name of a saved model ends."""


class Saved(Model):
    """A model in a `.keras` file, with the weights that it was saved with.

    Shapes, dtypes and numbers of weights are read from the file, without Keras.
    """

    word = "saved"
    example: ClassVar[dict[str, object]] = {"path": "encoder.keras", "trainable": False}

    path: Annotated[str, Field(json_schema_extra={"pattern": SUFFIX})]
    """The file, from the folder of the file that names it."""
    trainable: bool = True
    """Whether training changes the model's weights; with `true`, those that were not frozen when it was saved."""

    @field_validator("path")
    @classmethod
    def _check_path(cls, path: str) -> str:
        if not path.endswith(".keras"):
            expected = "the path of a `.keras` file"
            raise PydanticCustomError("sizes", "{message}", {"message": f"must be {expected}", "expected": expected})
        return path
