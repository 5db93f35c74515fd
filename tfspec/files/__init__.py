"""Data files → their columns, shapes and dtypes, so that `check` can know them.

In comes a path, out goes what the file holds, or a `FileError` in words for the user. NumPy and
pandas are not imported: tables are read as text, of arrays only the headers. The room that
loads data reads tables here too, so that what was checked is what is trained on.
"""

from .arrays import read_npz_types
from .error import FileError
from .saved import SavedModel, check_weights_file, read_saved_model
from .table import Table, TableFormat, first_text, numbers, read_table
from .words import read_numbers, read_words

__all__ = [
    "FileError",
    "SavedModel",
    "Table",
    "TableFormat",
    "check_weights_file",
    "first_text",
    "numbers",
    "read_npz_types",
    "read_numbers",
    "read_saved_model",
    "read_table",
    "read_words",
]
