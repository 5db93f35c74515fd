"""Did you mean."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.diagnostics import did_you_mean, nearest, one_of

LAYERS = ["Dense", "Dropout", "Conv2D", "Conv3D", "BatchNormalization", "MaxPooling2D", "relu", "glorot_uniform"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("dense", "Dense"),
        ("Dens", "Dense"),
        ("batch_normalization", "BatchNormalization"),
        ("batch-normalization", "BatchNormalization"),
        ("GlorotUniform", "glorot_uniform"),
        ("Conv2d", "Conv2D"),
        ("Droput", "Dropout"),
        ("MaxPool2D", "MaxPooling2D"),
        ("Transformer", None),
        ("", None),
    ],
)
def test_nearest(word: str, found: str | None) -> None:
    assert nearest(word, LAYERS) == found
    assert did_you_mean(word, LAYERS) == (f"did you mean `{found}`?" if found else None)


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=5))
def test_what_is_found_is_known(word: str, known: list[str]) -> None:
    found = nearest(word, known)
    assert found is None or found in known
    if word in known:
        assert found is not None


def test_of_two_that_are_as_near_the_one_in_the_same_case_is_named() -> None:
    known = ["MeanSquaredError", "mean_squared_error"]
    assert nearest("mean_squared_erro", known) == "mean_squared_error"
    assert nearest("MeanSquaredErro", known) == "MeanSquaredError"


@pytest.mark.parametrize("number", [3, 77, 2999])
@pytest.mark.parametrize("wrong", ["layr_number_{}", "layer_number{}", "LAYER_NUMBER_{}", "ayer_number_{}"])
def test_it_is_found_among_thousands(number: int, wrong: str) -> None:
    known = [f"layer_number_{each}" for each in range(3000)]
    assert nearest(wrong.format(number), known) == f"layer_number_{number}"


@pytest.mark.parametrize("known", [3000, 150])
def test_thousands_of_wrong_words_take_no_machine(known: int) -> None:
    words = [f"layer_number_{number}" for number in range(known)]
    began = time.process_time()
    for number in range(2000):
        nearest(f"laier_nomber_{number}x", words)
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "`a`"), (["a", "b"], "`a` or `b`"), (["a", "b", "c"], "`a`, `b` or `c`")],
)
def test_one_of(words: list[str], sentence: str) -> None:
    assert one_of(words) == sentence
    assert one_of(words, "and") == sentence.replace(" or ", " and ")
