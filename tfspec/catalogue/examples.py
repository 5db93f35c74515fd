"""An example of each thing: its name, with the arguments that it needs or those that its class declares."""

from __future__ import annotations

from typing import Any

from .declaration import Declaration
from .registry import declarations, find
from .wording import show_value

WORDS = {"activation": "relu", "step": "Flatten", "layer": "Dense", "optimizer": "Adam"}
"""The thing of a family that examples take; its first one by default."""

SAMPLES: dict[str, Any] = {
    "kernel_size": 3,
    "pool_size": 2,
    "output_size": 4,
    "height": 24,
    "width": 24,
    "rate": 0.5,
    "stddev": 0.1,
    "factor": 0.2,
    "height_factor": 0.2,
    "width_factor": 0.2,
    "num_classes": 3,
    "initial_learning_rate": 0.1,
    "decay_steps": 1000,
    "first_decay_steps": 1000,
    "filename": "log.csv",
    "filepath": "best.keras",
    "backup_dir": "backup",
    "path": "data.csv",
}
"""Values that make sense under the name of an argument."""


def example(cls: type[Declaration]) -> str:
    """A short way to write a thing that a spec takes as it stands."""
    thing = example_thing(cls)
    return thing if isinstance(thing, str) else show_value(thing)[1:-1]


def example_thing(cls: type[Declaration]) -> str | dict[str, Any]:
    """The same as the data of a spec."""
    arguments = example_arguments(cls)
    return {cls.spelling(): arguments} if arguments else cls.spelling()


def example_arguments(cls: type[Declaration]) -> dict[str, Any]:
    """The arguments of the example: the class's own, and something for each that is needed besides."""
    schema = cls.model_json_schema(by_alias=True)
    needed = {
        name: _sample(cls, name, schema["properties"][name])
        for name in schema.get("required", [])
        if name not in cls.example
    }
    return {**needed, **cls.example}


def _sample(cls: type[Declaration], name: str, field: dict[str, Any]) -> Any:
    """A value that a field takes."""
    if name in SAMPLES:
        return SAMPLES[name]
    if "anyOf" in field:
        return _sample(cls, name, field["anyOf"][0])
    if "x-family" in field:
        return _thing(cls, str(field["x-family"]))
    if "enum" in field:
        return field["enum"][0]
    kind = field.get("type")
    if kind == "array":
        items = field.get("items")
        return [_sample(cls, name, items if isinstance(items, dict) else {})] * max(1, field.get("minItems", 1))
    samples = {"integer": max(8, int(field.get("minimum", 8))), "number": 0.5, "boolean": True, "string": name}
    return samples.get(str(kind))


def _thing(cls: type[Declaration], family: str) -> Any:
    """A thing that goes into another one: the first that it wraps, where only some do."""
    wraps = getattr(cls, "wraps", ())
    word = wraps[0] if wraps else WORDS.get(family)
    found = find("layer" if family == "step" else family, word) if word else declarations(family)[0]
    return example_thing(found) if found else word
