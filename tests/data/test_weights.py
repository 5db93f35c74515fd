"""Weights of classes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.data import class_weights
from tfspec.diagnostics import SpecError


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_balanced_weights_are_those_of_scikit_learn(labels: list[int]) -> None:
    sklearn = pytest.importorskip("sklearn.utils.class_weight", reason="scikit-learn is not installed")
    present = np.unique(labels)
    expected = dict(zip(present, sklearn.compute_class_weight("balanced", classes=present, y=labels), strict=True))
    found = class_weights(np.array(labels), "balanced")
    assert list(found) == list(range(max(labels) + 1))
    assert found == {index: pytest.approx(expected.get(index, 1.0)) for index in found}


def test_targets_may_stand_in_columns_or_be_one_hot() -> None:
    labels = np.array([0, 0, 2])
    expected = {0: 0.75, 1: 1.0, 2: 1.5}
    for targets in (labels, labels[:, None], labels.astype(np.float32), np.eye(3)[labels]):
        assert class_weights(targets, "balanced") == expected


def test_classes_without_a_weight_of_their_own_count_1() -> None:
    assert class_weights(np.array([0, 1, 2]), {1: 5.0}) == {0: 1.0, 1: 5.0, 2: 1.0}
    assert class_weights(np.array([0, 1]), {3: 2.0}) == {0: 1.0, 1: 1.0, 2: 1.0, 3: 2.0}


@pytest.mark.parametrize("targets", [[0.5, 1.0], [-1, 1], [10**9, 0], ["a", "b"]])
def test_amounts_have_no_classes(targets: list[object]) -> None:
    with pytest.raises(SpecError, match="TS602"):
        class_weights(np.array(targets), "balanced")
