"""What a right spec promises as a text, and what a wrong one is told."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from jsonschema import Draft202012Validator

import tfspec
from tfspec.diagnostics import Text
from tfspec.diagnostics.terminal import render_text
from tfspec.source import load_tree
from tfspec.spec.write import to_yaml
from tfspec.testing import Broken, broken_specs, loaded_specs, show, specs

SCHEMA = Draft202012Validator(tfspec.schema())


@given(specs())
def test_written_and_read_it_is_the_same(spec: dict[str, Any]) -> None:
    show(spec)
    loaded = tfspec.load(spec)
    for text in (loaded.to_yaml(), loaded.to_json()):
        again = tfspec.load(text)
        assert again == loaded
        assert again.to_dict() == loaded.to_dict()
    assert json.loads(loaded.to_json()) == loaded.to_dict()


@given(loaded_specs())
def test_the_schema_takes_what_is_read(spec: tfspec.Spec) -> None:
    show(spec.to_dict())
    assert SCHEMA.is_valid(spec.to_dict())
    assert SCHEMA.is_valid(load_tree(Text("<text>", spec.to_yaml())).data)
    assert SCHEMA.is_valid(json.loads(spec.to_json()))


@given(broken_specs())
def test_a_mistake_gets_its_problem_at_its_line(wrong: Broken) -> None:
    text = to_yaml(wrong.data)
    problems = tfspec.check(text)
    relevant = [problem for problem in problems if problem.severity == "error" or problem.code == wrong.code]
    assert [(problem.code, problem.path) for problem in relevant] == [(wrong.code, wrong.path)], text
    assert render_text(problems)
    (problem,) = relevant
    assert problem.span
    tree = load_tree(Text("<text>", text))
    lines = {span.line for key in (False, True) if (span := tree.span_at(wrong.path, key=key))}
    assert problem.span.line in lines


@given(broken_specs())
def test_a_mistake_gets_its_problem_in_plain_data_too(wrong: Broken) -> None:
    problems = tfspec.check(wrong.data)
    assert [p.path for p in problems if p.code == wrong.code] == [wrong.path]
