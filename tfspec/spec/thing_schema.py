"""The JSON Schema of a thing: a word, or a word with its arguments; formed so that editors are of help with it.

A language server tells an unknown key where `properties` stand beside `anyOf`; inside of one, it tells what all
the choices could have been. It offers nothing on an empty line where `maxProperties` stands beside `properties`.
`doNotSuggest`, `enumDescriptions` and `errorMessage` are read by editors alone.
"""

from __future__ import annotations

from typing import Any

from .computed_schema import REFERENCE

LISTED = ("callback", "layer", "loss", "metric")
"""Families that stand in lists, where an editor mixes up a word and the same word with arguments."""

MANY = 12
"""Words that a message of an editor still lists."""


def argument_schema(family: str, reference: str, own: dict[str, Any]) -> dict[str, Any]:
    """What stands behind a word: its arguments, or nothing where it needs none."""
    said: dict[str, Any] = {"description": own["description"].partition("\n\n")[0]}
    if own.get("required"):  # the types make an editor begin a line for the arguments
        return {**said, "type": ["object", "string"], "anyOf": [{"$ref": reference}, REFERENCE]}
    if family in LISTED:
        said["doNotSuggest"] = True
    return {**said, "anyOf": [{"$ref": reference}, {"type": "null"}]}


def thing_schema(family: str, bare: list[str], arguments: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One of the words that can stand alone, or one word with its arguments."""
    words = sorted(bare)
    word: dict[str, Any] = {"type": "string", "enum": words}
    word["enumDescriptions"] = [arguments[name]["description"] for name in words]
    if len(words) > MANY:
        word["errorMessage"] = f"No {family} of this name can stand without arguments."
    return {
        "anyOf": [word, {"type": "object"}],
        "properties": dict(sorted(arguments.items())),
        "additionalProperties": False,
        "minProperties": 1,
        "allOf": [{"maxProperties": 1}],
    }
