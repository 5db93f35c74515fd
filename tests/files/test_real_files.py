"""Well-known tables and arrays are read as their owners meant them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfspec.files import FileError, TableFormat, first_text, numbers, read_npz_types, read_table

DATASETS = Path(__file__).parents[2].parent / "shared" / "datasets"
FILES = DATASETS / "files"
MPG = ("mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin", "name")

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the shared data sets are not here")


def test_wine_has_a_byte_order_mark_and_names_with_spaces() -> None:
    table = read_table(FILES / "wine_quality_red" / "winequality-red.csv", TableFormat())
    assert table.names[:2] == ("fixed acidity", "volatile acidity")
    assert len(table.lines) == 1599
    assert all(numbers(column) is not None for column in table.columns.values())


def test_titanic_has_quoted_commas_and_missing_values() -> None:
    table = read_table(FILES / "titanic" / "train.csv", TableFormat())
    assert len(table.lines) == 891
    assert table.columns["Name"][0] == "Braund, Mr. Owen Harris"
    assert table.columns["Age"].count(None) == 177
    assert table.columns["Cabin"].count(None) == 687
    ages = numbers(table.columns["Age"])
    assert ages
    assert ages[:2] == [22.0, 38.0]
    assert numbers(table.columns["Sex"]) is None
    assert first_text(table.columns["Sex"]) == (0, "male")
    assert first_text(table.columns["Ticket"]) == (0, "A/5 21171")


def test_auto_mpg_has_runs_of_blanks_and_quoted_names() -> None:
    table = read_table(FILES / "auto_mpg" / "auto-mpg.data", TableFormat(" ", MPG))
    assert len(table.lines) == 398
    assert table.columns["horsepower"].count(None) == 6
    assert table.columns["name"][0] == "chevrolet chevelle malibu"
    assert all(numbers(table.columns[name]) is not None for name in MPG[:-1])


def test_heart_disease_with_and_without_a_header() -> None:
    with_header = read_table(FILES / "heart_disease" / "heart.csv", TableFormat())
    without = read_table(FILES / "heart_disease" / "processed.cleveland.data", TableFormat(names=with_header.names))
    assert with_header.columns == without.columns
    assert [line - 1 for line in with_header.lines] == without.lines
    assert (with_header.columns["ca"].count(None), with_header.columns["thal"].count(None)) == (4, 2)


def test_penguins_have_na_and_free_text() -> None:
    table = read_table(FILES / "penguins" / "penguins_raw.csv", TableFormat())
    assert len(table.lines) == 344
    assert table.columns["Culmen Length (mm)"].count(None) == 2


def test_messages_have_quotes_that_close_nothing() -> None:
    path = FILES / "sms_spam" / "SMSSpamCollection"
    with pytest.raises(FileError, match="quote"):
        read_table(path, TableFormat("tab", ("label", "text")))
    assert len(read_table(path, TableFormat("tab", ("label", "text"), quotes=False)).lines) == 5574


def test_the_arrays_that_keras_downloads() -> None:
    keras = DATASETS / "keras" / "datasets"
    mnist = read_npz_types(keras / "mnist.npz")
    assert mnist["x_train"] == ((60_000, 28, 28), "uint8")
    assert mnist["y_test"] == ((10_000,), "uint8")
    assert read_npz_types(keras / "boston_housing.npz") == {"x": ((506, 13), "float64"), "y": ((506,), "float64")}
    assert read_npz_types(keras / "imdb.npz")["x_train"] == ((25_000,), "object")
