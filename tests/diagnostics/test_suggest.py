"""Did you mean."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "`a`"), (["a", "b"], "`a` or `b`"), (["a", "b", "c"], "`a`, `b` or `c`")],
)
def test_one_of(words: list[str], sentence: str) -> None:
    assert one_of(words) == sentence
    assert one_of(words, "and") == sentence.replace(" or ", " and ")
