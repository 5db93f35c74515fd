"""Shapes and dtypes of stored NumPy arrays, from their headers alone.

The format is NumPy's: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
A header is the text of a Python dict; it is taken apart by pattern and never evaluated.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from .error import FileError, cannot_open, open_file, shown

if TYPE_CHECKING:
    from zipfile import ZipFile

MAX_HEADER: Final = 65_536
"""Bytes of a header; only structured dtypes come near it."""

MAX_DIGITS: Final = 18
"""Digits of one size of a shape."""

MAGIC = b"\x93NUMPY"
DESCR = re.compile(r"""['"]descr['"]\s*:\s*(?:'([^']*)'|"([^"]*)"|[\[(])""")
SHAPE = re.compile(r"""['"]shape['"]\s*:\s*\(([0-9,\sL]*)\)""")
DTYPE = re.compile(r"[<>|=]?([biufcSUOVMma?])([0-9]*)(?:\[[^\]]*\])?")
NUMERIC = {"i": "int", "u": "uint", "f": "float", "c": "complex"}
OTHERS = {
    "b": "bool",
    "?": "bool",
    "S": "bytes",
    "a": "bytes",
    "U": "str",
    "O": "object",
    "V": "void",
    "M": "datetime64",
    "m": "timedelta64",
}

Types = dict[str, tuple[tuple[int, ...], str]]


def read_npz_types(path: Path) -> Types:
    """Shape and dtype of every array of an `.npz` file, by name, in the file's order.

    Dtypes have NumPy's names, but all texts are `str`, whatever their length, all byte texts
    `bytes`, and records `void`. A single array in an `.npy` file goes by the name `array`.

    Raises:
        FileError: the file cannot be read, or holds something other than arrays.
    """
    try:
        with open_file(path) as file:
            begin = file.read(len(MAGIC))
            file.seek(0)
            if begin == MAGIC:
                return {"array": _header(file, shown(path))}
            return _members(file, path)
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from None


def _members(file: IO[bytes], path: Path) -> Types:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            types = {
                name.removesuffix(".npy"): _member(archive, name, path)
                for name in archive.namelist()
                if name.endswith(".npy")
            }
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(f"{shown(path)} is no .npz file: {str(error).lower()}", help=HELP) from None
    if not types:
        raise FileError(f"{shown(path)} holds no arrays", help=HELP)
    return types


HELP = "write one with `numpy.savez`"


def _member(archive: ZipFile, name: str, path: Path) -> tuple[tuple[int, ...], str]:
    where = f"`{name}` in {shown(path)}"
    try:
        with archive.open(name) as member:
            return _header(member, where)
    except FileError:
        raise
    except Exception:  # noqa: BLE001 - each way of compressing has errors of its own
        raise FileError(f"{where} is damaged", help="write the file again") from None


def _header(file: IO[bytes], where: str) -> tuple[tuple[int, ...], str]:
    """Shape and dtype from the beginning of an array in NumPy's format, versions 1 to 3."""
    magic = file.read(len(MAGIC) + 2)
    if len(magic) < len(MAGIC) + 2 or not magic.startswith(MAGIC) or magic[-2] not in (1, 2, 3):
        raise FileError(f"{where} is no NumPy array", help=HELP)
    length = int.from_bytes(file.read(2 if magic[-2] == 1 else 4), "little")
    if length > MAX_HEADER:
        raise FileError(f"{where} has a header of {length:,} bytes, and at most {MAX_HEADER:,} are read")
    data = file.read(length)
    text = data.decode("latin-1")
    descr, shape = DESCR.search(text), SHAPE.search(text)
    if len(data) < length or not descr or not shape:
        raise FileError(f"{where} has a header that does not say what it holds", help="write the file again")
    sizes = [size.strip(" L") for size in shape[1].split(",")]
    if any(len(size) > MAX_DIGITS or (size and not size.isdigit()) for size in sizes):
        raise FileError(f"{where} has a header with no possible shape", help="write the file again")
    return tuple(int(size) for size in sizes if size), _dtype_name(descr[1] or descr[2])


def _dtype_name(descr: str | None) -> str:
    """NumPy's name for a dtype given as in `'<f4'`; a record, which is a list, is `void`."""
    found = DTYPE.fullmatch(descr) if descr else None
    if not found:
        return "void"
    kind, size = found[1], int(found[2][:4] or 0)
    return f"{NUMERIC[kind]}{8 * size}" if kind in NUMERIC else OTHERS[kind]
