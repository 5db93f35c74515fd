"""Wrong specs, each with exactly what is printed about it; `rendering.py` writes it anew."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import tfspec
from tfspec.diagnostics import SpecError, Text
from tfspec.source import load_tree

_spec = importlib.util.spec_from_file_location("rendering", Path(__file__).with_name("rendering.py"))
assert _spec is not None
assert _spec.loader is not None
rendering = importlib.util.module_from_spec(_spec)
sys.modules["rendering"] = rendering
_spec.loader.exec_module(rendering)

CASES: list[str] = rendering.CASES
SCHEMA_DIFFERS: dict[str, str] = yaml.safe_load((rendering.FOLDER / "schema_differs.yaml").read_text(encoding="utf-8"))

NOT_OURS = re.compile(
    r"[Ii]nput should|[Ff]ield required|valid (integer|string|number|boolean)|extra_|_type\b|pydantic|"
    r"\b(str|dict|tuple|NoneType|Traceback|PydanticCustomError)\b|\bNone\b(?!`)|<class|object at 0x"
)
"""What no message says: the words of pydantic, and the names of Python's types."""


def test_there_are_many() -> None:
    assert len(CASES) >= 200
    assert len({case.partition("/")[0] for case in CASES}) >= 12


@pytest.mark.parametrize("case", CASES)
def test_rendering(case: str) -> None:
    assert rendering.render(case) == rendering.golden(case).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_words(case: str) -> None:
    problems = rendering.problems_of(case)
    assert problems
    for problem in problems:
        assert not problem.message.endswith("."), problem.message
        assert problem.message[:1] == "`" or problem.message[:1].islower() or problem.message[:1].isdigit()
        assert problem.span is not None
        for text in (problem.message, problem.help or "", *problem.notes):
            assert not NOT_OURS.search(text), text


def test_no_rendering_without_a_case() -> None:
    texts = {path.relative_to(rendering.FOLDER).with_suffix("").as_posix() for path in rendering.FOLDER.glob("*/*.txt")}
    assert texts == set(CASES)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = tfspec.schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("case", CASES)
def test_the_schema_agrees_on_what_is_structurally_wrong(case: str, validator: Draft202012Validator) -> None:
    problems = rendering.problems_of(case)
    if any(problem.code.startswith(("TS0", "TS1")) for problem in problems):
        pytest.skip("the text itself is wrong, or cannot be written out, so that there is nothing to validate")
    wrong_in_python = any(problem.code.startswith("TS2") for problem in problems)
    wrong_in_schema = not validator.is_valid(_data(case))
    differs = wrong_in_python != wrong_in_schema
    assert differs == (case in SCHEMA_DIFFERS), SCHEMA_DIFFERS.get(case, "the schema says otherwise")


def test_every_difference_is_a_case() -> None:
    assert set(SCHEMA_DIFFERS) <= set(CASES)


def _data(case: str) -> Any:
    path = rendering.FOLDER / f"{case}.yaml"
    return load_tree(Text(path.name, path.read_text(encoding="utf-8"))).data


def test_a_spec_error_prints_like_check() -> None:
    with pytest.raises(SpecError) as caught:
        tfspec.load("tfspec: 1\nmodel: {}\n")
    assert "error[TS205]" in str(caught.value)
