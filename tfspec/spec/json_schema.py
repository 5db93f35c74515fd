"""The JSON Schema of the language, derived from the declarations."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import BaseModel

from tfspec.catalogue import Declaration, declarations, families
from tfspec.catalogue.documentation import describe_schema
from tfspec.catalogue.flow import FLOW_PROPERTIES

from .document import Spec, Target

FLOW_REFERENCES = {key: {"$ref": f"#/$defs/flow.{key}"} for key in FLOW_PROPERTIES}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a spec, as editors and other tools use it."""
    definitions: dict[str, Any] = {}
    root = _model_schema(Spec, definitions)
    for family in families():
        definitions[family] = _family_schema(family, definitions)
    definitions["step"] = _step_schema(definitions)
    definitions["Target"] = _model_schema(Target, definitions)  # named only by the mark of a form
    definitions |= {f"flow.{key}": value for key, value in FLOW_PROPERTIES.items()}
    return {
        "$schema": DIALECT,
        "title": "tfspec",
        **_linked(root),
        "$defs": {name: _linked(definitions[name]) for name in sorted(definitions)},
    }


def _model_schema(cls: type[BaseModel], definitions: dict[str, Any]) -> dict[str, Any]:
    """A class's schema; the classes that its fields hold go to `definitions`."""
    own = cls.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    nested = own.pop("$defs", {})
    for name, part in nested.items():
        definitions.setdefault(name, describe_schema(_class_named(name), part))
    return describe_schema(cls, own)


def _class_named(name: str) -> type[BaseModel]:
    from tfspec.catalogue import models

    from . import document

    found: type[BaseModel] = getattr(document, name, None) or getattr(models, name)
    return found


def _family_schema(family: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """A thing of a family: one of the names, or one name with its arguments."""
    arguments, bare = {}, []
    for cls in declarations(family):
        reference = f"{family}.{cls.spelling()}"
        definitions[reference] = _model_schema(cls, definitions)
        takes_none = not definitions[reference].get("required")
        for word in _words(cls):
            arguments[word] = _argument_schema(f"#/$defs/{reference}", nothing=takes_none)
            if takes_none:
                bare.append(word)
    return _thing_schema(bare, arguments)


def _step_schema(definitions: dict[str, Any]) -> dict[str, Any]:
    """A layer as a step of a model: it also takes `from`, `as` and `call`."""
    arguments = {}
    for cls in declarations("layer"):
        reference = f"step.{cls.spelling()}"
        own = copy.deepcopy(definitions[f"layer.{cls.spelling()}"])
        own["properties"] = {**own.get("properties", {}), **FLOW_REFERENCES}
        definitions[reference] = own
        for word in _words(cls):
            arguments[word] = _argument_schema(f"#/$defs/{reference}", nothing=not own.get("required"))
    bare = definitions["layer"]["anyOf"][0]["enum"]
    return _thing_schema(bare, arguments)


def _thing_schema(bare: list[str], arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "anyOf": [
            {"type": "string", "enum": sorted(bare)},
            {
                "type": "object",
                "properties": dict(sorted(arguments.items())),
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    }


def _argument_schema(reference: str, *, nothing: bool) -> dict[str, Any]:
    return {"anyOf": [{"$ref": reference}, {"type": "null"}]} if nothing else {"$ref": reference}


def _words(cls: type[Declaration]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((cls.spelling(), *cls.aliases, *cls.identifiers)))


def _linked(value: Any) -> Any:
    """The schema with every place that takes a family pointing to the family's definition."""
    if isinstance(value, list):
        return [_linked(item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {key: _linked(item) for key, item in value.items()}
    for mark in ("x-family", "x-model"):
        if mark in value:
            value["$ref"] = f"#/$defs/{value.pop(mark)}"
    return value
