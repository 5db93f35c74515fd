"""What an expression can call, and what it can reckon, within bounds."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, ne, sub, truediv
from typing import Any, Final, TypeAlias

from .limits import MAX_DEPTH, MAX_LENGTH, MAX_NUMBER

Value: TypeAlias = Any
"""What an expression reckons with: a number, a text, a truth value, nothing, a list or a mapping of those."""


class Refused(Exception):  # noqa: N818 - it says what happened
    """A calculation that is not done; the message completes "the expression …"."""


def kind_of(value: Value) -> str:
    """What a value is, in words."""
    if value is None:
        return "nothing"
    for types, word in (
        (bool, "a truth value"),
        ((int, float), "a number"),
        (str, "a text"),
        ((list, tuple), "a list"),
        (dict, "a mapping"),
    ):
        if isinstance(value, types):
            return word
    return "a value"


def is_number(value: Value) -> bool:
    """Whether a value is a number; a truth value is none here."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_whole(value: Value) -> bool:
    """Whether a value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def bounded(value: Value) -> Value:
    """The value, where it is small enough."""
    if isinstance(value, int) and abs(value) >= MAX_NUMBER:
        raise Refused(f"makes a number of more than {len(str(MAX_NUMBER)) - 1} digits")
    if isinstance(value, float) and not math.isfinite(value):
        raise Refused("makes a number that is not finite")
    if size_of(value) > MAX_LENGTH:
        what = "a text" if isinstance(value, str) else "a list"
        raise Refused(f"makes {what} of more than {MAX_LENGTH:,} {'characters' if what == 'a text' else 'values'}")
    return value


def size_of(value: Value, depth: int = 0) -> int:
    """Characters of a text, values in a list or mapping; it stops counting soon after the bound."""
    if isinstance(value, str):
        return len(value)
    if not isinstance(value, (list, tuple, dict)):
        return 1
    if depth > MAX_DEPTH:
        raise Refused(f"reckons with lists more than {MAX_DEPTH} deep inside one another")
    total = 1
    for item in value.values() if isinstance(value, dict) else value:
        total += size_of(item, depth + 1)
        if total > MAX_LENGTH:
            break
    return total


def power(base: Value, exponent: Value) -> Value:
    """`base ** exponent`, refused before it becomes too large."""
    if not base and exponent < 0:
        raise Refused("divides by zero")
    if base and abs(exponent) * max(math.log10(abs(base)), 0) >= len(str(MAX_NUMBER)):
        raise Refused(f"makes a number of more than {len(str(MAX_NUMBER)) - 1} digits")
    result = base**exponent
    if isinstance(result, complex):
        raise Refused("takes a root of a negative number")
    return result


def divided(by: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A division, refused by zero."""

    def divide(a: Value, b: Value) -> Value:
        if b == 0:
            raise Refused("divides by zero")
        return by(a, b)

    return divide


OPERATIONS: Final[dict[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]]] = {
    ast.Add: ("+", add),
    ast.Sub: ("-", sub),
    ast.Mult: ("*", mul),
    ast.Div: ("/", divided(truediv)),
    ast.FloorDiv: ("//", divided(floordiv)),
    ast.Mod: ("%", divided(mod)),
    ast.Pow: ("**", power),
}

COMPARISONS: Final[dict[type[ast.cmpop], tuple[str, Callable[[Any, Any], bool]]]] = {
    ast.Eq: ("==", eq),
    ast.NotEq: ("!=", ne),
    ast.Lt: ("<", lt),
    ast.LtE: ("<=", le),
    ast.Gt: (">", gt),
    ast.GtE: (">=", ge),
}


def operate(sign: str, operation: Callable[[Any, Any], Any], a: Value, b: Value) -> Value:
    """What an operator gives for two values: numbers, or texts and lists where Python joins and repeats them."""
    try:
        if is_number(a) and is_number(b):
            return operation(a, b)
        if sign == "+" and kind_of(a) == kind_of(b) and isinstance(a, (str, list)):
            return a + b
        if sign == "*" and is_whole(b) and isinstance(a, (str, list)):
            return repeated(a, b)
        if sign == "*" and is_whole(a) and isinstance(b, (str, list)):
            return repeated(b, a)
    except OverflowError:
        raise Refused("makes a number that is too large") from None
    raise Refused(f"cannot take `{sign}` of {kind_of(a)} and {kind_of(b)}")


