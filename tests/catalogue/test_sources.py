"""Data sources: what is known of them before they are loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tfspec.catalogue import declarations, field_texts, make_thing, thing_to_data
from tfspec.catalogue.sources.source import Facts, Source
from tfspec.catalogue.sources.tables import Csv
from tfspec.files import FileError
from tfspec.tensors import TensorType

FILES = Path(__file__).parents[2].parent / "shared" / "datasets" / "files"
MPG = ("mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin", "name")
HEART = (
    "age",
    "sex",
    "cp",
    "trestbps",
    "chol",
    "fbs",
    "restecg",
    "thalach",
    "exang",
    "oldpeak",
    "slope",
    "ca",
    "thal",
    "num",
)
NUMBER, CLASS, TEXT = (TensorType((None,), dtype) for dtype in ("float32", "int64", "string"))


def facts_of(value: Any, root: Path = FILES) -> Facts:
    facts = make_thing(Source, value).facts(root)
    assert facts is not None
    return facts


def table(tmp_path: Path, text: str, **arguments: Any) -> Facts:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    return facts_of({"csv": {"path": "t.csv", **arguments}}, tmp_path)


def refused(tmp_path: Path, text: str, **arguments: Any) -> FileError:
    with pytest.raises(FileError) as caught:
        table(tmp_path, text, **arguments)
    return caught.value


needs_files = pytest.mark.skipif(not FILES.is_dir(), reason=f"the small data files are not at {FILES}")


def test_every_field_of_every_source_is_described() -> None:
    for cls in declarations("source"):
        assert set(field_texts(cls)) == set(cls.model_fields), cls


def test_facts_need_no_numpy(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,x\n2,y\n", encoding="utf-8")
    program = f"""
import sys
from pathlib import Path
from tfspec.catalogue import make_thing
from tfspec.catalogue.sources.source import Source
for value in ("imdb", "synthetic", {{"sklearn": {{"dataset": "iris"}}}}, {{"csv": {{"path": "t.csv", "target": "b"}}}}):
    make_thing(Source, value).facts(Path({str(tmp_path)!r}))
