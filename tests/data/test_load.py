"""A spec's data, divided and assembled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tfspec.analysis import analyze
from tfspec.data import load_splits, problems
from tfspec.diagnostics import Code, SpecError
from tfspec.spec import load

Prepare = Callable[..., Any]
IRIS = {"sklearn": {"dataset": "iris"}}


def problem_of(loaded: Any) -> Any:
    with pytest.raises(SpecError) as caught:
        _ = loaded.splits
    (problem,) = caught.value.problems
    return problem


def test_parts_have_the_types_that_the_feeds_say(prepare: Prepare) -> None:
    loaded = prepare(IRIS, split={"validation": 30, "test": 0.1})
    splits = loaded.splits
    assert [part.rows for part in splits[:3]] == [105, 30, 15]
    assert splits.train.inputs["in"].dtype == np.float32
    assert splits.train.inputs["in"].shape == (105, 4)
    assert splits.train.targets["out"].dtype == np.int64
    assert splits.class_names == {"y": ("setosa", "versicolor", "virginica")}
    assert splits.seed == 7


def test_without_a_split_everything_is_for_training(prepare: Prepare) -> None:
    splits = prepare(IRIS).splits
    assert splits.train.rows == 150
    assert splits.validation is None
    assert splits.test is None


def test_rows_keep_their_labels(prepare: Prepare) -> None:
    splits = prepare(
        {"synthetic": {"shape": [1], "classes": 2, "noise": 0.0}}, split={"validation": 0.3, "test": 0.3}
    ).splits
    centres = {
        float(x): int(y) for x, y in zip(splits.train.inputs["in"][:, 0], splits.train.targets["out"], strict=True)
    }
    assert len(centres) == 2
    for part in splits[1:3]:
        assert [centres[float(x)] for x in part.inputs["in"][:, 0]] == part.targets["out"].tolist()


def test_a_drawn_seed_gives_the_same_split_again(prepare: Prepare) -> None:
    loaded = prepare("synthetic", seed=None, split={"validation": 100})
    first = loaded.splits
    again = load_splits(loaded.spec, loaded.feeds, loaded.root, first.seed)
    assert first.seed != loaded.splits.seed
    assert np.array_equal(first.validation.inputs["in"], again.validation.inputs["in"])
    assert prepare("synthetic", seed=0).splits.seed == 0


def test_one_hot_targets_are_vectors(prepare: Prepare) -> None:
    targets = prepare(IRIS, targets={"one_hot": 4}).splits.train.targets["out"]
    assert targets.dtype == np.float32
    assert targets.shape == (150, 4)
    assert targets.argmax(axis=1).tolist() == [0] * 50 + [1] * 50 + [2] * 50


@pytest.mark.usefixtures("keras_home")
def test_images_stay_bytes_until_they_are_fed(prepare: Prepare) -> None:
    splits = prepare("mnist", split={"validation": 5000}).splits
    assert [part.rows for part in splits[:3]] == [55_000, 5_000, 10_000]
    assert splits.train.inputs["in"].dtype == np.uint8
    assert splits.train.inputs["in"].max() == 255
    assert splits.test.targets["out"].dtype == np.uint8
    problem = problem_of(prepare("mnist", split={"test": 100}))
    assert problem.message == "`mnist` brings 10000 rows to test on, and `split.test` asks for others"


@pytest.mark.usefixtures("keras_home")
def test_word_numbers_stay_whole(prepare: Prepare) -> None:
    loaded = prepare({"reuters": {"num_words": 100, "pad_to": 10}}, split={"validation": 0.1})
    splits = loaded.splits
    assert splits.train.inputs["in"].dtype == np.int32
    assert splits.train.inputs["in"].shape[1:] == (10,)


def test_tables_feed_several_inputs_and_outputs(prepare: Prepare, data_files: Path) -> None:
    splits = prepare(
        {"csv": {"path": "titanic/train.csv", "target": ["Survived", "Embarked"], "missing": "drop"}},
        root=data_files,
        names=(("numbers", "who"), ("alive", "port")),
        inputs={"numbers": ["Age", "Fare"], "who": "Name"},
        targets={"alive": "Survived", "port": {"from": "Embarked", "one_hot": 3}},
        split={"validation": 100},
    ).splits
    assert splits.train.inputs["numbers"].shape == (612, 2)
    assert splits.train.inputs["numbers"].dtype == np.float32
    assert splits.train.inputs["who"][0] == "Braund, Mr. Owen Harris"
    assert splits.train.targets["alive"].dtype == np.int64
    assert splits.train.targets["port"].shape == (612, 3)
    assert splits.class_names == {"Embarked": ("C", "Q", "S")}


@pytest.mark.parametrize(
    ("source", "split", "expected"),
    [
        (IRIS, {"validation": 5000}, ("TS600", "validation", "keeps 5000 for validation of 150 rows")),
        (IRIS, {"test": 0.001}, ("TS600", "test", "is not even one row")),
        (
            {"sklearn": {"dataset": "diabetes"}},
            {"validation": 9, "stratify": True},
            ("TS602", "stratify", "`y` holds amounts"),
        ),
        (
            {"synthetic": {"examples": 6, "classes": 5}},
            {"validation": 2, "test": 2, "stratify": True},
            ("TS603", "stratify", "too few for 3 parts"),
        ),
    ],
)
def test_splits_that_cannot_be(prepare: Prepare, source: Any, split: dict[str, Any], expected: tuple[str, ...]) -> None:
    code, field, message = expected
    problem = problem_of(prepare(source, split=split))
    assert (problem.code, problem.path) == (code, ("data", "split", field))
    assert message in problem.message


def save(root: Path, **arrays: Any) -> dict[str, Any]:
    np.savez(root / "a.npz", **{name: np.asarray(array) for name, array in arrays.items()})
    return {"npz": {"path": "a.npz"}}


def test_values_that_are_no_numbers_are_told_with_their_row(prepare: Prepare, tmp_path: Path) -> None:
    problem = problem_of(prepare(save(tmp_path, x=[[1.0, 2.0], [np.nan, 1.0], [1.0, np.inf]], y=[0, 1, 0])))
    assert (problem.code, problem.message) == ("TS608", "column `x` is not a number (NaN) in row 2; 2 rows are so")
    problem = problem_of(prepare(save(tmp_path, x=[1.0, 2.0], y=[0.0, np.inf])))
    assert problem.message == "label `y` is infinite in row 2"


def test_labels_that_are_no_classes_are_told(prepare: Prepare, tmp_path: Path) -> None:
    problem = problem_of(prepare(save(tmp_path, x=[1.0, 2.0], y=[1, 3]), targets={"one_hot": 3}))
    assert (problem.code, problem.message) == (
        "TS607",
        "label `y` is 3 in row 2, which is not one of the classes 0 to 2",
    )
    problem = problem_of(prepare(save(tmp_path, x=[1.0, 2.0], y=["a", "b"])))
    assert problem.message == "label `y` holds texts, which no model learns"
    problem = problem_of(prepare(save(tmp_path, x=[1.0, 2.0], y=[[1, 0], [0, 1]]), targets={"one_hot": 2}))
    assert "2 numbers in each row" in problem.message


def test_a_test_part_of_the_source_is_used(prepare: Prepare, tmp_path: Path) -> None:
    arrays = {"x_train": np.arange(6.0), "y_train": np.arange(6), "x_test": np.arange(2.0), "y_test": np.array([0, 1])}
    splits = prepare(save(tmp_path, **arrays), split={"validation": 2, "shuffle": False}).splits
    assert splits.test.targets["out"].tolist() == [0, 1]
    assert splits.validation.targets["out"].tolist() == [4, 5]
    assert splits.train.inputs["in"].tolist() == [[0], [1], [2], [3]]


def test_a_file_that_changed_since_the_check_is_told(prepare: Prepare, tmp_path: Path) -> None:
    loaded = prepare(save(tmp_path, x=[1.0, 2.0], y=[0, 1]))
    save(tmp_path, x=[[1.0, 2.0], [3.0, 4.0]], y=[0, 1])
    assert problem_of(loaded).message == "column `x` is (batch, 2) float64, and the check saw (batch) float64"
    (tmp_path / "a.npz").unlink()
    problem = problem_of(loaded)
    assert (problem.code, problem.path) == ("TS604", ("data", "source", "npz", "path"))


def test_problems_point_into_the_text(tmp_path: Path) -> None:
    spec = load(str(problems.BAD_SPLIT.bad))
    feeds = analyze(spec).feeds
    assert feeds is not None
    with pytest.raises(SpecError) as caught:
        load_splits(spec, feeds, tmp_path)
    span = caught.value.problems[0].span
    assert span is not None
    assert (span.line, span.column) == (4, 23)


CODES = [code for code in vars(problems).values() if isinstance(code, Code)]


@pytest.mark.parametrize("code", [code for code in CODES if code.bad], ids=lambda code: code.id)
def test_every_code_is_shown_by_its_bad_spec_and_not_by_its_good_one(code: Code, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    for text, expected in ((code.bad, [code.id]), (code.good, [])):
        spec = load(str(text))
        feeds = analyze(spec).feeds
        assert feeds is not None
        found = []
        try:
            load_splits(spec, feeds, tmp_path)
        except SpecError as error:
            found = [problem.code for problem in error.problems]
        assert found == expected


def test_codes_are_of_this_room_and_used_once() -> None:
    ids = [code.id for code in CODES]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("TS6") for id_ in ids)
