"""Rows from files that are given at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tfspec.data import Part, load_part
from tfspec.diagnostics import SpecError

Prepare = Callable[..., Any]
TABLE = "size,age,text,price,kind\n1,2,hello,3.5,b\n2,3,world,4.5,a\n3,4,,5.5,b\n"


@pytest.fixture
def house(prepare: Prepare, tmp_path: Path) -> Any:
    """A model of two numbers that learns a price."""
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return prepare({"csv": {"path": "t.csv", "target": "price", "columns": ["size", "age"]}})


@pytest.fixture
def kind(prepare: Prepare, tmp_path: Path) -> Any:
    """A model of a text and two numbers that learns a class."""
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return prepare(
        {"csv": {"path": "t.csv", "target": "kind"}},
        names=(("text", "numbers"), ("out",)),
        inputs={"text": "text", "numbers": ["size", "age"]},
    )


def part_of(loaded: Any, name: str, content: str | dict[str, Any], **arguments: Any) -> Part:
    path = loaded.root / name
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    elif path.suffix == ".npy":
        np.save(path, *content.values())
    else:
        np.savez(path, **content)
    return load_part(path, loaded.spec, loaded.feeds, **arguments)


def mistake(loaded: Any, name: str, content: Any, **arguments: Any) -> Any:
    with pytest.raises(SpecError) as caught:
        part_of(loaded, name, content, **arguments)
    return caught.value.problems[0]


def test_a_table_with_and_without_targets(house: Any) -> None:
    part = part_of(house, "rows.csv", "age,more,size\n2,x,1\n")
    assert part.inputs["in"].tolist() == [[1, 2]]
    assert part.targets == {}
    part = part_of(house, "rows.csv", "age,size,price\n2,1,9\n", need_targets=True)
    assert part.targets["out"].tolist() == [9]
    assert part.targets["out"].dtype == np.float32


def test_texts_and_class_names(kind: Any) -> None:
    part = part_of(kind, "rows.csv", "age,text,size,kind\n2,,1,b\n2,hi,1,a\n")
    assert part.inputs["text"].tolist() == ["", "hi"]
    assert part.targets["out"].tolist() == [1, 0]
    lines = [{"age": 2, "size": 1, "text": "hi", "kind": "a"}, {"age": 2, "size": 1.5, "text": "ho", "kind": "b"}]
    part = part_of(kind, "rows.jsonl", "\n".join(map(json.dumps, lines)))
    assert part.inputs["numbers"].tolist() == [[1, 2], [1.5, 2]]
    assert part.targets["out"].tolist() == [0, 1]
    assert "`c` in row 1, which is no class" in mistake(kind, "r.csv", "age,text,size,kind\n2,,1,c\n").message


def test_arrays_and_lists(house: Any, prepare: Prepare) -> None:
    assert part_of(house, "r.npz", {"size": np.arange(3), "age": np.arange(3)}).rows == 3
    assert part_of(house, "r.jsonl", "[1, 2]\n\n[3, 4]\n").inputs["in"].tolist() == [[1, 2], [3, 4]]
    loaded = prepare({"synthetic": {"shape": [2, 2]}})
    assert part_of(loaded, "r.npy", {"": np.zeros((5, 2, 2))}).inputs["in"].dtype == np.float32
    assert part_of(loaded, "r.jsonl", "[[1, 2], [3, 4]]").inputs["in"].tolist() == [[[1, 2], [3, 4]]]
    part = part_of(loaded, "r.npz", {"x_test": np.zeros((5, 2, 2)), "y_test": np.ones(5)})
    assert part.targets["out"].dtype == np.int64


def test_a_table_stands_for_one_array_of_its_columns(prepare: Prepare) -> None:
    loaded = prepare({"sklearn": {"dataset": "iris"}})
    part = part_of(loaded, "r.csv", "a,b,y,c,d\n1,2,0,3,4\n")
    assert part.inputs["in"].tolist() == [[1, 2, 3, 4]]
    assert part_of(loaded, "r.csv", "a,b,y,c,d\n1,2,virginica,3,4\n").targets["out"].tolist() == [2]
    problem = mistake(loaded, "r.csv", "a,b,y,c\n1,2,0,3\n")
    assert problem.message.endswith("has no column `x`")
    assert "(batch, 4) float64" in problem.help


def test_word_numbers_are_padded_as_in_training(prepare: Prepare) -> None:
    pytest.importorskip("keras", reason="Keras is not installed")
    loaded = prepare({"imdb": {"num_words": 50, "pad_to": 4}})
    part = part_of(loaded, "r.jsonl", "[1, 5]\n[1, 2, 3, 4, 5, 6]\n")
    assert part.inputs["in"].tolist() == [[0, 0, 1, 5], [3, 4, 5, 6]]
    assert part.inputs["in"].dtype == np.int32


def test_rows_without_a_value_are_dropped_only_to_evaluate(prepare: Prepare, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,y\n1,2\n2,5\n", encoding="utf-8")
    loaded = prepare({"csv": {"path": "t.csv", "target": "y", "missing": "drop"}})
    assert part_of(loaded, "r.csv", "a,y\n1,2\n,3\n", need_targets=True).rows == 1
    assert "has no value for `a`" in mistake(loaded, "r.csv", "a,y\n1,2\n,3\n").message


def test_names_given_in_the_spec_may_leave_out_the_target(prepare: Prepare, tmp_path: Path) -> None:
    (tmp_path / "t.data").write_text("1 2 3\n4 5 6\n", encoding="utf-8")
    source = {"csv": {"path": "t.data", "names": ["a", "b", "y"], "separator": " ", "target": "y"}}
    loaded = prepare(source)
    assert part_of(loaded, "r.data", "7  8\n").inputs["in"].tolist() == [[7, 8]]
    assert part_of(loaded, "r.data", "7  8 9\n").targets["out"].tolist() == [9]


@pytest.mark.parametrize(
    ("name", "content", "message", "advice"),
    [
        ("r.csv", "age\n1\n", "has no column `size`", "it has `age`"),
        ("r.csv", "age,sise\n1,2\n", "has no column `size`", "did you mean `sise`?"),
        ("r.csv", "age,size\n1,big\n", "must hold numbers, not `big` in line 2", ""),
        ("r.csv", "age,size\n1,2,3\n", "line 2 of", "separator"),
        ("r.csv", "", "is empty", ""),
        ("r.jsonl", "", "lacks the feature `size`", ""),
        ("r.jsonl", "{age: 1}\n", "line 1 of `r.jsonl` is no JSON", "one value on each line"),
        ("r.jsonl", '{"age": 1, "size": 2}\n{"age": 1}\n', "row 2 of `r.jsonl` has no `size`, and others have", ""),
        ("r.jsonl", '{"age": 1, "size": [2]}\n{"age": 1, "size": 2}', "`size` in `r.jsonl` is not of one shape", ""),
        ("r.jsonl", '{"age": 1, "size": null}\n', "`size` is null in row 1", ""),
        ("r.jsonl", '{"age": 1, "size": NaN}\n', "column `size` is not a number (NaN) in row 1", ""),
        ("r.jsonl", "[1, 2, 3]\n", "line 1 of `r.jsonl` is a list of 3, and the model takes 2 features", "object"),
        (
            "r.jsonl",
            '{"age": 1, "size": "big"}\n',
            "`size` in `r.jsonl` holds texts, and the model was trained on numbers",
            "",
        ),
        ("r.npz", {"age": np.zeros(3)}, "`r.npz` lacks the feature `size`", ""),
        ("r.npz", {"age": np.zeros(3), "size": np.zeros(2)}, "have different numbers of rows: `size` 2, `age` 3", ""),
        (
            "r.npz",
            {"age": np.zeros(3), "size": np.zeros((3, 2))},
            "`size` in `r.npz` is (batch, 2), and the model was trained on (batch)",
            "",
        ),
        ("r.npz", "no archive", "is no .npz file", ""),
        ("r.xlsx", "", "rows are not read from files of the kind `.xlsx`", "`.csv`"),
    ],
)
def test_files_that_hold_no_rows_for_the_model(house: Any, name: str, content: Any, message: str, advice: str) -> None:
    problem = mistake(house, name, content)
    assert problem.code in ("TS610", "TS608")
    assert message in problem.message.replace(f"{house.root}/", "")
    assert advice in (problem.help or "")


def test_a_file_that_is_not_there_and_targets_that_are_not(house: Any) -> None:
    with pytest.raises(SpecError, match="there is no file"):
        load_part(house.root / "nowhere.csv", house.spec, house.feeds)
    assert "lacks the label `price`" in mistake(house, "r.csv", "age,size\n1,2\n", need_targets=True).message


def test_class_numbers_must_be_classes(prepare: Prepare) -> None:
    loaded = prepare({"sklearn": {"dataset": "iris"}})
    problem = mistake(loaded, "r.csv", "a,b,y,c,d\n1,2,3,3,4\n")
    assert problem.message == "label `y` is 3 in row 1, which is not one of the classes 0 to 2"
    assert "r.csv" in problem.notes[0]
    assert "numbers with fractions" in mistake(loaded, "r.csv", "a,b,y,c,d\n1,2,0.5,3,4\n").message
