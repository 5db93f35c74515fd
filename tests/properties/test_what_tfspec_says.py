"""What tfspec says of a spec that nobody wrote is what Keras does with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tfspec
from tfspec.diagnostics import has_errors
from tfspec.testing import cases_in, show, specs, varied
from tfspec.testing.search import disagreements

FOUND = Path(__file__).parents[1] / "testing" / "found"
CASES = cases_in(FOUND)
pytestmark = [
    pytest.mark.usefixtures("keras"),
    pytest.mark.filterwarnings("ignore"),  # what Keras warns of is no other answer
]


@varied(100, spec=specs())
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
    expected = {"shape of output `dense`", "shape of result 0 of Dense `dense`"}
    assert {found.what for found in disagreements(spec)} == expected


def test_a_lost_argument_is_noticed(keras: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    layers = [{"Dense": {"units": 3, "activation": "relu"}}]
    spec = {"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": layers}}}
    assert disagreements(spec) == []
    monkeypatch.setattr("tfspec.backends.keras.objects._activation", lambda *_: keras.activations.linear)
    assert [found.what for found in disagreements(spec)] == ["argument activation of Dense `dense`"]


def test_wrong_totals_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from tfspec.analysis.summary import Summary

    spec = {"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["BatchNormalization"]}}}
    assert disagreements(spec) == []
    monkeypatch.setattr(Summary, "trainable_parameters", Summary.parameters)
    assert [found.what for found in disagreements(spec)] == ["trainable parameters"]
