"""The type of arguments that name columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tfspec.diagnostics import did_you_mean, one_of
from tfspec.files import FileError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class NameOrNames:
    """Marks a field of one name, or a list of different ones; either is stored as a tuple."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read, serialization=core_schema.plain_serializer_function_ser_schema(_write)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        name = {"type": "string", "minLength": 1}
        return {"anyOf": [name, {"type": "array", "items": name, "minItems": 1, "uniqueItems": True}]}


def _read(value: object) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not names or not all(isinstance(name, str) and name for name in names):
        raise PydanticCustomError("names", "{message}", {"expected": "a name, or a list of names"})
    if len(set(names)) < len(names):
        raise PydanticCustomError("names", "{message}", {"expected": "a list of different names"})
    return tuple(names)


def _write(names: object) -> object:
    if not isinstance(names, tuple):
        return names
    return names[0] if len(names) == 1 else list(names)


ColumnNames: TypeAlias = Annotated[tuple[str, ...], NameOrNames()]
"""One column, or several."""


def check_known(field: str, names: tuple[str, ...], known: Iterable[str], what: str, file: str) -> None:
    """Refuse a name that the file does not have; `field` is the argument that has the names.

    Raises:
        FileError: It says which name was meant, or which there are.
    """
    there = tuple(known)
    for index, name in enumerate(names):
        if name not in there:
            listed = f"it has {one_of(there[:12], 'and')}" if there else None
            error = FileError(f"`{file}` has no {what} `{name}`", help=did_you_mean(name, there) or listed)
            raise error.at(field, *((index,) if len(names) > 1 else ()))
