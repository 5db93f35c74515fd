"""The list of tutorials has all of them, with the numbers of parameters that they have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tfspec

ROOT = Path(__file__).parents[2]
LISTED = re.findall(
    r"^\| \[(\w+)\]\(\.\./(.+)\) \| .+ \| ([\d,]+) \|$",
    (ROOT / "docs" / "tutorials.md").read_text("utf-8"),
    re.MULTILINE,
)


def test_all_are_listed() -> None:
    found = sorted((path.stem, path.relative_to(ROOT).as_posix()) for path in (ROOT / "specs/tutorials").glob("*.yaml"))
    assert sorted((name, path) for name, path, _ in LISTED) == found


def test_none_has_a_problem_and_the_numbers_are_right() -> None:
    for _, path, parameters in LISTED:
        assert tfspec.check(ROOT / path) == [], path
        assert f"{tfspec.inspect(ROOT / path).parameters:,}" == parameters, path


@pytest.mark.parametrize("name", ["residual", "network_in_network"])
def test_the_profiles_have_no_problem(name: str) -> None:
    assert tfspec.check(ROOT / "specs" / "tutorials" / f"{name}.yaml", profiles=["cifar10"]) == []
