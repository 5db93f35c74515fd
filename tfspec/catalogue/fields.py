"""The types of arguments that many declarations share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from annotated_types import Ge, Gt, Le
from pydantic import Field
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

PositiveInt: TypeAlias = Annotated[int, Gt(0)]
NonNegativeInt: TypeAlias = Annotated[int, Ge(0)]
PositiveFloat: TypeAlias = Annotated[float, Gt(0)]
NonNegativeFloat: TypeAlias = Annotated[float, Ge(0)]
Fraction: TypeAlias = Annotated[float, Ge(0), Le(1)]
LayerName: TypeAlias = Annotated[str, Field(min_length=1, pattern=r"^[^/]*$")]
DataFormat: TypeAlias = Literal["channels_last", "channels_first"]
Padding: TypeAlias = Literal["valid", "same"]
PolicyName: TypeAlias = Literal["float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16"]
DtypeName: TypeAlias = Literal[
    "float32", "float64", "float16", "bfloat16", "int32", "int64", "int8", "int16",
    "uint8", "uint16", "uint32", "uint64", "bool", "string",
]  # fmt: skip


class Sizes:
    """Marks a field of one whole number per axis, which one number may stand for.

    `Annotated[tuple[int, int], Sizes(2)]` takes `3` and `[3, 3]`, and holds `(3, 3)`.
    """

    def __init__(self, axes: int, least: int = 1) -> None:
        self.axes = axes
        self.least = least

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        one = {"type": "integer", "minimum": self.least}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": self.axes, "maxItems": self.axes}]}

    def _read(self, value: object) -> tuple[int, ...]:
        sizes = (value,) * self.axes if isinstance(value, int) else value
        if not isinstance(sizes, (list, tuple)) or len(sizes) != self.axes or not all(map(self._fits, sizes)):
            least = "" if self.least < 0 else f" of {self.least} or more"
            several = f", or a list of {self.axes}" if self.axes > 1 else ""
            raise PydanticCustomError("sizes", "{message}", {"expected": f"a whole number{least}{several}"})
        return tuple(sizes)

    def _fits(self, size: object) -> bool:
        return isinstance(size, int) and not isinstance(size, bool) and size >= self.least


Size1: TypeAlias = Annotated[tuple[int], Sizes(1)]
Size2: TypeAlias = Annotated[tuple[int, int], Sizes(2)]
Size3: TypeAlias = Annotated[tuple[int, int, int], Sizes(3)]
