"""Lengths against Python's own arithmetic: whatever is computed with names is what numbers give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tfspec.tensors import Dim, Length, add, differ, is_below, multiply, product, settled, show_shape
from tfspec.tensors.bounds import greatest, least
from tfspec.tensors.dims import LONGEST

NAMES = ("time", "width", "t2")
SIZES: Any = st.fixed_dictionaries({name: st.one_of(st.integers(1, 5), st.integers(1, 1000)) for name in NAMES})

T, W = Length("time"), Length("width")


def _grown(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    number = st.integers(1, 12)
    return st.one_of(
        st.builds("({} {} {})".format, smaller, st.sampled_from("+-*"), smaller),
        st.builds("({} {} {})".format, smaller, st.sampled_from("+-*"), number),
        st.builds("({} {} {})".format, number, st.sampled_from("+-*"), smaller),
        st.builds("({} {} {})".format, smaller, st.sampled_from(("//", "%")), number),
    )


EXPRESSIONS = st.recursive(st.sampled_from(NAMES), _grown, max_leaves=7)
"""Arithmetic on names, as Python writes it."""


def _length(expression: str) -> int | Length:
    result: int | Length = eval(expression, {}, {name: Length(name) for name in NAMES})  # noqa: S307 - made above
    return result


def _number(expression: object, sizes: dict[str, int]) -> int:
    return int(eval(str(expression), {}, dict(sizes)))  # noqa: S307 - made above


@given(expression=EXPRESSIONS, sizes=SIZES)
@example("-(time // 2)", {"time": 3, "width": 1, "t2": 1})
@example("5 - time // 2 * width", {"time": 3, "width": 2, "t2": 1})
def test_shown_and_kept_as_python_computes(expression: str, sizes: dict[str, int]) -> None:
    assert _number(_length(expression), sizes) == _number(expression, sizes)


@given(first=EXPRESSIONS, second=EXPRESSIONS, sizes=SIZES)
def test_equal_lengths_are_equal_numbers(first: str, second: str, sizes: dict[str, int]) -> None:
    one, other = _length(first), _length(second)
    if one == other:
        assert hash(one) == hash(other)
        assert str(one) == str(other)
        assert _number(first, sizes) == _number(second, sizes)
    if differ(one, other):
        assert one != other
        assert _number(first, sizes) != _number(second, sizes)


@given(expression=EXPRESSIONS, sizes=SIZES)
def test_bounds_hold(expression: str, sizes: dict[str, int]) -> None:
    length = _length(expression)
    assert least(length) <= _number(expression, sizes) <= greatest(length)


@given(expression=EXPRESSIONS, sizes=SIZES, bound=st.integers(-20, 20))
def test_what_is_below_is_below(expression: str, sizes: dict[str, int], bound: int) -> None:
    if is_below(_length(expression), bound):
        assert _number(expression, sizes) < bound


@given(a=EXPRESSIONS, b=EXPRESSIONS, c=EXPRESSIONS)
def test_laws_of_sums_and_products(a: str, b: str, c: str) -> None:
    one, two, three = map(_length, (a, b, c))
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one * two == two * one
    assert one * (two + three) == one * two + one * three
    assert one - one == 0


@given(a=EXPRESSIONS, k=st.integers(1, 9), r=st.integers(-30, 30))
def test_laws_of_floors(a: str, k: int, r: int) -> None:
    length = _length(a)
    assert (k * length + r) // k == length + r // k
    assert (k * length) // k * k == k * length
    assert (length + r * k) // k == length // k + r
    assert length // k * k + length % k == length


@given(k=st.integers(1, 9), m=st.integers(1, 9), r=st.integers(-30, 30))
def test_floors_of_floors_are_one(k: int, m: int, r: int) -> None:
    assert (T // k) // m == T // (k * m)
    assert ((T + r) // k + r) // m == (T + r + r * k) // (k * m)


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (T - 2, "time - 2"),
        ((T - 3) // 2 + 1, "(time - 1) // 2"),
        ((T - 1) // 2 + 1, "(time + 1) // 2"),
        (((T - 1) // 2 + 1 - 1) // 2 + 1, "(time + 3) // 4"),
        (T // 512 + 1, "time // 512 + 1"),
        (2 * T + W, "2 * time + width"),
        (T * W * 3, "3 * time * width"),
        ((T // 2) * W, "(time // 2) * width"),
        (5 - T, "-time + 5"),
        ((2 * T + 1) % 2, "1"),
        (2 * T // 2 - T, "0"),
    ],
)
def test_shown(length: object, shown: str) -> None:
    assert str(length) == shown


@pytest.mark.parametrize(
    ("a", "b"),
    [(T, T + 1), (2 * T, 2 * W + 1), (T, (T - 1) // 2), (5, T + 7), (5, 4 * T), (T, 2 * T), (T * W + 1, T), (4, 5)],
)
def test_never_equal(a: Dim, b: Dim) -> None:
    assert differ(a, b)
    assert differ(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [(T, W), (T, 5), (T, None), (T, 2 * W), (T, T), (T, T * W), (T // 2, T // 3), (T // 2 + 1, T)]
)
def test_may_be_equal(a: Dim, b: Dim) -> None:
    assert not differ(a, b)


def test_bounds_are_found() -> None:
    assert least(T * T - T) == 0
    assert least((T - 1) // 2) == 0
    assert greatest(5 - T) == 4
    assert is_below(5 - T, 5)
    assert not is_below(5 - T, 4)
    assert not is_below(None, 4)


def test_names_are_told_apart() -> None:
    assert Length("time") == T
    assert T != W
    assert {T: 1}[Length("time")] == 1
    assert T != 1


def test_only_numbers_of_1_or_more_divide() -> None:
    with pytest.raises(ValueError, match="not by 0"):
        T // 0


@given(st.lists(st.one_of(st.none(), st.integers(0, 9), EXPRESSIONS.map(_length)), max_size=5))
def test_sums_and_products_of_dims(dims: list[Dim]) -> None:
    if None in dims:
        assert add(*dims) is None
        assert product(dims) is None
    else:
        assume(all(dim == settled(dim) for dim in dims))
        known = [dim for dim in dims if dim is not None]
        assert add(*dims) in (sum(known), None)


def test_what_has_grown_too_long_is_unknown() -> None:
    names = [Length(f"name_of_axis_{i}") for i in range(LONGEST)]
    assert add(*names) is None
    assert multiply(*(name + 1 for name in names)) is None
    assert product([T, W, 3]) == 3 * T * W


def test_shapes_show_names() -> None:
    assert show_shape((None, T, 2 * W + 1, None, 3)) == "(batch, time, 2 * width + 1, ?, 3)"
