"""Advice of the form "write `X`": who puts X in place of what stands there has no such problem any more."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import tfspec
from tfspec.catalogue.old_words import rejoined
from tfspec.diagnostics import Problem, Text
from tfspec.source import load_tree

_path = Path(__file__).parents[1] / "cases" / "rendering.py"
_spec = importlib.util.spec_from_file_location("rendering_of_cases", _path)
assert _spec is not None
assert _spec.loader is not None
rendering = importlib.util.module_from_spec(_spec)
sys.modules["rendering_of_cases"] = rendering
_spec.loader.exec_module(rendering)

WRITE = re.compile(r"(?:(?:write|add)(?: it in brackets:| it without quotes:)?) `([^`]*)`(?:, so that it is computed)?")
"""An advice that says all of what is to be written."""

NOT_HERE = re.compile(r"` (?:above|below|and|at|or) |…|` for ")
"""What such an advice does not have: another place, a second line, something left open."""


def written(problem: Problem) -> str | None:
    """What an advice says to write in place of what stands there; None where it says something else."""
    found = WRITE.fullmatch(problem.help or "")
    plain = problem.code.startswith("TS2") and problem.help and not NOT_HERE.search(problem.help)
    return found[1] if found and plain else None


def follow(data: Any, problem: Problem, text: str) -> Any:
    """The spec with what the advice says, in place of what stands there."""
    said = load_tree(Text("advice.yaml", f"{text}\n" if ": " in text.partition("{")[0] else f"it: {text}\n")).data
    assert isinstance(said, dict)
    data = copy.deepcopy(data)
    *way, last = problem.path
    holder = data
    for step in way:
        holder = holder[step]
    if isinstance(holder, dict):
        whole = rejoined(holder)
        holder.clear()
        holder.update(whole)
    if set(said) == {"it"}:
        holder[last] = said["it"]
    elif problem.help and problem.help.startswith("add"):
        holder[last].update(said)
    elif problem.code in ("TS202", "TS203", "TS205") and last in said:
        holder.update(said)
    elif problem.code == "TS201":
        holder.pop(last)
        holder.update(said)
    else:
        holder[last] = said
    return data


def cases() -> list[tuple[str, Problem, str]]:
    """The problems of the cases that come with such advice, and what it says to write."""
    found = []
    for case in rendering.CASES:
        path = rendering.FOLDER / f"{case}.yaml"
        is_plain = not re.search(r"^# --|^(extends|use|profiles|blocks|vars):|repeat", path.read_text(), re.MULTILINE)
        for problem in rendering.problems_of(case) if is_plain else ():
            text = written(problem)
            if text is not None:
                found.append((case, problem, text))
    return found


def test_there_is_such_advice() -> None:
    assert len(cases()) > 100


@pytest.mark.parametrize("topic", sorted({case.partition("/")[0] for case in rendering.CASES}))
def test_who_follows_the_advice_has_no_such_problem(topic: str) -> None:
    for case, problem, text in cases():
        if not case.startswith(f"{topic}/"):
            continue
        path = rendering.FOLDER / f"{case}.yaml"
        data = load_tree(Text(path.name, path.read_text(encoding="utf-8"))).data
        followed = follow(data, problem, text)
        with rendering.working_in(path.parent):
            after = tfspec.check(Text("spec.json", json.dumps(followed)))
        left = [each for each in after if (each.code, each.path) == (problem.code, problem.path)]
        assert not left, (case, problem.message, problem.help, followed)
