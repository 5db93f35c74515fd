"""What the columns of a table become: features, class numbers, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tfspec.files import FileError, Table, first_text, numbers
from tfspec.tensors import TensorType

MOST_CLASSES = 100
"""Whole numbers 0, 1, 2 … up to more than this are amounts, not classes."""

STRAY_TEXTS = 0.1
"""Share of texts up to which a column is one of numbers with mistakes in it, not one of texts."""


class Columns(NamedTuple):
    """Which columns of a file are asked for, and how."""

    file: str
    features: tuple[str, ...] | None
    """The features by name; None for every column of numbers that is not learnt."""
    labels: tuple[str, ...]
    drop: bool
    """Whether rows without a value are left out."""
    is_whole: bool
    """Whether the table is the whole file."""


class TableColumn(NamedTuple):
    """One column as it is fed: values of one type, none missing."""

    values: Sequence[float | str]
    type: TensorType
    classes: int | None = None
    class_names: tuple[str, ...] = ()


class TableColumns(NamedTuple):
    """The columns of a table, and which are fed and learnt."""

    columns: dict[str, TableColumn]
    features: tuple[str, ...]
    labels: tuple[str, ...]
    rows: int
    is_whole: bool


NUMBER = TensorType((None,), "float32")
CLASS = TensorType((None,), "int64")
TEXT = TensorType((None,), "string")


def columns_of(table: Table, wanted: Columns) -> TableColumns:
    """The columns that were asked for, each as what its values show it to be.

    Without a list of features, columns of texts are there too, for an input of their own; what is
    missing from them is an empty text.

    Raises:
        FileError: A feature is no number, a value is missing, or nothing is left.
    """
    given = tuple(name for name in table.names if name not in wanted.labels)
    parsed = {name: numbers(table.columns[name]) for name in (*(wanted.features or given), *wanted.labels)}
    features = wanted.features or tuple(name for name in given if parsed[name] is not None)
    for name in wanted.features or given:
        if parsed[name] is None:
            _check_text(table, name, wanted)
    rows = complete_rows(table, (*features, *wanted.labels), wanted.file, drop=wanted.drop)
    columns: dict[str, TableColumn] = {}
    for name in wanted.features or given:
        values, texts = parsed[name], table.columns[name]
        if values is None:
            columns[name] = TableColumn([texts[row] or "" for row in rows], TEXT)
        else:
            columns[name] = TableColumn(_picked(values, rows), NUMBER)
    for name in wanted.labels:
        columns[name] = _label(table.columns[name], parsed[name], rows, wanted)
    return TableColumns(columns, features, wanted.labels, len(rows), wanted.is_whole)


def _picked(values: Sequence[float | None], rows: Sequence[int]) -> list[float]:
    return [value for row in rows if (value := values[row]) is not None]


def complete_rows(table: Table, used: tuple[str, ...], file: str, *, drop: bool) -> Sequence[int]:
    """The rows in which no column that is used lacks its value.

    Raises:
        FileError: A value is missing, and rows without one are not to be dropped; or no row is left.
    """
    lacking = {row: name for name in reversed(used) for row, text in enumerate(table.columns[name]) if text is None}
    if lacking and not drop:
        first = min(lacking)
        raise FileError(
            f"line {table.lines[first]} of `{file}` has no value for `{lacking[first]}`; "
            f"{_rows(len(lacking))} {'lacks' if len(lacking) == 1 else 'lack'} one",
            line=table.lines[first],
            help="leave out such rows with `missing: drop`, or say in `columns` which ones are used",
        )
    rows = [row for row in range(len(table.lines)) if row not in lacking] if lacking else range(len(table.lines))
    if not rows:
        message = f"no row of `{file}` has a value in every column that is used"
        raise FileError(message, help="say in `columns` which ones are used, without those that have few values")
    return rows


def _check_text(table: Table, name: str, wanted: Columns) -> None:
    """Refuse texts among features that stand side by side, and mistakes in a column of numbers."""
    texts = [text for text in table.columns[name] if text is not None]
    strays = sum(numbers([text]) is None for text in texts)
    found = first_text(table.columns[name])
    row, text = found or (0, "")
    place = f"`{_short(text)}` in line {table.lines[row]}"
    if strays <= STRAY_TEXTS * len(texts):
        raise FileError(
            f"column `{name}` of `{wanted.file}` holds numbers, but {place}"
            f"{f' and {strays - 1} more texts' if strays > 1 else ''}",
            line=table.lines[row],
            help="mend the line, or list the text in `missing_values` if it stands for a missing one",
        )
    if wanted.features is not None and len(wanted.features) > 1:
        raise FileError(
            f"column `{name}` of `{wanted.file}` holds texts, such as {place}, and cannot stand beside numbers",
            line=table.lines[row],
            help="leave it out of `columns`; without `columns`, it can feed an input of its own by `data.inputs`",
        )


def _label(
    texts: Sequence[str | None], values: list[float | None] | None, rows: Sequence[int], wanted: Columns
) -> TableColumn:
    """A column that is learnt: class numbers where it can be, amounts else.

    Classes are counted in a whole file alone: the part that was not read may have more.
    """
    if values is None:
        labels = [(texts[row] or "").strip() for row in rows]
        names = tuple(sorted(set(labels)))
        number = {name: index for index, name in enumerate(names)}
        classes, names = (len(names), names) if wanted.is_whole else (None, ())
        return TableColumn([number[label] for label in labels], CLASS, classes, names)
    amounts = _picked(values, rows)
    seen = set(amounts) if len(set(amounts[:1000])) <= MOST_CLASSES else set()
    if 1 < len(seen) <= MOST_CLASSES and seen == set(range(len(seen))):
        return TableColumn([int(amount) for amount in amounts], CLASS, len(seen) if wanted.is_whole else None)
    return TableColumn(amounts, NUMBER)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - enough to find it again
