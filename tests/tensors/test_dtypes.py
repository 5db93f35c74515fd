"""Dtypes of what is made of several tensors, as Keras reckons them."""

from __future__ import annotations

from itertools import product
from typing import Any

from tfspec.tensors import promoted

DTYPES = (
    *("bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("bfloat16", "float16", "float32", "float64"),
)


def test_promotes_like_keras(keras: Any) -> None:
    for first, second in product(DTYPES, repeat=2):
        theirs = keras.backend.result_type(first, second)
        assert promoted(first, second) == theirs, (first, second)


def test_promotes_several_from_the_left() -> None:
    assert promoted("bool", "int32", "float16") == "float16"
    assert promoted("uint8", "int8") == "int16"
