"""A table in a text file: its columns, as the text that stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .error import FileError, shown
from .lines import read_lines

MISSING = ("", "?", "NA", "N/A", "NaN", "nan", "null", "None")
FIELD = re.compile(r'"((?:[^"]|"")*)"(?!\S)|(\S+)')
"""A field between white space: quoted text, or anything without a blank in it."""


class TableFormat(NamedTuple):
    """How a table is written.

    `separator` is the text between two fields: one character, `"tab"`, a longer text such as
    `"::"`, or `" "` for any run of white space. `names` are the columns' names; None means
    that the first line holds them. A field whose text is one of `missing` has no value.
    `quotes` says whether double quotes may enclose a field, as they do in CSV (RFC 4180); a
    longer separator knows no quotes.
    """

    separator: str = ","
    names: tuple[str, ...] | None = None
    missing: tuple[str, ...] = MISSING
    quotes: bool = True


class Table(NamedTuple):
    """Columns of equal length, by name; None stands for a value that is missing."""

    names: tuple[str, ...]
    columns: dict[str, list[str | None]]
    lines: list[int]
    """The line of the file on which each row begins, counted from 1."""


class _Row(NamedTuple):
    line: int
    fields: list[str]


def read_table(path: Path, format: TableFormat, *, max_rows: int | None = None) -> Table:  # noqa: A002 - it says it best
    """The rows of a table, or its first `max_rows`; blank lines are no rows.

    With `max_rows=0` only the names are read.

    Raises:
        FileError: the file cannot be read, is no text, or its rows are not all of one length.
    """
    rows = _split(path, format)
    first = next(rows, None)
    if first is None:
        raise FileError(f"{shown(path)} is empty")
    names = _names(path, format, first)
    _refuse_duplicates(path, names, None if format.names is not None else first.line)
    kept: list[list[str]] = []
    lines: list[int] = []
    if format.names is None:
        first = next(rows, None)
        if first is None and max_rows != 0:
            raise FileError(f"{shown(path)} has no rows below its header", help="the first line holds the names")
    while first and (max_rows is None or len(kept) < max_rows):
        if len(first.fields) != len(names):
            raise _uneven(path, format, first, len(names))
        kept.append(first.fields)
        lines.append(first.line)
        first = next(rows, None)
    return Table(names, _columns(names, kept, frozenset(format.missing)), lines)


def numbers(column: Sequence[str | None]) -> list[float | None] | None:
    """The column as numbers, missing values as None; None where some value is no number."""
    try:
        return [None if text is None else _number(text) for text in column]
    except ValueError:
        return None


def first_text(column: Sequence[str | None]) -> tuple[int, str] | None:
    """Position and text of the first value that is no number, or None."""
    for index, text in enumerate(column):
        if text is not None and numbers([text]) is None:
            return index, text
    return None


def _number(text: str) -> float:
    if "_" in text:  # Python's own notation for thousands, which no data file means
        raise ValueError(text)
    return float(text)


def _columns(names: tuple[str, ...], rows: list[list[str]], missing: frozenset[str]) -> dict[str, list[str | None]]:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {
        name: [None if text.strip() in missing else text for text in column]
        for name, column in zip(names, columns, strict=True)
    }


def _names(path: Path, format: TableFormat, first: _Row) -> tuple[str, ...]:  # noqa: A002 - as in read_table
    if format.names is None:
        return tuple(name.strip() for name in first.fields)
    if len(format.names) != len(first.fields):
        count = len(format.names)
        message = f"{count} names are given, but line {first.line} of {shown(path)} has {len(first.fields)} fields"
        raise FileError(message, first.line, "give every column a name, and check the separator")
    return tuple(name.strip() for name in format.names)


def _refuse_duplicates(path: Path, names: tuple[str, ...], line: int | None) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = f"two columns of {shown(path)} have the name `{name}`"
            raise FileError(message, line, "give each column a name of its own, under `names` or in the file")
        seen.add(name)


def _uneven(path: Path, format: TableFormat, row: _Row, columns: int) -> FileError:  # noqa: A002 - as in read_table
    source = "its header has" if format.names is None else "the names given are"
    message = f"line {row.line} of {shown(path)} has {len(row.fields)} fields, but {source} {columns}"
    return FileError(message, row.line, "check the separator, and quote fields that hold it")


def _split(path: Path, format: TableFormat) -> Iterator[_Row]:  # noqa: A002 - as in read_table
    """The rows as fields; the separator decides how."""
    separator = "\t" if format.separator == "tab" else format.separator
    if separator in ("", "\n", "\r", '"'):
        raise FileError(f"fields cannot be separated by {separator!r}", help="name a character, `tab` or a blank")
    lines = read_lines(path)
    if separator == " ":
        return _by_blanks(lines, quotes=format.quotes)
    if format.quotes and len(separator) == 1:
        return _quoted(path, lines, separator)
    return _plain(lines, separator)


def _by_blanks(lines: Iterator[str], *, quotes: bool) -> Iterator[_Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if quotes and '"' in line:
            fields = [found[2] if found[1] is None else found[1].replace('""', '"') for found in FIELD.finditer(line)]
        else:
            fields = line.split()
        yield _Row(number, fields)


def _plain(lines: Iterator[str], separator: str) -> Iterator[_Row]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if text:
            yield _Row(number, text.split(separator))


def _quoted(path: Path, lines: Iterator[str], separator: str) -> Iterator[_Row]:
    import csv  # only a spec with a table pays for it

    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _bad_quotes(path, line, str(error)) from None
        if fields and not (len(fields) == 1 and fields[0].isspace()):
            yield _Row(line, fields)


def _bad_quotes(path: Path, line: int, reason: str) -> FileError:
    where = f"line {line} of {shown(path)}"
    if "new-line" in reason:
        return FileError(f"{where} holds a carriage return inside a field", line, "end lines with a line feed")
    if "limit" in reason:
        fact = "holds a field of more than 131,072 characters; a quote may not be closed"
    elif "expected after" in reason:
        fact = "has text after a closing quote"
    else:
        fact = "opens a quote that is never closed"
    cure = 'write `""` for a quote inside quotes, or read the table without quotes'
    return FileError(f"{where} {fact}", line, cure)
