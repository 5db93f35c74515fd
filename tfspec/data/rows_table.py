"""Rows to predict for, from a table in a text file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tfspec.catalogue.sources.table_columns import complete_rows
from tfspec.catalogue.sources.tables import Csv
from tfspec.diagnostics import Refusal, did_you_mean, one_of
from tfspec.files import FileError, Table, TableFormat, first_text, numbers, read_table
from tfspec.tensors import TensorType

from .columns import Array
from .needs import Needs
from .problems import BAD_ROWS


def read_table_rows(
    path: Path,
    written: Csv | TableFormat,
    needs: Needs,
    *,
    drop: bool,
) -> dict[str, Array]:
    """The columns of a table that a model needs, labels only where they are there.

    A model that takes rows of n numbers as one array is given the table's n columns.

    Raises:
        FileError, Refusal: The table is not to be read, or does not hold what is needed.
    """
    features, labels = needs.features, needs.labels
    table = _table(path, written, tuple(labels))
    known = [name for name in labels if name in table.names]
    side_by_side = _columns_of_array(table, features, labels)
    used = [*(side_by_side or _features(path, table, features)), *known]
    texts = [name for name in used if features.get(name, TensorType(())).dtype == "string"]
    rows = complete_rows(table, tuple(name for name in used if name not in texts), str(path), drop=drop)
    columns: dict[str, Array] = {}
    for name in used:
        values = [table.columns[name][row] for row in rows]
        if name in texts:
            columns[name] = np.array([text or "" for text in values], dtype=object)
        elif name in known and _are_names(values, needs.class_names.get(name, ())):
            columns[name] = np.array([(text or "").strip() for text in values], dtype=object)
        else:
            columns[name] = _numbers(path, table, name, values, rows)
    if side_by_side:
        (array,) = features
        stacked = np.stack([columns[name] for name in side_by_side], axis=1)
        return {array: stacked, **{name: columns[name] for name in known}}
    return columns


def _table(path: Path, written: Csv | TableFormat, labels: tuple[str, ...]) -> Table:
    """The table; where the spec names the columns, the labels may be missing from it."""
    if isinstance(written, TableFormat):
        return read_table(path, written)
    try:
        return written.table(path)
    except FileError:
        if not written.names or not labels:
            raise
        without = tuple(name for name in written.names if name not in labels)
        return written.model_copy(update={"names": without}).table(path)


def _columns_of_array(
    table: Table, features: Mapping[str, TensorType], labels: Mapping[str, TensorType]
) -> list[str] | None:
    """The columns that stand for the one array that a model takes, if it does."""
    if len(features) != 1:
        return None
    ((array, type_),) = features.items()
    names = [name for name in table.names if name not in labels]
    is_row_of_numbers = array not in table.names and type_.dtype != "string" and len(type_.shape[1:]) == 1
    return names if is_row_of_numbers and type_.shape[1] in (None, len(names)) else None


def _features(path: Path, table: Table, features: Mapping[str, TensorType]) -> list[str]:
    for name, type_ in features.items():
        if name not in table.names:
            listed = f"it has {one_of(table.names[:12], 'and')}"
            if type_.rank > 1:
                listed = f"{listed}; the model takes {type_}, which an `.npz` or `.jsonl` file can hold"
            raise Refusal(BAD_ROWS, f"`{path}` has no column `{name}`", help=did_you_mean(name, table.names) or listed)
    return list(features)


def _are_names(labels: Sequence[str | None], names: tuple[str, ...]) -> bool:
    """Whether labels are to be looked up among the names of the classes, or are class numbers already."""
    return bool(names) and (numbers(labels) is None or {(label or "").strip() for label in labels} <= set(names))


def _numbers(path: Path, table: Table, name: str, values: Sequence[str | None], rows: Sequence[int]) -> Array:
    parsed = numbers(values)
    if parsed is None:
        row, text = first_text(values) or (0, "")
        raise Refusal(
            BAD_ROWS, f"column `{name}` of `{path}` must hold numbers, not `{text}` in line {table.lines[rows[row]]}"
        )
    return np.array(parsed, dtype=np.float64)
