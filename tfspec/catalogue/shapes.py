"""Shapes as a spec says them: sizes, names for sizes that vary, and `null`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

NO_NAMES = ("batch", "null", "none", "true", "false")
"""Words that would be taken for the batch axis, or for something that is no name."""

NAME = rf"^(?!(?:{'|'.join(NO_NAMES)})$)[a-z][a-z0-9_]*$"
"""The names that an axis may have."""


class SizeOrName:
    """Marks a field of a whole number of 1 or more, or a name that stands for one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            self._read,
            core_schema.int_schema(gt=0, strict=True),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda size: size),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        name = {
            "type": "string",
            "pattern": NAME,
            "description": "Name of a size that varies; equal names, equal sizes",
        }
        return {"anyOf": [{"type": "integer", "exclusiveMinimum": 0}, name]}

    def _read(self, value: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(value, str):
            return handler(value)
        if re.fullmatch(NAME, value) and value.isidentifier():
            return value
        expected = "a whole number, a name such as `time`, or `null`"
        if value == "batch":
            expected, advice = "an axis behind the batch", "leave it out: every input has a batch axis in front"
        elif value.lower() in ("?", "null", "none"):
            advice = "write `null`, without quotes, for a size that varies and has no name"
        else:
            spelled = re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")
            advice = f"write `{spelled}`: names have small letters, digits and `_`" if re.match(NAME, spelled) else ""
        raise PydanticCustomError("sizes", "{message}", {"expected": expected} | ({"help": advice} if advice else {}))


InputShape: TypeAlias = tuple[Annotated[int | str, SizeOrName()] | None, ...]
