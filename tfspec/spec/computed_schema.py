"""The JSON Schema of values that may be computed: `${…}` stands wherever a value can."""

from __future__ import annotations

from typing import Any

EXPRESSION = r"(^|[^$])\$\{"
"""A text with a `${…}` in it that is computed."""

REFERENCE = {"$ref": "#/$defs/expression"}

COMPUTED = {
    "pattern": EXPRESSION,
    "patternErrorMessage": "A text stands here only where it is computed, as `${4 * filters}` is.",
}
"""A text among other types; the message is for editors."""

DEFINITION = {
    "$comment": "An expression over `vars`, a block's parameters and a repeat's variables.",
    "type": "string",
    **COMPUTED,
}

ANNOTATIONS = ("description", "default", "title")


def computable(schema: Any) -> Any:
    """The schema of a value and all that it holds, each of which may be computed instead."""
    return _opened(inside(schema))


def inside(schema: Any) -> Any:
    """The schema, whose inner values may be computed."""
    if not isinstance(schema, dict):
        return schema
    schema = dict(schema)
    for key in ("properties", "patternProperties"):
        if key in schema:
            schema[key] = {name: computable(child) for name, child in schema[key].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            schema[key] = computable(schema[key])
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            schema[key] = [inside(child) for child in schema[key]]
    if "prefixItems" in schema:
        schema["prefixItems"] = [computable(child) for child in schema["prefixItems"]]
    return schema


def _opened(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that takes an expression besides."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    limits = {"enum", "const", "pattern", "maxLength", "format"} & schema.keys()
    if not schema.keys() - set(ANNOTATIONS) or ("string" in kinds and not limits):
        return schema
    if kinds and not limits and not {"anyOf", "oneOf", "allOf", "$ref"} & schema.keys():
        expected = f"Expected {' or '.join(kinds)}, or a text that is computed, as `${{4 * filters}}` is."
        return {**schema, "type": [*kinds, "string"], **COMPUTED, "patternErrorMessage": expected}
    if "anyOf" in schema and not kinds:
        return {**schema, "anyOf": [*schema["anyOf"], REFERENCE]}
    said = {key: value for key, value in schema.items() if key in ANNOTATIONS}
    rest = {key: value for key, value in schema.items() if key not in ANNOTATIONS}
    return {**said, "anyOf": [rest, REFERENCE]}
