"""Every problem of reading is shown by its own bad spec, and gone from its good one."""

from __future__ import annotations

import re

import pytest

from tfspec.diagnostics import Code, SpecError, Text
from tfspec.source import load_tree, problems

CODES = [code for code in vars(problems).values() if isinstance(code, Code)]
SHOWN = [code for code in CODES if code.bad is not None]
"""A missing file and a Python object cannot be shown by a text."""

MINIMAL = """\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
"""


def codes_of(text: str) -> list[str]:
    try:
        load_tree(Text("spec.yaml", text))
    except SpecError as error:
        return [problem.code for problem in error.problems]
    return []


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.id)
def test_bad_shows_exactly_its_code(code: Code) -> None:
    assert code.bad is not None
    assert codes_of(code.bad) == [code.id]


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_good_has_no_problem(code: Code) -> None:
    assert code.good is not None
    assert codes_of(code.good) == []


def test_codes_are_of_this_stage_and_used_once() -> None:
    ids = [code.id for code in CODES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"TS0\d\d", id_) for id_ in ids)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_wording(code: Code) -> None:
    assert not code.title.endswith(".")
    assert code.explanation.endswith(".")
    assert len(code.explanation) > 80


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.id)
def test_messages_state_a_fact_and_give_a_cure(code: Code) -> None:
    assert code.bad is not None
    with pytest.raises(SpecError) as caught:
        load_tree(Text("spec.yaml", code.bad))
    (problem,) = caught.value.problems
    assert problem.span
    assert problem.help
    assert not problem.message.endswith(".")
    assert problem.message[0] == "`" or problem.message[0].islower() or problem.message.startswith(("YAML", "JSON"))


def test_the_smallest_spec_has_no_problem() -> None:
    assert codes_of(MINIMAL) == []
