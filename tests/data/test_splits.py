"""Dividing rows into parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.data.splits import Rows, split_rows
from tfspec.diagnostics import Refusal
from tfspec.spec import Split


def divide(rows: int, classes: Any = None, seed: int = 0, **split: Any) -> Rows:
    return split_rows(rows, Split.model_validate(split), np.random.default_rng(seed), classes)


def parts_of(found: Rows) -> list[list[int]]:
    return [part.tolist() for part in found if part is not None]


@st.composite
def splits(draw: st.DrawFn) -> tuple[int, dict[str, Any]]:
    """A number of rows, and a split that leaves some to train on."""
    rows = draw(st.integers(3, 300))
    validation = draw(st.integers(1, rows - 2))
    test = draw(st.integers(1, rows - validation - 1))
    amounts = {"validation": validation, "test": test, "shuffle": draw(st.booleans())}
    return rows, {key: amounts[key] for key in draw(st.sets(st.sampled_from(sorted(amounts))))}


@given(splits(), st.integers(0, 2**32 - 1))
def test_every_row_is_in_one_part_and_the_sizes_are_exact(case: tuple[int, dict[str, Any]], seed: int) -> None:
    rows, split = case
    found = divide(rows, seed=seed, **split)
    assert sorted(row for part in parts_of(found) for row in part) == list(range(rows))
    for name in ("validation", "test"):
        part = getattr(found, name)
        assert (part is None) == (name not in split)
        assert part is None or len(part) == split[name]


@given(splits(), st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_split(case: tuple[int, dict[str, Any]], seed: int) -> None:
    rows, split = case
    assert parts_of(divide(rows, seed=seed, **split)) == parts_of(divide(rows, seed=seed, **split))


def test_other_seeds_give_other_splits() -> None:
    assert parts_of(divide(1000, seed=1, test=100)) != parts_of(divide(1000, seed=2, test=100))


@given(
    st.lists(st.integers(3, 30), min_size=1, max_size=6),
    st.floats(0.05, 0.3),
    st.sampled_from([True, False]),
    st.randoms(),
)
def test_stratified_parts_have_the_classes_in_proportion(
    counts: list[int],
    share: float,
    shuffle: bool,  # noqa: FBT001 - drawn
    random: Any,
) -> None:
    classes = [index * 7 for index, count in enumerate(counts) for _ in range(count)]
    random.shuffle(classes)
    rows = len(classes)
    if round(share * rows) < 1:
        return
    labels = np.array(classes)
    found = divide(rows, labels, validation=share, test=share, shuffle=shuffle, stratify=True)
    assert sorted(row for part in parts_of(found) for row in part) == list(range(rows))
    for part in parts_of(found):
        for index, count in enumerate(counts):
            assert abs(np.count_nonzero(labels[part] == index * 7) - count * len(part) / rows) < 1


def test_fractions_are_of_all_rows() -> None:
    found = divide(1000, validation=0.1, test=0.1)
    assert [len(part) for part in found if part is not None] == [800, 100, 100]


def test_without_shuffling_the_last_rows_are_kept() -> None:
    found = divide(10, validation=2, test=3, shuffle=False)
    assert parts_of(found) == [[0, 1, 2, 3, 4], [5, 6], [7, 8, 9]]


@pytest.mark.parametrize(
    ("rows", "split", "field", "message"),
    [
        (150, {"validation": 5000}, "validation", "keeps 5000 for validation of 150 rows, and leaves none to train on"),
        (10, {"validation": 5, "test": 5}, "validation", "keeps 5 for validation and 5 for testing of 10 rows"),
        (10, {"validation": 4, "test": 6}, "test", "leaves none to train on"),
        (150, {"test": 0.001}, "test", "`test: 0.001` of 150 rows is not even one row"),
        (1, {"validation": 0.9}, "validation", "keeps 1 for validation of 1 row, and leaves none to train on"),
    ],
)
def test_parts_without_rows_are_refused(rows: int, split: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(Refusal) as caught:
        divide(rows, **split)
    assert caught.value.field == field
    assert message in caught.value.message


def test_classes_that_cannot_be_in_every_part_are_refused() -> None:
    with pytest.raises(Refusal, match="class 4 has 1 row, too few for 3 parts; 1 more of its classes"):
        divide(7, np.array([0, 0, 0, 4, 5, 5, 0]), validation=1, test=1, stratify=True)
