"""Types and values of arguments in plain words, as a spec's author reads and writes them."""

from __future__ import annotations

import json
import re
from typing import Any, cast

Schema = dict[str, Any]

PLAIN = re.compile(r"[A-Za-z_/][\w./-]*", re.ASCII)
"""Texts that need no quotes in YAML."""

NOT_TEXT = {"null", "true", "false"}

WIDEST = 96
"""Letters of a line of YAML; what is longer gets a line for each key."""

NOUNS = {
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "string": ("text", "texts"),
    "boolean": ("true or false", "true or false"),
    "object": ("a mapping", "mappings"),
    "null": ("null", "null"),
}


def show_value(value: object) -> str:
    """A value on one line, as YAML has it: `[1, 1]`, `true`, `"["`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{show_value(key)}: {show_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(show_value, value)) + "]"
    if isinstance(value, str):
        bare = PLAIN.fullmatch(value) and value.lower() not in NOT_TEXT
        return value if bare else json.dumps(value, ensure_ascii=not value.isprintable())
    return "null" if value is None else str(value).lower()


def show_yaml(value: object, indent: str = "") -> str:
    """A value as YAML: on one line where it fits, else a line for each of its parts, as for each thing of a list."""
    if isinstance(value, dict) and value:
        return "\n".join(_entry(key, item, indent) for key, item in value.items())
    if _has_things(value):
        return "\n".join(f"{indent}- {show_yaml(item, indent + '  ').lstrip()}" for item in cast("list[object]", value))
    return indent + show_value(value)


def type_words(field: Schema) -> str:
    """An argument's type in words: `a whole number from 1 on`, `valid or same`."""
    *most, last = dict.fromkeys(_choices(field))
    return f"{', '.join(most)} or {last}" if most else last


def with_article(noun: str) -> str:
    """`an activation`, `a loss`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _entry(key: object, item: object, indent: str) -> str:
    line = f"{indent}{show_value(key)}: {show_value(item)}"
    if not isinstance(item, (dict, list)) or not item or (len(line) <= WIDEST and not _has_things(item)):
        return line
    return f"{indent}{show_value(key)}:\n{show_yaml(item, indent + '  ')}"


def _has_things(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def _choices(field: Schema) -> list[str]:
    """The alternatives, each in words; a list of what went before is `a list of 2 of them`."""
    if "anyOf" in field:
        return [words for choice in field["anyOf"] for words in _among(choice, field["anyOf"])]
    if "enum" in field:
        return [f"`{show_value(word)}`" for word in field["enum"]]
    if "const" in field:
        return [f"`{show_value(field['const'])}`"]
    kinds = field.get("type")
    if isinstance(kinds, list):
        return [_kind(field, kind) for kind in kinds]
    return [_kind(field, kinds)]


def _among(choice: Schema, choices: list[Schema]) -> list[str]:
    if isinstance(choice.get("items"), dict) and choice["items"] in choices:
        count = _how_many(choice)
        return ["a list of one" if count == "1 " else f"a list of {count}of them" if count else "a list of them"]
    return _choices(choice)


def _kind(field: Schema, kind: str | None) -> str:
    """A type without alternatives."""
    if "x-family" in field:
        return "a layer" if field["x-family"] == "step" else with_article(field["x-family"])
    if "$ref" in field:
        return with_article(field["$ref"].rpartition("/")[2].lower())
    if kind == "array":
        return f"a list of {_how_many(field)}{_several(field)}"
    for inner in (field.get("additionalProperties"), *field.get("patternProperties", {}).values()):
        if kind == "object" and isinstance(inner, dict):
            return f"a mapping from names to {_bracketed(type_words(inner))}"
    return NOUNS[kind][0] + _bounds(field) if kind in NOUNS else "any value"


def _bracketed(words: str) -> str:
    return f"({words})" if " or " in words else words


def _how_many(field: Schema) -> str:
    least, most = field.get("minItems"), field.get("maxItems")
    return f"{least} " if least and least == most else ""


def _several(field: Schema) -> str:
    items = field.get("items")
    if not isinstance(items, dict):
        items = {"anyOf": field["prefixItems"]} if "prefixItems" in field else {}
    if items.get("type") in NOUNS:
        return NOUNS[items["type"]][1] + _bounds(items)
    if "x-family" in items:
        return f"{items['x-family']}s".replace("steps", "layers")
    return _bracketed(type_words(items)) if items else "values"


def _bounds(field: Schema) -> str:
    """The range of a number; a whole number above 0 is one from 1 on."""
    least, above = field.get("minimum"), field.get("exclusiveMinimum")
    most, below = field.get("maximum"), field.get("exclusiveMaximum")
    if field.get("type") == "integer" and above is not None:
        least, above = above + 1, None
    if least is not None and most is not None:
        return f" from {least:g} to {most:g}"
    ends = {"from {:g} on": least, "above {:g}": above, "of at most {:g}": most, "below {:g}": below}
    said = [words.format(end) for words, end in ends.items() if end is not None]
    return f" {' and '.join(said)}" if said else ""
