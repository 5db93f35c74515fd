"""The lines of a text file, one at a time, each known to be text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from .error import FileError, cannot_open, open_file, shown

MAX_LINE: Final = 1 << 26
"""Bytes of a line; a file with none so short is no table."""

KINDS = {
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"\x1f\x8b": "a gzip archive",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"PAR1": "a Parquet file",
    b"\x89HDF": "an HDF5 file",
    b"\x93NUM": "a NumPy array",
}


def read_lines(path: Path) -> Iterator[str]:
    """Every line with its end, without a byte order mark.

    Raises:
        FileError: the file cannot be read, or the line that comes next is no UTF-8 text.
    """
    with open_file(path) as file:
        number = 0
        while line := _next_line(file, path):
            number += 1
            yield _decoded(line if number > 1 else _begun(line, path), number, path)


def _next_line(file: BinaryIO, path: Path) -> bytes:
    try:
        line = file.readline(MAX_LINE)
    except OSError as error:
        raise cannot_open(path, error) from None
    if len(line) == MAX_LINE:
        raise FileError(f"{shown(path)} has a line of more than {MAX_LINE >> 20} MB, so it is no table")
    return line


def _begun(line: bytes, path: Path) -> bytes:
    for mark, kind in KINDS.items():
        if line.startswith(mark):
            raise FileError(f"{shown(path)} is {kind}, not a table in UTF-8", 1, "save it as text, in UTF-8")
    return line.removeprefix(b"\xef\xbb\xbf")


def _decoded(line: bytes, number: int, path: Path) -> str:
    if b"\0" in line:
        raise FileError(f"line {number} of {shown(path)} holds a zero byte, so it is no text", number)
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        byte = line[error.start]
        message = f"line {number} of {shown(path)} is not UTF-8: it holds the byte 0x{byte:02X}"
        raise FileError(message, number, "save the file as UTF-8") from None
