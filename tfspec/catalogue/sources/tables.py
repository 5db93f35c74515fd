"""Tables in text files: CSV and its kin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tfspec.files import Table, TableFormat, read_table

from .column_names import ColumnNames, check_known
from .source import Column, Facts, Source
from .table_columns import Columns, TableColumns, columns_of

Words: TypeAlias = Annotated[tuple[str, ...], Field(strict=False)]

WHOLE_FILE = 20_000_000
"""Bytes of a file that is read as a whole to know what is in it."""

SAMPLE = 20_000
"""Rows that are read of a larger file."""


class Csv(Source):
    """A table in a text file: a row for each example, columns of numbers, and a column to be learnt.

    Columns of numbers become features. A target of texts becomes class numbers, in the alphabetical
    order of the texts; a target of the whole numbers 0, 1, 2 … is taken for class numbers, too.
    """

    word = "csv"
    example: ClassVar[dict[str, object]] = {"target": "price"}

    path: Annotated[str, Field(min_length=1)]
    """The file, from the folder of the spec."""
    target: ColumnNames | None = None
    """Column that the model learns, or several of them."""
    columns: ColumnNames | None = None
    """Columns that the model takes; all other columns of numbers if left out."""
    header: bool = True
    """Whether the first line holds the names of the columns; not so where `names` are given."""
    names: ColumnNames | None = None
    """Names of the columns, for a file that does not hold them."""
    separator: Annotated[str, Field(min_length=1)] = ","
    """What stands between two values: a character, `tab`, or a blank for any white space."""
    quotes: bool = True
    """Whether double quotes may stand around a value, as in CSV; without them they are text like any other."""
    missing_values: Words = TableFormat().missing
    """Texts that stand for a value that is missing."""
    missing: Literal["error", "drop"] = "error"
    """What to do about missing values in the columns used: refuse the file (`error`), or leave out the row (`drop`)."""

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        both = sorted(set(self.target or ()) & set(self.columns or ()))
        if both:
            raise _conflict(f"`{both[0]}` is the target and cannot be among the `columns`", "leave it out of `columns`")
        if not self.header and self.names is None:
            raise _conflict("a file without a header needs `names`", "name the columns in their order: `names: [a, b]`")
        return self

    @property
    def format(self) -> TableFormat:
        """How the file is written."""
        return TableFormat(self.separator, self.names, self.missing_values, self.quotes)

    def facts(self, root: Path) -> Facts:
        found = self.read(root, sample=True)
        columns = {name: Column(column.type, column.classes) for name, column in found.columns.items()}
        names = found.columns[found.labels[0]].class_names if len(found.labels) == 1 else ()
        rows = found.rows if found.is_whole else None
        return Facts(columns, found.features, found.labels, rows, class_names=names)

    def read(self, root: Path, *, sample: bool = False) -> TableColumns:
        """The columns as lists of values; with `sample`, those of the first rows of a large file.

        Raises:
            FileError: The file is not what the arguments say.
        """
        path = root / self.path
        limit = SAMPLE if sample and path.is_file() and path.stat().st_size > WHOLE_FILE else None
        table = self.table(path, limit)
        targets = self.target or ()
        check_known("target", targets, table.names, "column", self.path)
        check_known("columns", self.columns or (), table.names, "column", self.path)
        is_whole = limit is None or len(table.lines) < limit
        wanted = Columns(self.path, self.columns, targets, drop=self.missing == "drop", is_whole=is_whole)
        return columns_of(table, wanted)

    def table(self, path: Path, limit: int | None = None) -> Table:
        """A table that is written as this one is, or its first rows; a header that `names` replace is no row."""
        if self.names is None or "header" not in self.model_fields_set or not self.header:
            return read_table(path, self.format, max_rows=limit)
        table = read_table(path, self.format, max_rows=None if limit is None else limit + 1)
        return Table(table.names, {name: column[1:] for name, column in table.columns.items()}, table.lines[1:])


def _conflict(message: str, advice: str) -> PydanticCustomError:
    return PydanticCustomError("argument", "{message}", {"message": message, "help": advice})
