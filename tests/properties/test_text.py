"""What a right spec promises as a text, and what a wrong one is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, seed, settings
from jsonschema import Draft202012Validator

import tfspec
from tfspec.diagnostics import Problem, Span, Text
from tfspec.diagnostics.terminal import render_text
from tfspec.source import load_tree
from tfspec.spec.write import to_yaml
from tfspec.testing import Broken, broken_specs, loaded_specs, show, specs
from tfspec.testing.mistakes import MISTAKES

EACH = 3
"""Draws of each kind of mistake: the simplest spec into which it can be put, and some others."""

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


@pytest.mark.parametrize(("number", "kind"), [*enumerate(MISTAKES)])
def test_a_mistake_gets_its_problem_at_its_place(number: int, kind: str) -> None:
    @settings(max_examples=EACH)
    @given(broken_specs([kind]))
    def told(wrong: Broken) -> None:
        show(wrong.data)
        _check_text(wrong, to_yaml(wrong.data))
        _check_text(wrong, json.dumps(wrong.data, indent=1))
        found = [problem for problem in tfspec.check(wrong.data) if _matters(problem, wrong)]
        assert {problem.code for problem in found} == {wrong.code}
        assert found[0].path == wrong.path  # the others are of the same place, written out again

    if settings.default and settings.default.derandomize:
        told = seed(number)(told)
    told()


def _check_text(wrong: Broken, text: str) -> None:
    """Whether a wrong spec, written so, is told of as it must be, and of nothing else."""
    problems = tfspec.check(text)
    assert render_text(problems)
    found = [problem for problem in problems if _matters(problem, wrong)]
    assert [(problem.code, problem.path) for problem in found] == [(wrong.code, wrong.path)]
    span = found[0].span
    assert span
    begin, end = _marks(text, wrong)
    if wrong.code == "TS102":  # told at the part of the expression that is wrong
        assert begin <= (span.line, span.column) < end
        assert wrong.name != "a variable that there is not" or _at(text, span).startswith("nobody")
    else:
        assert (span.line, span.column) == begin


def _matters(problem: Problem, wrong: Broken) -> bool:
    return problem.severity == "error" or problem.code == wrong.code


def _marks(text: str, wrong: Broken) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where PyYAML, which reads JSON too, finds the place of a mistake to begin and to end."""
    node = key = yaml.compose(text)
    for step in wrong.place:
        if isinstance(node, yaml.MappingNode):
            ((key, node),) = (pair for pair in node.value if pair[0].value == step)
        else:
            key = node = node.value[step]
    marks = (key if wrong.is_key else node).start_mark, (key if wrong.is_key else node).end_mark
    begin, end = ((mark.line + 1, mark.column + 1) for mark in marks)
    return begin, end


def _at(text: str, span: Span) -> str:
    return text.splitlines()[span.line - 1][span.column - 1 :]
