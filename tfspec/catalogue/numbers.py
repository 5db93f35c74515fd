"""The types of arguments that take a number, or something else in its place: several, a word, a thing."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeGuard

from pydantic import Field
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tfspec.diagnostics import nearest, one_of

from .declaration import Declaration
from .fields import Fraction
from .registry import words
from .thing import make_thing, thing_to_data

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

Integers: TypeAlias = Annotated[tuple[int, ...], Field(strict=False, min_length=1)]
"""A list of whole numbers; not strict, so that a list may stand for the tuple that is stored."""

Fractions: TypeAlias = Annotated[tuple[Fraction, ...], Field(strict=False, min_length=1)]
"""A list of numbers from 0 to 1."""

Floats: TypeAlias = Annotated[tuple[float, ...], Field(strict=False, min_length=1)]
"""A list of numbers."""


class OneOrMore:
    """Marks a field of one number, or a list of them; a list is stored as a tuple.

    `Annotated[int | tuple[int, ...], OneOrMore(int)]` takes `3` and `[0, 1]`. Numbers below `least`
    or above `most` are refused.
    """

    def __init__(self, kind: type[int | float], least: float | None = None, most: float | None = None) -> None:
        self.kind = kind
        self.least = least
        self.most = most

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        one: JsonSchemaValue = {"type": "integer" if self.kind is int else "number"}
        bounds = {"minimum": self.least, "maximum": self.most}
        one |= {key: bound for key, bound in bounds.items() if bound is not None}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}

    def _read(self, value: object) -> float | tuple[float, ...]:
        if isinstance(value, (list, tuple)):
            several = tuple(number for number in value if self._fits(number))
            if value and len(several) == len(value):
                return several
        elif self._fits(value):
            return value
        raise PydanticCustomError("sizes", "{message}", {"expected": self._expected()})

    def _fits(self, number: object) -> TypeGuard[float]:
        if not isinstance(number, (int, self.kind)) or isinstance(number, bool) or not isfinite(number):
            return False
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)

    def _expected(self) -> str:
        noun = "a whole number" if self.kind is int else "a number"
        if self.least is not None and self.most is not None:
            noun += f" from {self.least} to {self.most}"
        elif self.least is not None:
            noun += f" of {self.least} or more"
        return f"{noun}, or a list of them"


Axes: TypeAlias = Annotated[int | tuple[int, ...], OneOrMore(int)]
"""One axis or several, counted from 0, or from the end with negative numbers."""

Thresholds: TypeAlias = Annotated[float | tuple[float, ...], OneOrMore(float, 0, 1)]
"""One threshold or several, each from 0 to 1."""


class NumberOr:
    """Marks a field of a number of 0 or more, or a thing of a family in its place.

    `Annotated[float | Schedule, NumberOr(Schedule)]` takes `0.1` and `CosineDecay: {…}`.
    """

    def __init__(self, root: type[Declaration]) -> None:
        self.root = root

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read, serialization=core_schema.plain_serializer_function_ser_schema(_number_to_data)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number", "minimum": 0}, {"x-family": self.root.family}]}

    def _read(self, value: object) -> float | Declaration:
        known = isinstance(value, str) and nearest(value, words(self.root.family))
        if known or isinstance(value, (dict, Declaration)):
            return make_thing(self.root, value)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf"):
            return float(value)
        expected = f"a number of 0 or more, or a {self.root.family}"
        raise PydanticCustomError("sizes", "{message}", {"expected": expected})


def _number_to_data(value: float | Declaration) -> object:
    return thing_to_data(value) if isinstance(value, Declaration) else value


class CountOr:
    """Marks a field of a whole number of 1 or more, or one of a few words.

    `Annotated[int | str, CountOr("epoch")]` takes `100` and `epoch`.
    """

    def __init__(self, *words: str) -> None:
        self.words = words

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": list(self.words)}]}

    def _read(self, value: object) -> int | str:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        if isinstance(value, str) and value in self.words:
            return value
        expected = f"a whole number of 1 or more, or {one_of(self.words)}"
        raise PydanticCustomError("sizes", "{message}", {"expected": expected})
