"""Tables: what is a row, what is a number, and what is told of files that are none."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfspec.files import FileError, Table, TableFormat, first_text, numbers, read_npz_types, read_table

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: str | bytes) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def refused(path: Path, form: TableFormat = TableFormat()) -> FileError:  # noqa: B008 - a value
    with pytest.raises(FileError) as caught:
        read_table(path, form)
    return caught.value


FIELDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(FIELDS, min_size=n, max_size=n), min_size=2, max_size=6))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from([",", ";", "tab", "|"]), st.booleans())
def test_what_csv_writes_is_read(write: Write, rows: list[list[str]], separator: str, mark: bool) -> None:  # noqa: FBT001 - drawn
    width = len(rows[0])
    names = tuple(f"c{i}" for i in range(width))
    out = io.StringIO()
    delimiter = "\t" if separator == "tab" else separator
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    path = write(("\ufeff" if mark else "") + out.getvalue())
    kept = [row for row in rows if width > 1 or not row[0].isspace()]
    if not kept:
        return
    table = read_table(path, TableFormat(separator, missing=("",)))
    assert table.names == names
    back = [[text or "" for text in row] for row in zip(*table.columns.values(), strict=True)]
    assert back == [[text if text.strip() else "" for text in row] for row in kept]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60) | st.text(alphabet='a1,"\n\r \t;', max_size=40).map(str.encode),
    st.sampled_from([",", " ", "tab", "::"]),
)
def test_any_bytes_are_a_table_or_refused(write: Write, data: bytes, separator: str) -> None:
    try:
        table = read_table(write(data), TableFormat(separator))
    except FileError as error:
        assert "table.csv`" in str(error)  # noqa: PT017 - refusing is one of two right answers
    else:
        assert table.names == tuple(table.columns)
        assert all(len(column) == len(table.lines) for column in table.columns.values())
        assert table.lines == sorted(table.lines)


def test_columns_and_lines(write: Write) -> None:
    table = read_table(write(' a ,"b, c",d\r\n\r\n1,"x\ny",?\n2,NA,"say ""hi"""\n  \n3, ? ,z'), TableFormat())
    assert table == Table(
        names=("a", "b, c", "d"),
        columns={"a": ["1", "2", "3"], "b, c": ["x\ny", None, None], "d": [None, 'say "hi"', "z"]},
        lines=[3, 5, 7],
    )


def test_names_that_are_given(write: Write) -> None:
    table = read_table(write("1,2\n3,4\n"), TableFormat(names=("a", " b ")))
    assert table.columns == {"a": ["1", "3"], "b": ["2", "4"]}
    assert table.lines == [1, 2]


def test_white_space_separates(write: Write) -> None:
    table = read_table(write('\n  1.0   ?\t"a ""b"" c"  \n2 3 d"e\n'), TableFormat(" ", ("x", "y", "z")))
    assert table.columns == {"x": ["1.0", "2"], "y": [None, "3"], "z": ['a "b" c', 'd"e']}
    assert table.lines == [2, 3]


def test_a_long_separator(write: Write) -> None:
    table = read_table(write('a::b\n1::"2\n'), TableFormat("::"))
    assert table.columns == {"a": ["1"], "b": ['"2']}


def test_quotes_can_be_text(write: Write) -> None:
    path = write('ham\t"no end\nspam\ta b\n')
    assert "never closed" in str(refused(path, TableFormat("tab", ("l", "t"))))
    table = read_table(path, TableFormat("tab", ("l", "t"), quotes=False))
    assert table.columns["t"] == ['"no end', "a b"]


def test_what_is_missing_can_be_said(write: Write) -> None:
    table = read_table(write("a,b\n-999,\n?,NA\n"), TableFormat(missing=("-999",)))
    assert table.columns == {"a": [None, "?"], "b": ["", "NA"]}


def test_the_first_rows(write: Write) -> None:
    path = write("a\n1\n2\n3\n\xff")
    assert read_table(path, TableFormat(), max_rows=2).columns == {"a": ["1", "2"]}
    assert read_table(path, TableFormat(), max_rows=0).names == ("a",)
    assert read_table(write("a,b\n"), TableFormat(), max_rows=0).columns == {"a": [], "b": []}


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("", "is empty", None),
        ("\n\n", "is empty", None),
        ("a,b\n", "no rows below its header", None),
        ("a, a\n1,2\n", "the name `a`", 1),
        ("a,b\n1,2\n1,2,3\n", "line 3 of .* has 3 fields, but its header has 2", 3),
        ('a,b\n"x\ny",2\n1\n', "line 4 of .* has 1 fields, but its header has 2", 4),
        (b"a,b\n1,\xe9\n", "line 2 of .* is not UTF-8: it holds the byte 0xE9", 2),
        (b"a,b\n1,\x00\n", "line 2 of .* zero byte", 2),
        ("a\n1\n".encode("utf-16"), "is UTF-16 text", 1),
        (b"\x1f\x8b\x08", "is a gzip archive", 1),
        (b"PAR1", "is a Parquet file", 1),
        ('a,b\n1,"x\n2,y\n', "line 2 of .* opens a quote that is never closed", 2),
        ('a,b\n1,"x"y\n', "line 2 of .* text after a closing quote", 2),
        ("a,b\r1,2\r", "line 1 of .* carriage return", 1),
        ('a,b\n1,"' + "x" * 200_000 + '"\n', "line 2 of .* 131,072", 2),
    ],
)
def test_what_is_refused(write: Write, content: str | bytes, message: str, line: int | None) -> None:
    error = refused(write(content))
    assert (error.line, error.message) == (line, str(error))
    with pytest.raises(FileError, match=message):
        raise error


def test_names_that_do_not_fit(write: Write) -> None:
    error = refused(write("1,2,3\n"), TableFormat(names=("a", "b")))
    assert "2 names are given, but line 1" in str(error)
    assert refused(write("1,2\n"), TableFormat(names=("a", "a"))).line is None
    assert "the names given are 2" in str(refused(write("1,2\n1\n"), TableFormat(names=("a", "b"))))


@pytest.mark.parametrize("separator", ["", "\n", '"'])
def test_separators_that_cannot_be(write: Write, separator: str) -> None:
    assert "cannot be separated" in str(refused(write("a,b\n1,2\n"), TableFormat(separator)))


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert "does not exist" in str(refused(tmp_path / "none.csv"))
    assert "is a folder" in str(refused(tmp_path))
    assert "cannot be read" in str(refused(Path("a\0b")))


def test_numbers() -> None:
    assert numbers(["1", " 2.5 ", "1e-3", None, "-7"]) == [1.0, 2.5, 1e-3, None, -7.0]
    assert numbers([None]) == [None]
    assert numbers([]) == []
    assert numbers(["1", "x"]) is None
    assert numbers(["1_000"]) is None


def test_first_text() -> None:
    assert first_text(["1", None, "male", "x"]) == (2, "male")
    assert first_text(["1", None, "2"]) is None


@given(st.lists(st.floats(allow_nan=False) | st.none()))
def test_numbers_come_back(values: list[float | None]) -> None:
    assert numbers([None if value is None else repr(value) for value in values]) == values


@given(st.lists(st.text(max_size=5) | st.none()))
def test_a_column_is_numbers_or_has_a_text(column: list[str | None]) -> None:
    assert (numbers(column) is None) == (first_text(column) is not None)


def test_a_pipe_is_no_file_to_wait_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for read in (lambda path: read_table(path, TableFormat()), read_npz_types):
        with pytest.raises(FileError, match="is a pipe or a device"):
            read(tmp_path / "pipe")