def repeated(value: str | list[Value], times: int) -> Value:
    """A text or a list several times over, refused before it becomes too long."""
    if size_of(value) * max(times, 0) > MAX_LENGTH:
        raise Refused(f"makes more than {MAX_LENGTH:,} characters or values")
    return value * max(times, 0)


def compared(sign: str, comparison: Callable[[Any, Any], bool], a: Value, b: Value) -> bool:
    """Whether a comparison holds; only numbers with numbers and texts with texts have an order."""
    if (
        sign not in ("==", "!=")
        and not (is_number(a) and is_number(b))
        and not (isinstance(a, str) and isinstance(b, str))
    ):
        raise Refused(f"cannot compare {kind_of(a)} with {kind_of(b)}")
    return comparison(a, b)


def contains(value: Value, item: Value) -> bool:
    """Whether a list, a mapping or a text holds an item."""
    if isinstance(value, str) and isinstance(item, str):
        return item in value
    if isinstance(value, (list, dict)) and not (isinstance(value, dict) and isinstance(item, (list, dict))):
        return item in value
    raise Refused(f"cannot look for {kind_of(item)} in {kind_of(value)}")


def _range(*bounds: Value) -> list[int]:
    if not all(map(is_whole, bounds)):
        raise Refused("makes a range of something else than whole numbers")
    if len(bounds) > 2 and bounds[2] == 0:  # noqa: PLR2004 - the step is the third
        raise Refused("makes a range with a step of zero")
    numbers = range(*bounds)[: MAX_LENGTH + 1]  # the length of a whole range may be more than `len` can say
    if len(numbers) > MAX_LENGTH:
        raise Refused(f"makes a range of more than {MAX_LENGTH:,} numbers")
    return list(numbers)


def _extreme(choose: Callable[..., Any], *values: Value) -> Value:
    items = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
    if not items:
        raise Refused("takes the least or greatest of nothing")
    if not (all(map(is_number, items)) or all(isinstance(item, str) for item in items)):
        raise Refused("takes the least or greatest of values that have no order")
    return choose(items)


def _sum(values: Value) -> Value:
    if not isinstance(values, list) or not all(map(is_number, values)):
        raise Refused("adds up something else than a list of numbers")
    return sum(values)


def _length(value: Value) -> int:
    if not isinstance(value, (str, list, dict)):
        raise Refused(f"asks for the length of {kind_of(value)}")
    return len(value)


def _round(number: Value, digits: Value = None) -> Value:
    if not is_number(number) or not (digits is None or (is_whole(digits) and abs(digits) < len(str(MAX_NUMBER)))):
        raise Refused("rounds something else than a number to a number of digits")
    if not math.isfinite(number):
        raise Refused("rounds a number that is not finite")
    return round(number, digits)


def _abs(number: Value) -> Value:
    if not is_number(number):
        raise Refused(f"takes the size of {kind_of(number)}")
    return abs(number)


def _int(value: Value) -> int:
    if isinstance(value, (int, float, str)):
        try:
            return int(value)
        except (ValueError, OverflowError):
            pass
    raise Refused(f"makes a whole number of {shown(value)}")


def _float(value: Value) -> float:
    if isinstance(value, (int, float, str)):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise Refused(f"makes a number of {shown(value)}")


def text_of(value: Value) -> str:
    """A value as it stands inside a text."""
    if isinstance(value, (list, tuple, dict)):
        raise Refused(f"puts {kind_of(value)} into a text")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def shown(value: Value) -> str:
    """A value as messages show it."""
    return f"`{value if not isinstance(value, (bool, type(None))) else text_of(value)}`"[:80]


FUNCTIONS: Final[dict[str, tuple[Callable[..., Any], int, int | None]]] = {
    "min": (lambda *values: _extreme(min, *values), 1, None),
    "max": (lambda *values: _extreme(max, *values), 1, None),
    "sum": (_sum, 1, 1),
    "len": (_length, 1, 1),
    "abs": (_abs, 1, 1),
    "round": (_round, 1, 2),
    "int": (_int, 1, 1),
    "float": (_float, 1, 1),
    "str": (text_of, 1, 1),
    "range": (_range, 1, 3),
}
"""The functions that can be called, each with how many arguments it takes: at least, and at most."""
