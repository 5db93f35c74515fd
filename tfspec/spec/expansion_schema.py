"""The JSON Schema of what is written out before a spec is read: files, variables, blocks, conditions, repeats."""

from __future__ import annotations

from typing import Any

from tfspec.catalogue.flow import FLOW_PROPERTIES, NAME_OR_NAMES
from tfspec.expand import WORD
from tfspec.expand.blocks import PARAMETER
from tfspec.expand.variables import NAME

from .computed_schema import COMPUTED, DEFINITION

STEPS = {"type": ["array", "string"], **COMPUTED, "items": {"$ref": "#/$defs/step"}}
TEXT_OR_COMPUTED = {"type": ["boolean", "string"], **COMPUTED}
VARIABLES = {"type": "object", "patternProperties": {f"^{NAME}$": True}, "additionalProperties": False}
PARAMETERS = {
    "type": ["object", "string"],
    **COMPUTED,
    "patternProperties": {f"^{PARAMETER}$": True},
    "additionalProperties": False,
}

SECTIONS: dict[str, dict[str, Any]] = {
    "extends": {"description": "Path of a spec to start from: mappings merge, all else replaces.", "type": "string"},
    "use": {
        "description": "Paths of libraries, which hold `vars`, `blocks`, `shared`, `custom` and `use`.",
        **NAME_OR_NAMES,
    },
    "vars": {"description": "Values for `${…}`, which may be made from each other.", **VARIABLES},
    "profiles": {
        "description": "Patches by name, each laid over the spec when `--profile` asks for it.",
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/profile"},
    },
    "blocks": {
        "description": "Templates of layers by name: every use gets fresh weights.",
        "type": ["object", "string"],
        **COMPUTED,
        "patternProperties": {f"^{WORD}$": {"$ref": "#/$defs/block"}},
        "additionalProperties": False,
    },
}
"""The sections that a spec no longer has once it is written out."""

CUSTOM = {"description": "Classes of one's own, in a library.", "type": "object"}

FLOW = {key: {"$ref": f"#/$defs/flow.{key}"} for key in FLOW_PROPERTIES}

DEFINITIONS: dict[str, dict[str, Any]] = {
    "expression": DEFINITION,
    "block": {
        "description": "A template of layers.",
        "type": ["object", "string"],
        **COMPUTED,
        "properties": {
            "description": {"description": "What it is for, for people.", "type": "string"},
            "params": {
                "description": "What a use of the block can say, with defaults; without a value it must be said.",
                "anyOf": [PARAMETERS, {"type": "array", "items": {"type": "string", "pattern": f"^{PARAMETER}$"}}],
            },
            "inputs": {"description": "Names of what it takes; `input` if left out.", **NAME_OR_NAMES},
            "layers": {"description": "The layers, in order.", **STEPS},
            "outputs": {"description": "Names of what it gives; the last result if left out.", **NAME_OR_NAMES},
        },
        "required": ["layers"],
        "additionalProperties": False,
    },
    "use": {
        "description": "A use of a block, with its parameters, or of something shared.",
        "type": ["object", "null", "string"],
        **COMPUTED,
        "properties": {
            **{key: FLOW[key] for key in ("from", "as", "call")},
            "name": {"description": "What this use is called.", "type": "string"},
            "trainable": {"description": "Whether training changes its weights.", **TEXT_OR_COMPUTED},
        },
    },
}
"""What sections and layers refer to."""


def controls(steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The definitions of conditions and repeats around a kind of layers."""
    layers = {"type": ["array", "string"], **COMPUTED, "items": steps}
    return {
        "if": {
            "type": "object",
            "properties": {
                "if": {"description": "Whether `then` holds or `else`, most often computed.", **TEXT_OR_COMPUTED},
                "then": {"description": "The layers where it is true.", "anyOf": [layers, {"type": "null"}]},
                "else": {"description": "The layers where it is false.", "anyOf": [layers, {"type": "null"}]},
            },
            "required": ["if"],
            "additionalProperties": False,
            "minProperties": 2,
        },
        "repeat": {
            "description": "Layers, so many times over.",
            "type": ["object", "string"],
            **COMPUTED,
            "properties": {
                "times": {
                    "description": "How often.",
                    "type": ["integer", "string"],
                    "minimum": 0,
                    "maximum": 100_000,
                    **COMPUTED,
                },
                "for": {
                    "description": "Lists of one length by the names of loop variables: once for each of their values.",
                    "type": ["object", "string"],
                    **COMPUTED,
                    "patternProperties": {f"^{NAME}$": {"type": ["array", "string"], **COMPUTED}},
                    "additionalProperties": False,
                    "minProperties": 1,
                },
                "index": {
                    "description": "What the number of the repetition is called, counted from 0: `index` if left out.",
                    "type": "string",
                },
                "layers": {"description": "The layers, in order.", **layers},
            },
            "required": ["layers"],
            "oneOf": [{"required": ["times"]}, {"required": ["for"]}],
            "additionalProperties": False,
        },
    }
