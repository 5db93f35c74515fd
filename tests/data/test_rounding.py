"""Sharing out rows by class and part."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tfspec.data.rounding import share_out


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Rows by class, and rows by part, of the same number."""
    classes = draw(st.lists(st.integers(0, 40), min_size=1, max_size=8).filter(any))
    rows = sum(classes)
    cuts = sorted(draw(st.lists(st.integers(0, rows), max_size=3)))
    return classes, [end - start for start, end in zip([0, *cuts], [*cuts, rows], strict=True)]


@given(tables())
def test_rows_are_shared_out_within_one_of_their_proportion(table: tuple[list[int], list[int]]) -> None:
    classes, parts = (np.array(sizes) for sizes in table)
    shares = share_out(classes, parts)
    assert (shares >= 0).all()
    assert shares.sum(axis=1).tolist() == classes.tolist()
    assert shares.sum(axis=0).tolist() == parts.tolist()
    assert (abs(shares - np.multiply.outer(classes, parts) / classes.sum()) < 1).all()


def test_a_row_is_moved_through_a_third_part_where_no_class_can_move_it_straight() -> None:
    classes, parts = np.array([1, 1, 2]), np.array([2, 1, 1])
    assert share_out(classes, parts).sum(axis=0).tolist() == [2, 1, 1]
