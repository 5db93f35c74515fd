"""Unquoted scalars follow the core schema of YAML 1.2."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.source.scalars import NumberTooLarge, resolve

CASES = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "FALSE": False,
    "0": 0,
    "-19": -19,
    "+12": 12,
    "012": 12,
    "0o17": 15,
    "0x1F": 31,
    "0xff": 255,
    "1e-3": 1e-3,
    "1E5": 1e5,
    ".5": 0.5,
    "-.5": -0.5,
    "5.": 5.0,
    "12e03": 12000.0,
    "-2E+05": -2e5,
    ".inf": math.inf,
    "-.Inf": -math.inf,
    "+.INF": math.inf,
}
TEXTS = [
    *("yes", "no", "on", "off", "y", "n", "Yes", "NO", "nULL", "tRUE", "none", "None", "nan", "inf", "-inf"),
    *(
        "12:30",
        "1:2:3",
        "2024-01-01",
        "2024-01-01T10:00:00Z",
        "1_000",
        "0b11",
        "0o8",
        "0xg",
        "-0x1F",
        "+0o7",
        "1e",
        "e5",
    ),
    *(".", "-", "+", "..5", "1.2.3", "1e5.0", "0o", "0x", "--1", "relu", "${x}", "\u0661", "1 ", "<<", "="),
]


@pytest.mark.parametrize(("text", "value"), CASES.items())
def test_values(text: str, value: object) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    value = resolve(text)
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "text", ["9" * 5000, "-" + "9" * 251, "0x" + "f" * 300, "0o" + "7" * 5000, "1e400", "0." + "1" * 9999]
)
def test_numbers_that_nothing_could_hold(text: str) -> None:
    with pytest.raises(NumberTooLarge):
        resolve(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_come_back(value: float) -> None:
    found = resolve(repr(value))
    assert isinstance(found, float)
    assert found == value


@given(st.integers())
def test_whole_numbers_come_back(value: int) -> None:
    assert resolve(str(value)) == value


@given(st.text(max_size=30) | st.text(alphabet="0123456789eE+-._xoabn:", max_size=12))
def test_any_text_is_resolved_to_itself_or_to_a_number(text: str) -> None:
    try:
        value = resolve(text)
    except NumberTooLarge:
        return
    if isinstance(value, str):
        assert value == text
    if isinstance(value, int) and not isinstance(value, bool):
        float(value)
