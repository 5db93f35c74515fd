"""What an unquoted YAML scalar stands for: the core schema of YAML 1.2.2, section 10.3.2.

PyYAML's own resolver follows YAML 1.1, where `1e-3` is text, `no` is false, `12:30` is 750
and `2024-01-01` is a date.
"""

from __future__ import annotations

import re
from math import isinf

from .limits import MAX_DIGITS
from .tree import Scalar

WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
DECIMAL = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
FIRST = frozenset("0123456789+-.")


class NumberTooLarge(ValueError):  # noqa: N818 - it says what happened, as Python's own KeyError's kin do
    """A number that is longer, or larger, than anything that follows could hold."""


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar.

    Raises:
        NumberTooLarge: it is a number of more than `MAX_DIGITS` characters, or overflows a float.
    """
    if text[:1] not in FIRST:
        return WORDS.get(text, text)
    if DECIMAL.fullmatch(text):
        return int(_bounded(text))
    if FLOAT.fullmatch(text):
        return _finite(_bounded(text))
    if OCTAL.fullmatch(text):
        return int(_bounded(text), 0)
    if HEXADECIMAL.fullmatch(text):
        return int(_bounded(text), 0)
    return WORDS.get(text, text)


def json_number(text: str) -> int | float:
    """The value of a JSON number; the same bounds hold.

    Raises:
        NumberTooLarge: it is too long, or overflows a float.
    """
    return int(_bounded(text)) if DECIMAL.fullmatch(text) else _finite(_bounded(text))


def _bounded(text: str) -> str:
    if len(text) > MAX_DIGITS:
        raise NumberTooLarge(f"a number of {len(text)} characters is longer than the {MAX_DIGITS} that are read")
    return text


def _finite(text: str) -> float:
    value = float(text)
    if isinf(value):
        raise NumberTooLarge(f"the number `{text}` is larger than a float can hold")
    return value
