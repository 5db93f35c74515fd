"""The JSON Schema of the language, derived from the declarations."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import BaseModel

from tfspec.catalogue import Declaration, declarations, families
from tfspec.catalogue.documentation import describe_schema
from tfspec.catalogue.flow import FLOW_PROPERTIES
from tfspec.expand import WORD
from tfspec.expand.profiles import NOT_IN_IT

from .computed_schema import EXPRESSION, inside
from .document import Spec, Target
from .expansion_schema import CUSTOM, DEFINITIONS, SECTIONS, controls
from .library import SECTIONS as LIBRARY
from .thing_schema import argument_schema, thing_schema

FLOW_REFERENCES = {key: {"$ref": f"#/$defs/flow.{key}"} for key in FLOW_PROPERTIES}
PARTIAL = ("Compile", "Data", "Fit", "Input", "OutputStep", "Split", "Target", "block")
"""Sections of which a spec that extends another may say a part, as profiles do."""

USE = {"$ref": "#/$defs/use"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a spec, as editors and other tools use it."""
    definitions: dict[str, Any] = {}
    root = _model_schema(Spec, definitions)
    for family in families():
        definitions[family] = _family_schema(family, definitions)
    definitions["Target"] = _model_schema(Target, definitions)  # named only by the mark of a form
    definitions["step"] = _step_schema(definitions)
    definitions["prepare"] = _with_expansion(definitions["layer"], "prepare", definitions)
    definitions |= {f"flow.{key}": value for key, value in FLOW_PROPERTIES.items()}
    definitions = {name: inside(_linked(definition)) for name, definition in definitions.items()} | DEFINITIONS
    root = inside(_linked(root))
    root["properties"] = _sections(root["properties"])
    return {
        "$schema": DIALECT,
        "title": "tfspec",
        **_where_extended(root, definitions),
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _sections(properties: dict[str, Any]) -> dict[str, Any]:
    """The sections of a spec in the order in which they are written."""
    version = {"const": 1, "description": properties["tfspec"]["description"], "type": "integer"}
    return {"tfspec": version, **SECTIONS, **{key: value for key, value in properties.items() if key != "tfspec"}}


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
    arguments: dict[str, Any] = {}
    bare: list[str] = []
    for cls in declarations(family):
        reference = f"{family}.{cls.spelling()}"
        definitions[reference] = _model_schema(cls, definitions)
        own = argument_schema(family, f"#/$defs/{reference}", definitions[reference])
        arguments |= dict.fromkeys(_words(cls), own)
        if not definitions[reference].get("required"):
            bare += _words(cls)
    return thing_schema(family, bare, arguments)


def _step_schema(definitions: dict[str, Any]) -> dict[str, Any]:
    """A layer, or a model like one, as a step of a model: it also takes `from`, `as` and `call`."""
    arguments: dict[str, Any] = {}
    for cls in (*declarations("layer"), *declarations("model")):
        reference = f"step.{cls.spelling()}"
        own = copy.deepcopy(definitions[f"{cls.family}.{cls.spelling()}"])
        own["properties"] = {**own.get("properties", {}), **FLOW_REFERENCES}
        definitions[reference] = own
        arguments |= dict.fromkeys(_words(cls), argument_schema("layer", f"#/$defs/{reference}", own))
    bare = [word for family in ("layer", "model") for word in definitions[family]["anyOf"][0]["enum"]]
    return _with_expansion(thing_schema("layer", bare, arguments), "step", definitions)


def _with_expansion(thing: dict[str, Any], name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """A layer, a block or something shared by its name, a condition, or a repeat."""
    control = controls({"$ref": f"#/$defs/{name}"})
    definitions[f"{name}.repeat"] = control["repeat"]
    repeat = {"description": control["repeat"]["description"], "$ref": f"#/$defs/{name}.repeat"}
    words = {**thing["properties"], "repeat": repeat, **control["if"]["properties"]}
    word, one = thing["anyOf"]
    used = {"type": "string", "pattern": f"^{WORD}$|{EXPRESSION}", "patternErrorMessage": word["errorMessage"]}
    keys = {"enum": list(control["if"]["properties"])}
    condition = {"if": {"required": ["if"]}, "then": {"propertyNames": keys, "minProperties": 2}}
    return {
        **thing,
        "anyOf": [word, used, one],
        "properties": words,
        "patternProperties": {f"^{WORD}$": USE},
        "allOf": [{**condition, "else": {"propertyNames": {"not": keys}, "maxProperties": 1}}],
    }


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


def _where_extended(root: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a spec that may extend another, and leave out what the other says; or of a library."""
    partial = {name: f"partial.{name}" for name in definitions if name in PARTIAL or name.startswith("model")}
    for name, other in partial.items():
        definitions[other] = _without_required(definitions[name], partial)
    sections = {key: _without_required(value, partial) for key, value in root["properties"].items()}
    own = {key: value for key, value in root.items() if key not in ("properties", "required", "additionalProperties")}
    known = {key: {"description": value["description"]} for key, value in root["properties"].items()}
    definitions["profile"] = {
        "description": "What is different, by the sections of a spec.",
        "type": "object",
        "properties": {key: value for key, value in sections.items() if key not in NOT_IN_IT},
        "additionalProperties": False,
    }
    whole = {"properties": {**root["properties"], "custom": False}, "required": root["required"]}
    return {
        **own,
        "properties": {**known, "custom": CUSTOM},
        "additionalProperties": False,
        "if": {"required": ["extends"]},
        "then": {"properties": {**sections, "custom": False}},
        "else": {
            "if": {"propertyNames": {"enum": sorted(LIBRARY)}, "minProperties": 1},
            "then": {"properties": {key: value for key, value in root["properties"].items() if key in LIBRARY}},
            "else": whole,
        },
    }


def _without_required(schema: Any, partial: dict[str, str]) -> Any:
    """The schema of a part of a section, which is laid over another; layers are whole in it."""
    if isinstance(schema, list):
        return [_without_required(item, partial) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("$ref") == "#/$defs/source":
        return {key: value for key, value in schema.items() if key != "$ref"}
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    changed = {key: _without_required(value, partial) for key, value in schema.items() if key != "required"}
    return {**changed, "$ref": f"#/$defs/{partial[name]}"} if name in partial else changed
