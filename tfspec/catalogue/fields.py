"""The types of arguments that many declarations share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from annotated_types import Ge, Gt, Le
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tfspec.diagnostics import did_you_mean, one_of
from tfspec.tensors.dtypes import FLOAT_POLICIES, OTHER_POLICIES, QUANTIZED_POLICY

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

PositiveInt: TypeAlias = Annotated[int, Gt(0)]
NonNegativeInt: TypeAlias = Annotated[int, Ge(0)]
PositiveFloat: TypeAlias = Annotated[float, Gt(0)]
NonNegativeFloat: TypeAlias = Annotated[float, Ge(0)]
Fraction: TypeAlias = Annotated[float, Ge(0), Le(1)]
LayerName: TypeAlias = Annotated[str, Field(min_length=1, pattern=r"^[^/]*$")]
SCOPE = r"^[A-Za-z0-9.][A-Za-z0-9_.>-]*$"
"""What TensorFlow calls the scope of an optimizer's operations."""


def _opens_a_scope(name: str) -> str:
    if re.search(SCOPE, name):
        return name
    message = f"an optimizer cannot be called `{name}`: TensorFlow's names are of letters, digits, `_`, `-`, `.`"
    written = re.sub(r"[^A-Za-z0-9_.-]+", "_", name).lstrip("_-") or "optimizer"
    raise PydanticCustomError("argument", "{message}", {"message": message, "help": f"write `{written}`"})


OptimizerName: TypeAlias = Annotated[str, AfterValidator(_opens_a_scope), Field(json_schema_extra={"pattern": SCOPE})]
DataFormat: TypeAlias = Literal["channels_last", "channels_first"]
Padding: TypeAlias = Literal["valid", "same"]
DtypeWord: TypeAlias = Literal[
    "float32", "float64", "float16", "bfloat16", "int32", "int64", "int8", "int16",
    "uint8", "uint16", "uint32", "uint64", "bool", "string",
]  # fmt: skip
DtypeName: TypeAlias = Annotated[
    DtypeWord,
    BeforeValidator(
        lambda value: "int64" if value == "int" else value,  # as Keras reads it
        json_schema_input_type=DtypeWord | Literal["int"],
    ),
]


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


class Policies:
    """Marks a field that holds the name of a dtype policy: any one, or those of floating-point numbers alone."""

    def __init__(self, *, floats: bool) -> None:
        self.floats = floats

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        floats: JsonSchemaValue = {"enum": list(FLOAT_POLICIES)}
        if self.floats:
            return floats
        quantized = {"type": "string", "pattern": QUANTIZED_POLICY}
        return {"anyOf": [floats, {"enum": list(OTHER_POLICIES)}, quantized]}

    def _read(self, value: object) -> str:
        known = FLOAT_POLICIES if self.floats else (*FLOAT_POLICIES, *OTHER_POLICIES)
        if isinstance(value, str) and (value in known or (not self.floats and re.match(QUANTIZED_POLICY, value))):
            return value
        expected = one_of(FLOAT_POLICIES) if self.floats else "a dtype policy"
        raise PydanticCustomError("policy", "{message}", {"expected": expected, "help": self._advice(value)})

    def _advice(self, value: object) -> str | None:
        if isinstance(value, dict):  # as Keras writes a policy in the configuration of a layer
            config = value.get("config")
            return self._advice_on_name(config.get("name") if isinstance(config, dict) else None)
        return self._advice_on_name(value)

    def _advice_on_name(self, value: object) -> str | None:
        if not isinstance(value, str):
            return None
        if value in FLOAT_POLICIES:
            return f"write `{value}`"
        if self.floats and re.match(QUANTIZED_POLICY, value):
            return "give it to layers that can be quantized, as their `dtype`; a whole model cannot be"
        meant = _MEANT.get(value.lower())
        if half := re.fullmatch("int8_from_((?:mixed_)?)float16", value):
            meant = f"int8_from_{half[1]}bfloat16"
        if meant and (meant in FLOAT_POLICIES or not self.floats):
            return f"write `{meant}`"
        if self.floats:
            return None
        usual = one_of([*FLOAT_POLICIES, "int8_from_float32"])
        return did_you_mean(value, (*FLOAT_POLICIES, *OTHER_POLICIES)) or f"use {usual}"


_MEANT = {
    "half": "float16", "fp16": "float16", "float": "float32", "single": "float32", "fp32": "float32",
    "double": "float64", "fp64": "float64", "bf16": "bfloat16", "mixed": "mixed_float16",
    "mixed_fp16": "mixed_float16", "mixed_bf16": "mixed_bfloat16", "mixed_precision": "mixed_float16",
    "mixed_float32": "float32", "mixed_float64": "float64", "int": "int64", "str": "string", "text": "string",
    "int8": "int8_from_float32", "int4": "int4_from_float32", "float8": "float8_from_float32",
    "float8_e4m3fn": "float8_from_float32", "float8_e5m2": "float8_from_float32",
}  # fmt: skip
"""What other tools call a policy, and what Keras calls it."""

PolicyName: TypeAlias = Annotated[str, Policies(floats=False)]
FloatPolicy: TypeAlias = Annotated[str, Policies(floats=True)]
