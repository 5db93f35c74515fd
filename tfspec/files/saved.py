"""What a saved Keras model says of itself: the configuration in a `.keras` file.

The file is a zip archive. Its weights are not looked at, and nothing in it is run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from .error import FileError, cannot_open, open_file, shown

if TYPE_CHECKING:
    from zipfile import ZipFile

MAX_CONFIG: Final = 1 << 26
"""Bytes of a configuration; that of a network of a thousand layers has two million."""

MAX_MEMBERS: Final = 10_000
"""Files in the archive; Keras writes three, and one for each vocabulary."""

HELP = "write one with `model.save('model.keras')`, in Keras 3"


def read_saved_config(path: Path) -> dict[str, Any]:
    """The configuration of the model in a `.keras` file.

    Raises:
        FileError: The file cannot be read, or holds no model of Keras 3.
    """
    try:
        with open_file(path) as file:
            config, about = _members(file, path)
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from None
    version = str(about.get("keras_version", ""))
    if not version.startswith("3."):
        raise FileError(f"{shown(path)} was written by Keras {version or 'of an unknown version'}", help=HELP)
    return config


def _members(file: IO[bytes], path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            if len(archive.namelist()) > MAX_MEMBERS:
                raise FileError(f"{shown(path)} holds more than {MAX_MEMBERS:,} files, so it is no Keras model")
            return _json(archive, "config.json", path), _json(archive, "metadata.json", path)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(f"{shown(path)} is no Keras model: {str(error).lower()}", help=HELP) from None


def _json(archive: ZipFile, name: str, path: Path) -> dict[str, Any]:
    """One file of the archive, which never grows beyond its bound, whatever the archive says of its size."""
    if name not in archive.namelist():
        raise FileError(f"{shown(path)} is no Keras model: there is no `{name}` in it", help=HELP)
    where = f"`{name}` in {shown(path)}"
    try:
        with archive.open(name) as member:
            content = member.read(MAX_CONFIG + 1)
    except Exception:  # noqa: BLE001 - each way of compressing has errors of its own
        raise FileError(f"{where} is damaged", help="save the model again") from None
    if len(content) > MAX_CONFIG:
        raise FileError(f"{where} has more than {MAX_CONFIG >> 20} MB, so it is no configuration")
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise FileError(f"{where} is no JSON that can be read", help="save the model again") from None
    if not isinstance(value, dict):
        raise FileError(f"{where} is no mapping", help="save the model again")
    return value
