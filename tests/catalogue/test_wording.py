"""Values and types in plain words: what is shown of a value reads as that value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.catalogue.wording import show_value, show_yaml, type_words
from tfspec.diagnostics import Text
from tfspec.source import load_tree

LETTERS = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])
WORDS = st.text(LETTERS, max_size=8) | st.sampled_from(["null", "Yes", "1e3", ".nan", "~", "a: b", "- a", "x" * 100])
PLAIN = st.none() | st.booleans() | st.integers(-999, 999) | st.floats(allow_nan=False, allow_infinity=False) | WORDS
KEYS = st.text("abcdefgh_", min_size=1, max_size=60)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3))

MARK = {"minimum": 1, "type": "integer"}


@given(VALUES)
def test_what_is_shown_reads_as_the_value(value: Any) -> None:
    for shown in (f"x: {show_value(value)}", show_yaml({"x": value})):
        assert load_tree(Text("x.yaml", shown)).data == {"x": value}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"exclusiveMinimum": 0, "type": "integer"}, "a whole number from 1 on"),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 1, "type": "number"}, "a number above 0 and below 1"),
        ({"minimum": 0, "maximum": 1, "type": "number"}, "a number from 0 to 1"),
        ({"anyOf": [{"enum": ["valid", "same"]}, {"type": "null"}]}, "`valid`, `same` or null"),
        (
            {"anyOf": [MARK, {"type": "array", "items": MARK, "minItems": 2, "maxItems": 2}]},
            "a whole number from 1 on or a list of 2 of them",
        ),
        ({"type": "array", "items": {"type": "number"}}, "a list of numbers"),
        (
            {"type": "array", "items": {"anyOf": [MARK, {"type": "null"}]}},
            "a list of (a whole number from 1 on or null)",
        ),
        ({"x-family": "activation"}, "an activation"),
        ({"type": "array", "items": {"x-family": "step"}}, "a list of layers"),
        ({}, "any value"),
    ],
)
def test_types_in_words(schema: dict[str, Any], words: str) -> None:
    assert type_words(schema) == words
