"""A name that is given twice: it is told, nothing follows from it, and nobody follows it in a circle."""

from __future__ import annotations

from typing import Any

import pytest

import tfspec

DROPOUT = {"Dropout": {"rate": 0.1, "name": "a"}}
NUMBERS = {"Hashing": {"num_bins": 4, "name": "a"}}
EMBEDDING = {"Embedding": {"input_dim": 4, "output_dim": 2, "name": "a"}}
FUNCTIONAL = {"inputs": {"x": {"shape": [4]}}}


@pytest.mark.parametrize(
    "model",
    [
        {"sequential": {"input": {"shape": [4]}, "layers": ["ELU", DROPOUT, DROPOUT]}},
        {"functional": {**FUNCTIONAL, "layers": [{"Dropout": {"rate": 0.1, "name": "x"}}]}},
        {"functional": {**FUNCTIONAL, "layers": [DROPOUT], "outputs": {"x": "a"}}},
        {"sequential": {"input": {"shape": [4]}, "layers": [NUMBERS, EMBEDDING, {"AlphaDropout": {"rate": 0.1}}]}},
    ],
    ids=["of a layer", "of an input", "of an output", "of what cannot be taken"],
)
def test_it_is_all_that_is_told(model: dict[str, Any]) -> None:
    problems = tfspec.check({"tfspec": 1, "model": model, "compile": {"loss": "mse"}})
    assert [problem.code for problem in problems] == ["TS301"]


def test_what_it_gives_is_not_that_of_the_other() -> None:
    layers = [{"Dense": {"units": 1, "name": "a"}}, {"Dense": {"units": 3, "activation": "softmax", "name": "a"}}]
    model = {"sequential": {"input": {"shape": [4]}, "layers": layers}}
    problems = tfspec.check({"tfspec": 1, "model": model, "compile": {"loss": "categorical_crossentropy"}})
    assert [problem.code for problem in problems] == ["TS301"]
