"""Pairing two sequences: in order, equal items, as many as can be, and in bounds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tfspec.analysis.pairing import MOST_EDITS, align

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def longest(left: list[str], right: list[str]) -> int:
    """The length of the longest common row, by the table of all beginnings."""
    row = [0] * (len(right) + 1)
    for item in left:
        above = row
        row = [0]
        for index, other in enumerate(right):
            row.append(above[index] + 1 if item == other else max(above[index + 1], row[index]))
    return row[-1]


@given(WORDS, WORDS)
def test_the_most_in_order(left: list[str], right: list[str]) -> None:
    pairs = align(left, right)
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert len(pairs) == longest(left, right)
    assert len(align(right, left)) == len(pairs)


def test_where_too_much_is_different_items_are_counted_off() -> None:
    size = 10 * MOST_EDITS
    left, right = [str(index) for index in range(size)], [str(index) for index in reversed(range(size))]
    assert sorted(align(left, right)) == [(index, size - 1 - index) for index in range(size)]
    assert align(left, ["a"] * size) == []
    assert len(align(["a", "b"] * size, ["b", "a"] * size)) == 2 * size - 1
