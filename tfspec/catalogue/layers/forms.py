"""Arguments of layers that can be written in several ways, each read by a mark on its field."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeGuard

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class Form:
    """Marks a field with a way to read its value; `expected` completes "must be …"."""

    expected: str
    schema: JsonSchemaValue

    def read(self, value: object) -> Any:
        """What the value stands for, or None where it cannot be read."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.schema

    def _read(self, value: object) -> Any:
        read = self.read(value)
        if read is None:
            raise PydanticCustomError("sizes", "{message}", {"expected": self.expected})
        return read


class Margins(Form):
    """Whole numbers at both ends of every axis: `1`, `[1, 2]` for each axis, or `[[1, 0], [2, 2]]` for each end."""

    def __init__(self, axes: int) -> None:
        self.axes = axes
        self.expected = f"a whole number of 0 or more, or a list of {axes} of them, or of {axes} pairs"
        one = {"type": "integer", "minimum": 0}
        pair = {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
        each = {"type": "array", "items": {"anyOf": [one, pair]}, "minItems": axes, "maxItems": axes}
        self.schema = {"anyOf": [one, each]}

    def read(self, value: object) -> tuple[tuple[int, int], ...] | None:
        """One pair for each axis."""
        each = (value,) * self.axes if _is_whole(value) else value
        if not isinstance(each, (list, tuple)) or len(each) != self.axes:
            return None
        pairs = [_pair(amount) for amount in each]
        return tuple(pair for pair in pairs if pair) if all(pairs) else None


class WholeOr(Form):
    """A whole number of 1 or more, or one word or number that means something of its own."""

    def __init__(self, special: int) -> None:
        self.special = special
        self.expected = f"a whole number of 1 or more, or {special}"
        self.schema = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "integer", "const": special}]}

    def read(self, value: object) -> int | None:
        """The number."""
        return value if _is_whole(value, least=1) or (_is_whole(value, least=None) and value == self.special) else None


class Factor(Form):
    """The strength of a random change: one number, or the least and the greatest."""

    def __init__(self, least: float, most: float, *, above: bool = False) -> None:
        self.least = least
        self.most = most
        self.above = above
        bounds = f"more than {least:g} and at most {most:g}" if above else f"from {least:g} to {most:g}"
        self.expected = f"a number {bounds}, or a list of 2 of them"
        one = {"type": "number", "exclusiveMinimum" if above else "minimum": least, "maximum": most}
        self.schema = {"anyOf": [one, {"type": "array", "items": one, "minItems": 2, "maxItems": 2}]}

    def read(self, value: object) -> float | tuple[float, float] | None:
        """The number, or the pair."""
        if self._fits(value):
            return value
        if isinstance(value, (list, tuple)) and len(value) == 2 and all(map(self._fits, value)):  # noqa: PLR2004 - a pair
            return (value[0], value[1])
        return None

    def _fits(self, value: object) -> TypeGuard[float]:
        if not _is_number(value):
            return False
        return (self.least < value if self.above else self.least <= value) and value <= self.most


class AxisOrPair(Form):
    """An axis of two tensors: one number for both, or a list of one for each."""

    expected = "a whole number, or a list of 2"
    schema = {  # noqa: RUF012 - read only
        "anyOf": [
            {"type": "integer"},
            {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        ]
    }

    def read(self, value: object) -> int | tuple[int, int] | None:
        """The axis, or the pair."""
        if _is_whole(value, least=None):
            return value
        if isinstance(value, (list, tuple)) and len(value) == 2 and all(_is_whole(axis, least=None) for axis in value):  # noqa: PLR2004 - a pair
            return (value[0], value[1])
        return None


class Permutation(Form):
    """The numbers from 1 to some length, each once, in any order."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.expected = f"the numbers from 1 on in any order, each once and at most {most} of them"
        lengths = range(1, most + 1)
        self.schema = {"anyOf": [_numbers_up_to(length) for length in lengths]}

    def read(self, value: object) -> tuple[int, ...] | None:
        """The numbers."""
        if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= self.most or not all(map(_is_whole, value)):
            return None
        return tuple(value) if sorted(value) == list(range(1, len(value) + 1)) else None


class Pair(Form):
    """Two numbers."""

    expected = "a list of 2 numbers"
    schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}  # noqa: RUF012 - read only

    def read(self, value: object) -> tuple[float, float] | None:
        """The pair."""
        if isinstance(value, (list, tuple)) and len(value) == 2 and all(map(_is_number, value)):  # noqa: PLR2004 - a pair
            return (value[0], value[1])
        return None


class Sizes(Form):
    """A list of sizes, each of which may be unknown (`null`) or, with `least=-1`, open."""

    def __init__(self, least: int, *, unknown: bool) -> None:
        self.least = least
        self.unknown = unknown
        one = {"type": "integer", "minimum": least}
        self.schema = {"type": "array", "items": {"anyOf": [one, {"type": "null"}]} if unknown else one}
        self.expected = f"a list of whole numbers of {least} or more{', or `null`' if unknown else ''}"

    def read(self, value: object) -> tuple[int | None, ...] | None:
        """The sizes."""
        if not isinstance(value, (list, tuple)):
            return None
        fits = all(_is_whole(size, least=self.least) or (self.unknown and size is None) for size in value)
        return tuple(value) if fits else None


class Switch(Form):
    """`true`, `false`, or a word for leaving the choice to Keras."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.expected = f"`true`, `false` or `{word}`"
        self.schema = {"enum": [word, True, False]}

    def read(self, value: object) -> bool | str | None:
        """The choice."""
        return value if isinstance(value, bool) or (isinstance(value, str) and value == self.word) else None


def _numbers_up_to(length: int) -> JsonSchemaValue:
    one = {"type": "integer", "minimum": 1, "maximum": length}
    return {"type": "array", "items": one, "minItems": length, "maxItems": length, "uniqueItems": True}


def _pair(value: object) -> tuple[int, int] | None:
    if _is_whole(value):
        return (value, value)
    if isinstance(value, (list, tuple)) and len(value) == 2 and all(map(_is_whole, value)):  # noqa: PLR2004 - a pair
        return (value[0], value[1])
    return None


def _is_whole(value: object, least: int | None = 0) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and (least is None or value >= least)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


Margins2: TypeAlias = Annotated[tuple[tuple[int, int], tuple[int, int]], Margins(2)]
Margins3: TypeAlias = Annotated[tuple[tuple[int, int], tuple[int, int], tuple[int, int]], Margins(3)]
