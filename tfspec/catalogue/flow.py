"""The fields in which a model says how its layers are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic_core import CoreSchema, core_schema

from .steps import Step, expected, make_step

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

NAME_OR_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}

FLOW_PROPERTIES: dict[str, dict[str, Any]] = {
    "from": {
        "description": "What the layer takes: a name, a list of names, or a mapping from the layer's call arguments "
        "to names; the result of the layer before it if left out, which is also called `_`.",
        "anyOf": [
            *NAME_OR_NAMES["anyOf"],
            {"type": "object", "additionalProperties": NAME_OR_NAMES, "minProperties": 1},
        ],
    },
    "as": {"description": "Names for the layer's results, where it gives several.", **NAME_OR_NAMES},
    "call": {
        "description": "Arguments of the layer's call, such as `training: false`.",
        "type": "object",
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    },
}
"""The JSON Schema of the keys that every layer of a model takes besides its own."""


class _StepForm:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            make_step, serialization=core_schema.plain_serializer_function_ser_schema(Step.to_data)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"x-family": "step"}


class _NamesForm:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read_names, serialization=core_schema.plain_serializer_function_ser_schema(_names_to_data)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        by_name = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
        return {"anyOf": [*NAME_OR_NAMES["anyOf"], by_name]}


def _read_names(value: object) -> str | tuple[str, ...] | dict[str, str]:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, dict) and value and all(isinstance(item, str) for item in value.values()):
        return value
    raise expected("a name, a list of names, or a mapping from names to names")


def _names_to_data(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


Names: TypeAlias = Annotated[str | tuple[str, ...] | dict[str, str], _NamesForm()]
Steps: TypeAlias = list[Annotated[Step, _StepForm()]]
