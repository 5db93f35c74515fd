"""Data sets by name: what is known of them is what is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tfspec.catalogue import make_thing
from tfspec.catalogue.sources.source import Source
from tfspec.data import load_columns
from tfspec.data.checks import dtype_name
from tfspec.diagnostics import SpecError

ROOT = Path()
KERAS = [
    "mnist",
    "fashion_mnist",
    "boston_housing",
    {"boston_housing": {"test_split": 0.5, "seed": 3}},
    {"boston_housing": {"test_split": 0.0}},
    "california_housing",
    {"california_housing": {"version": "small"}},
    {"imdb": {"num_words": 500, "pad_to": 20}},
    {"imdb": {"num_words": 3, "pad_to": 5, "oov_char": 9, "padding": "post", "truncating": "post"}},
    {"imdb": {"pad_to": 200}},
    {"imdb": {"index_from": 0, "start_char": None, "oov_char": None, "pad_to": 9}},
    {"reuters": {}},
    {"reuters": {"num_words": 1000, "skip_top": 20, "pad_to": 50, "test_split": 0.3, "seed": 1}},
    {"reuters": {"num_words": 1_000_000, "start_char": 40_000, "pad_to": 2376}},
]
MADE = [
    *({"sklearn": {"dataset": name}} for name in ("digits", "breast_cancer", "iris", "wine", "diabetes")),
    "synthetic",
    {"synthetic": {"examples": 50, "shape": [4, 4, 3], "classes": None}},
    {"synthetic": {"examples": 3000, "shape": [30], "classes": 3, "highest": 11}},
    {"synthetic": {"examples": 10, "shape": [5], "classes": None, "highest": 1}},
    {"synthetic": {"classes": 4, "highest": 4, "noise": 0.0}},
]


def check_facts(value: Any) -> None:
    """Whether each fact of a source is true of its arrays."""
    source = make_thing(Source, value)
    facts = source.facts(ROOT)
    assert facts is not None
    columns = load_columns(source, ROOT, 5)
    assert (columns.test is None) == (facts.test_rows is None)
    for part, rows in ((columns.train, facts.rows), (columns.test, facts.test_rows)):
        for name, array in (part or {}).items():
            column = facts.columns[name]
            assert len(array) == rows
            assert dtype_name(array) == column.type.dtype
            assert all(known in (None, size) for known, size in zip(column.type.shape, array.shape, strict=True))
    for name, column in facts.columns.items():
        values = np.concatenate([part[name] for part in (columns.train, columns.test) if part])
        if column.highest is not None:  # a bound: cutting texts may cut off the rarest word
            assert 0.99 * column.highest <= values.max() <= column.highest
        assert column.classes is None or set(np.unique(values)) == set(range(column.classes))
    assert facts.class_names == columns.class_names.get("y", ())
    assert len(facts.class_names) in (0, facts.columns["y"].classes)


@pytest.mark.usefixtures("keras_home")
@pytest.mark.parametrize("value", KERAS, ids=str)
def test_facts_of_keras_data_sets_are_true(value: Any) -> None:
    check_facts(value)


@pytest.mark.parametrize("value", MADE, ids=str)
def test_facts_of_other_sources_are_true(value: Any) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    check_facts(value)


def test_cifar_is_as_keras_documents_it() -> None:
    for value, classes in (("cifar10", 10), ("cifar100", 100), ({"cifar100": {"label_mode": "coarse"}}, 20)):
        facts = make_thing(Source, value).facts(ROOT)
        assert facts is not None
        assert facts.columns["x"].type == ((None, 32, 32, 3), "uint8")
        assert facts.columns["y"].type == ((None, 1), "uint8")
        assert (facts.columns["y"].classes, facts.rows, facts.test_rows) == (classes, 50_000, 10_000)


def test_class_names_are_those_of_the_libraries() -> None:
    keras = pytest.importorskip("keras", reason="Keras is not installed")
    facts = make_thing(Source, "reuters").facts(ROOT)
    assert facts is not None
    assert facts.class_names == tuple(keras.datasets.reuters.get_label_names())
    sklearn = pytest.importorskip("sklearn.datasets", reason="scikit-learn is not installed")
    for name in ("iris", "wine", "breast_cancer", "digits"):
        facts = make_thing(Source, {"sklearn": {"dataset": name}}).facts(ROOT)
        assert facts is not None
        assert facts.class_names == tuple(map(str, getattr(sklearn, f"load_{name}")().target_names))


@pytest.mark.usefixtures("keras_home")
def test_long_texts_can_be_left_out() -> None:
    source = make_thing(Source, {"reuters": {"maxlen": 30, "num_words": 100}})
    facts = source.facts(ROOT)
    assert facts is not None
    assert facts.rows is None
    x = load_columns(source, ROOT, 0).train["x"]
    assert x.shape[1] < 30
    with pytest.raises(SpecError, match=r"TS606.*Increase maxlen"):
        load_columns(make_thing(Source, {"imdb": {"maxlen": 1}}), ROOT, 0)


def test_a_data_set_that_cannot_be_had_names_the_file_and_the_folder(
    keras_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keras.src.backend import config

    def refuse(*_: object, **__: object) -> None:
        raise OSError("there is no network")

    monkeypatch.setattr(config, "_KERAS_DIR", str(tmp_path))
    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", refuse)
    for word, file in (("mnist", "mnist.npz"), ("cifar10", "cifar-10-batches-py-target_archive")):
        with pytest.raises(SpecError) as caught:
            load_columns(make_thing(Source, word), ROOT, 0)
        (problem,) = caught.value.problems
        assert problem.code == "TS605"
        assert f"`{tmp_path / 'datasets' / file}`" in str(problem.help)
        assert "there is no network" in problem.notes[0]
    assert keras_home.is_dir()


def test_made_up_examples_follow_their_seed() -> None:
    def x(value: Any, seed: int) -> Any:
        return load_columns(make_thing(Source, value), ROOT, seed).train["x"]

    own = {"synthetic": {"seed": 3}}
    assert np.array_equal(x("synthetic", 1), x("synthetic", 1))
    assert not np.array_equal(x("synthetic", 1), x("synthetic", 2))
    assert np.array_equal(x(own, 1), x(own, 2))


def test_made_up_examples_can_be_learnt() -> None:
    linear = pytest.importorskip("sklearn.linear_model", reason="scikit-learn is not installed")
    columns = load_columns(make_thing(Source, {"synthetic": {"classes": 3}}), ROOT, 0).train
    assert linear.LogisticRegression().fit(columns["x"], columns["y"]).score(columns["x"], columns["y"]) > 0.95
    columns = load_columns(make_thing(Source, {"synthetic": {"classes": None}}), ROOT, 0).train
    assert linear.LinearRegression().fit(columns["x"], columns["y"]).score(columns["x"], columns["y"]) > 0.95
    words = load_columns(make_thing(Source, {"synthetic": {"classes": 3, "highest": 30, "noise": 0.0}}), ROOT, 0).train
    assert np.array_equal((words["x"][:, 0] - 1) % 3, words["y"])
