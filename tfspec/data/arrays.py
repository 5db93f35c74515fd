"""Arrays from a file of NumPy's."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile
from zlib import error as BadStream  # noqa: N812 - it names an exception

import numpy as np

from tfspec.catalogue.sources.arrays import Npz
from tfspec.files import FileError, read_npz_types

from .columns import Array, Columns


def load_arrays(source: Npz, root: Path) -> Columns:
    """The arrays of the columns that the source's facts speak of.

    Raises:
        FileError: The file is not what the source says.
    """
    path = root / source.path
    columns = source.facts(root).columns
    train, test = source.parts(tuple(read_npz_types(path)))
    arrays = read_arrays(path, tuple(array for name in columns for array in (train[name], test.get(name)) if array))
    return Columns(
        {name: arrays[train[name]] for name in columns},
        {name: arrays[test[name]] for name in columns} if test else None,
        {},
    )


def read_arrays(path: Path, names: tuple[str, ...]) -> dict[str, Array]:
    """The arrays of these names that a file has, the only array of an `.npy` file as `array`.

    Texts are arrays of `str` objects, as a model is fed them.

    Raises:
        FileError: The file is damaged, or holds something else than arrays of numbers and texts.
    """
    try:
        found = np.load(path, allow_pickle=False)
        if isinstance(found, np.ndarray):
            return {"array": _texts(found)}
        with found:
            return {name: _texts(found[name]) for name in names if name in found}
    except (OSError, ValueError, EOFError, BadZipFile, BadStream) as error:
        raise FileError(f"`{path}` cannot be read as NumPy's arrays: {str(error).lower()}") from None


def _texts(values: Array) -> Array:
    if values.dtype.kind == "S":
        values = np.char.decode(values, "utf-8")
    return values.astype(object) if values.dtype.kind == "U" else values