assert not {{"numpy", "keras", "sklearn", "tensorflow"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@needs_files
@pytest.mark.parametrize(
    ("arguments", "features", "labels", "rows", "names"),
    [
        (
            {"path": "iris/iris-data.csv", "target": "class"},
            4,
            CLASS,
            150,
            ("Iris-setosa", "Iris-versicolor", "Iris-virginica"),
        ),
        (
            {"path": "penguins/penguins.csv", "target": "species", "missing": "drop"},
            5,
            CLASS,
            342,
            ("Adelie", "Chinstrap", "Gentoo"),
        ),
        (
            {"path": "penguins/penguins.csv", "target": "species", "columns": "year"},
            1,
            CLASS,
            344,
            ("Adelie", "Chinstrap", "Gentoo"),
        ),
        ({"path": "wine_quality_red/winequality-red.csv", "target": "quality"}, 11, NUMBER, 1599, ()),
        (
            {"path": "titanic/train.csv", "target": "Survived", "columns": ["Pclass", "SibSp", "Parch", "Fare"]},
            4,
            CLASS,
            891,
            (),
        ),
        ({"path": "titanic/train.csv", "target": "Survived", "missing": "drop"}, 6, CLASS, 714, ()),
        ({"path": "titanic/train.csv", "target": "Survived", "columns": "Name"}, 1, CLASS, 891, ()),
        ({"path": "heart_disease/heart.csv", "target": "num", "missing": "drop"}, 13, NUMBER, 297, ()),
        (
            {
                "path": "heart_disease/processed.cleveland.data",
                "target": "num",
                "names": list(HEART),
                "missing": "drop",
            },
            13,
            NUMBER,
            297,
            (),
        ),
        (
            {
                "path": "heart_disease/heart.csv",
                "target": "num",
                "names": list(HEART),
                "header": True,
                "missing": "drop",
            },
            13,
            NUMBER,
            297,
            (),
        ),
        (
            {
                "path": "auto_mpg/auto-mpg.data",
                "target": "mpg",
                "separator": " ",
                "names": list(MPG),
                "missing": "drop",
            },
            7,
            NUMBER,
            392,
            (),
        ),
        (
            {"path": "seattle_weather/seattle-weather.csv", "target": "weather"},
            4,
            CLASS,
            1461,
            ("drizzle", "fog", "rain", "snow", "sun"),
        ),
        (
            {"path": "bike_sharing/day.csv", "target": ["casual", "registered"], "columns": ["temp", "hum"]},
            2,
            NUMBER,
            731,
            (),
        ),
        (
            {
                "path": "sms_spam/SMSSpamCollection",
                "target": "kind",
                "names": ["kind", "text"],
                "separator": "tab",
                "quotes": False,
            },
            0,
            CLASS,
            5574,
            ("ham", "spam"),
        ),
    ],
    ids=lambda value: value["path"] if isinstance(value, dict) else None,
)
def test_real_tables(
    arguments: dict[str, Any], features: int, labels: TensorType, rows: int | None, names: tuple[str, ...]
) -> None:
    facts = facts_of({"csv": arguments})
    assert len(facts.features) == features
    assert {facts.columns[name].type for name in facts.labels} == {labels}
    assert facts.rows == rows
    assert facts.class_names == names
    assert facts.test_rows is None


@needs_files
@pytest.mark.parametrize(
    ("arguments", "message", "advice"),
    [
        (
            {"path": "penguins/penguins.csv", "target": "species"},
            "line 5 of .* has no value for `bill_length_mm`; 2 rows lack one",
            "missing: drop",
        ),
        ({"path": "penguins/penguins.csv", "target": "specie"}, "has no column `specie`", "did you mean `species`?"),
        (
            {"path": "titanic/train.csv", "target": "Survived", "columns": ["Sex", "Age"]},
            "`Sex` .* holds texts, such as `male` in line 2",
            "data.inputs",
        ),
        (
            {"path": "heart_disease/heart.csv", "target": "num", "missing_values": []},
            "`ca` .* holds numbers, but `\\?` in line 168 and 3 more",
            "missing_values",
        ),
        ({"path": "nowhere.csv"}, "does not exist", "folder"),
    ],
)
def test_real_tables_that_are_not_what_is_said(arguments: dict[str, Any], message: str, advice: str) -> None:
    with pytest.raises(FileError, match=message) as caught:
        facts_of({"csv": arguments})
    assert advice in str(caught.value.help)


def test_texts_are_no_features_but_can_feed_an_input_of_their_own(tmp_path: Path) -> None:
    facts = table(tmp_path, "a,text,y\n1,hello,0\n2,,1\n", target="y")
    assert facts.features == ("a",)
    assert facts.columns["text"].type == TEXT
    assert facts.rows == 2


def test_whole_numbers_from_0_on_are_classes(tmp_path: Path) -> None:
    for labels, classes in (("010", 2), ("0122", 3), ("111", None), ("0002", None), ("123", None)):
        text = "a,y\n" + "".join(f"1,{label}\n" for label in labels)
        column = table(tmp_path, text, target="y").columns["y"]
        assert column.classes == classes
        assert column.type == (CLASS if classes else NUMBER)


def test_of_a_large_file_only_the_first_rows_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tfspec.catalogue.sources.tables.WHOLE_FILE", 10)
    monkeypatch.setattr("tfspec.catalogue.sources.tables.SAMPLE", 3)
    facts = table(tmp_path, "a,y,z\n" + "1,b,0\n2,a,1\n" * 4, target=["y", "z"])
    assert facts.rows is None
    assert facts.columns["y"] == (CLASS, None, None)
    assert facts.columns["z"] == (CLASS, None, None)
    assert facts.class_names == ()


def test_rows_that_are_all_incomplete_are_told(tmp_path: Path) -> None:
    error = refused(tmp_path, "a,b,y\n1,,0\n,1,1\n", target="y", missing="drop")
    assert "no row of `t.csv` has a value in every column" in error.message
    assert refused(tmp_path, "a,y\n1,0\n,1\n", target="y").line == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"path": "t.csv", "target": "a", "columns": ["a", "b"]},
            "`a` is the target and cannot be among the `columns`",
        ),
        ({"path": "t.csv", "header": False}, "needs `names`"),
        ({"path": "t.csv", "columns": []}, "a name, or a list of names"),
        ({"path": "t.csv", "target": ["a", "a"]}, "a list of different names"),
        ({"path": ""}, "at least 1 character"),
    ],
)
def test_arguments_that_do_not_go_together(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make_thing(Source, {"csv": arguments})
    (mistake,) = caught.value.errors()
    assert message in str(mistake["ctx"].get("expected", mistake["msg"]))


def test_names_are_written_as_they_are_shortest() -> None:
    for value in ({"csv": {"path": "a", "target": "b"}}, {"csv": {"path": "a", "target": ["b", "c"]}}):
        assert thing_to_data(make_thing(Source, value)) == value
    assert isinstance(make_thing(Source, {"csv": {"path": "a", "target": ["b"]}}), Csv)


def test_synthetic_words_need_a_word_for_each_class() -> None:
    with pytest.raises(ValidationError, match="3 classes cannot each have a number of their own"):
        make_thing(Source, {"synthetic": {"classes": 3, "highest": 2}})
