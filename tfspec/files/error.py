"""What is wrong with a data file, in words for the person who owns it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


class FileError(Exception):
    """A file is missing, or does not hold what was said of it.

    The message is a whole statement that names the file; `line` counts from 1, where a line
    is at fault; `help` says what to do. `field` leads to the argument of the source that is at fault.
    """

    def __init__(self, message: str, line: int | None = None, help: str | None = None) -> None:  # noqa: A002 - as a problem calls it
        super().__init__(message)
        self.message = message
        self.line = line
        self.help = help
        self.field: tuple[str | int, ...] = ("path",)

    def at(self, *field: str | int) -> FileError:
        """Itself, for an argument that names what the file does not have."""
        self.field = field
        return self


def shown(path: Path) -> str:
    """A path as messages quote it, without the half surrogates that stand for odd bytes."""
    return "`" + str(path).encode("utf-8", "replace").decode() + "`"


def open_file(path: Path) -> BinaryIO:
    """A file opened to be read; pipes and devices, which may never end, are none.

    Raises:
        FileError: It cannot be opened.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise FileError(f"{shown(path)} is a pipe or a device, not a file", help="write the data to a file")
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from None


def cannot_open(path: Path, error: OSError | ValueError) -> FileError:
    """The error for a file that the system does not give."""
    name = shown(path)
    if isinstance(error, FileNotFoundError):
        return FileError(f"{name} does not exist", help="paths are taken from the folder of the spec")
    if isinstance(error, IsADirectoryError):
        return FileError(f"{name} is a folder, not a file", help="name a file inside it")
    if isinstance(error, PermissionError):
        return FileError(f"{name} may not be read", help="give yourself leave to read it")
    reason = error.strerror if isinstance(error, OSError) else None
    return FileError(f"{name} cannot be read: {(reason or str(error)).lower()}")
