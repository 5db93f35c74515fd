"""What tfspec says of a spec that nobody wrote is what Keras does with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import tfspec
from tfspec.diagnostics import has_errors
from tfspec.testing import cases_first, cases_in, show, specs
from tfspec.testing.search import disagreements

FOUND = Path(__file__).parents[1] / "testing" / "found"
CASES = cases_in(FOUND)
pytestmark = [
    pytest.mark.usefixtures("keras"),
    pytest.mark.filterwarnings("ignore"),  # what Keras warns of is no other answer
]


@cases_first(FOUND)
@given(specs())
def test_keras_does_what_is_said(spec: dict[str, Any]) -> None:
    show(spec)
    assert disagreements(spec) == []


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_is_mended(name: str) -> None:
    assert has_errors(tfspec.check(CASES[name])) or disagreements(CASES[name]) == []


def test_another_answer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from tfspec.catalogue.layers.core import Dense

    spec = {"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": [{"Dense": {"units": 3}}]}}}
    assert disagreements(spec) == []
    monkeypatch.setattr(Dense, "output_type", lambda self, x: x.with_last(self.units + 1))
    assert {found.what for found in disagreements(spec)} == {"shape of output `dense`", "shape of result 0 of `dense`"}
