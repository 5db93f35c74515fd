"""Sources of arrays in files of NumPy's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tfspec.catalogue import make_thing
from tfspec.catalogue.sources.source import Facts, Source
from tfspec.files import FileError


def facts_of(root: Path, arrays: dict[str, Any], **arguments: Any) -> Facts:
    np.savez(root / "a.npz", **{name: np.asarray(array) for name, array in arrays.items()})
    facts = make_thing(Source, {"npz": {"path": "a.npz", **arguments}}).facts(root)
    assert facts is not None
    return facts


def test_x_and_y_are_features_and_labels(tmp_path: Path) -> None:
    arrays = {"x": np.zeros((5, 2, 3)), "y": np.zeros(5, np.int32), "note": "words", "other": np.zeros(7)}
    facts = facts_of(tmp_path, arrays)
    assert (facts.features, facts.labels, facts.rows, facts.test_rows) == (("x",), ("y",), 5, None)
    assert facts.columns["x"].type == ((None, 2, 3), "float64")
    assert facts.columns["y"] == (((None,), "int32"), None, None)
    assert set(facts.columns) == {"x", "y"}


def test_arrays_to_test_on_are_known_by_their_names(tmp_path: Path) -> None:
    arrays = {"x_train": np.zeros((5, 2)), "y_train": np.zeros(5), "x_test": np.zeros((3, 2)), "y_test": np.zeros(3)}
    facts = facts_of(tmp_path, arrays)
    assert (set(facts.columns), facts.rows, facts.test_rows) == ({"x", "y"}, 5, 3)
    del arrays["y_test"]
    with pytest.raises(FileError, match="has `y_train`, and no `y_test` beside it"):
        facts_of(tmp_path, arrays)


def test_other_arrays_are_columns_by_their_own_names(tmp_path: Path) -> None:
    arrays = {"age": np.zeros(4), "city": np.array(["a", "bb", "c", "d"]), "price": np.zeros(4)}
    facts = facts_of(tmp_path, arrays, labels="price")
    assert (facts.features, facts.labels) == (("age", "city"), ("price",))
    assert facts.columns["city"].type.dtype == "string"
    with pytest.raises(FileError, match="has no array `prise`") as caught:
        facts_of(tmp_path, arrays, labels="prise")
    assert caught.value.help == "did you mean `price`?"


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": np.zeros(3), "y": np.zeros(4)}, "`x` has 3, and `y` 4"),
        ({"x": 3.0, "y": np.zeros(4)}, "`x` in `a.npz` is a single value"),
        ({"x": np.zeros(3, complex)}, "holds `complex128`, which no model takes"),
        ({"x": np.zeros((0, 3))}, "holds no examples"),
    ],
)
def test_arrays_that_no_model_can_take(tmp_path: Path, arrays: dict[str, Any], message: str) -> None:
    with pytest.raises(FileError, match=message):
        facts_of(tmp_path, arrays)
