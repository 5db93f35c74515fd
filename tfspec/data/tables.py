"""Tables in text files, as arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tfspec.catalogue.sources.table_columns import TableColumn
from tfspec.catalogue.sources.tables import Csv

from .columns import Array, Columns


def load_table(source: Csv, root: Path) -> Columns:
    """The columns of the whole table, which the catalogue's own code has read.

    Raises:
        FileError: The file is not what the source says.
    """
    found = source.read(root)
    names = {name: found.columns[name].class_names for name in found.labels if found.columns[name].class_names}
    return Columns({name: to_array(column) for name, column in found.columns.items()}, None, names)


def to_array(column: TableColumn) -> Array:
    """A column's values as an array of its type; texts as `str` objects, as a model is fed them."""
    dtype = object if column.type.dtype == "string" else column.type.dtype
    return np.array(column.values, dtype=dtype)
