"""The JSON Schema that is checked in, and what it accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import tfspec
from tfspec.catalogue import declarations, families
from tfspec.cli.schema import NAME, schema_text
from tfspec.diagnostics import Text
from tfspec.source import load_tree

ROOT = Path(__file__).parents[2]
FOUND = sorted((ROOT / "specs").rglob("*.yaml"))
SPECS = [path for path in FOUND if "applications" not in path.parts]  # which use blocks, and blocks are no layers to it


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return tfspec.schema()


def test_it_is_fresh() -> None:
    """If not: `tfspec schema --write schemas/`."""
    assert (ROOT / "schemas" / NAME).read_text(encoding="utf-8") == schema_text()


def test_it_is_a_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    references = {part.split('"')[0] for part in json.dumps(schema).split('"$ref": "#/$defs/')[1:]}
    assert references <= set(schema["$defs"])


def test_it_holds_no_marks_of_ours(schema: dict[str, Any]) -> None:
    assert '"x-' not in json.dumps(schema)


def test_every_declaration_and_every_field_is_described(schema: dict[str, Any]) -> None:
    for family in families():
        for cls in declarations(family):
            own = schema["$defs"][f"{family}.{cls.spelling()}"]
            assert own["description"]
            for name, field in own.get("properties", {}).items():
                assert field.get("description"), f"{cls.__name__}.{name}"


def test_every_section_is_described(schema: dict[str, Any]) -> None:
    for part in (schema, *(schema["$defs"][name] for name in ("Compile", "Data", "Fit", "Split", "Target", "Input"))):
        assert all(field.get("description") for field in part["properties"].values())


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_it_accepts_the_examples(path: Path, schema: dict[str, Any]) -> None:
    text = Text(path.name, path.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(load_tree(text).data)) == []
