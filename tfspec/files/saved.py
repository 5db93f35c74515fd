"""What a saved Keras model says of itself: the configuration and the vocabularies in a `.keras` file.

The file is a zip archive. Its weights are not looked at, and nothing in it is run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from .error import FileError, cannot_open, open_file, shown

if TYPE_CHECKING:
    from zipfile import ZipFile

MAX_CONFIG: Final = 1 << 26
"""Bytes of a configuration; that of a network of a thousand layers has two million."""

MAX_WORDS: Final = 1 << 27
"""Bytes of all vocabularies together."""

MAX_MEMBERS: Final = 10_000
"""Files in the archive; Keras writes three, and one for each vocabulary."""

HDF5: Final = b"\x89HDF\r\n\x1a\n"
"""How an HDF5 file begins."""

HELP = "write one with `model.save('model.keras')`, in Keras 3"


class SavedModel(NamedTuple):
    """The configuration of a model, and the words that its layers have learnt, by the way to them."""

    config: dict[str, Any]
    vocabularies: dict[str, list[str]] = {}  # noqa: RUF012 - never changed


def read_saved_model(path: Path) -> SavedModel:
    """What a `.keras` file says of its model; a vocabulary goes by its folder, such as `layers/string_lookup`.

    Raises:
        FileError: The file cannot be read, or holds no model of Keras 3.
    """
    try:
        with open_file(path) as file:
            saved, about = _members(file, path)
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from None
    version = str(about.get("keras_version", ""))
    if not version.startswith("3."):
        raise FileError(f"{shown(path)} was written by Keras {version or 'of an unknown version'}", help=HELP)
    return saved


def check_weights_file(path: Path) -> None:
    """See that a file is an HDF5 file, as `save_weights` writes it; what it holds, Keras reads when the model is built.

    Raises:
        FileError: It is not there, or is no such file.
    """
    with open_file(path) as file:
        try:
            begin = file.read(len(HDF5))
        except OSError as error:
            raise cannot_open(path, error) from None
    if begin != HDF5:
        advice = "write one with `model.save_weights('model.weights.h5')`"
        raise FileError(f"{shown(path)} is no HDF5 file, so it holds no weights", help=advice)


def _members(file: IO[bytes], path: Path) -> tuple[SavedModel, dict[str, Any]]:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            if len(archive.namelist()) > MAX_MEMBERS:
                raise FileError(f"{shown(path)} holds more than {MAX_MEMBERS:,} files, so it is no Keras model")
            config, about = _json(archive, "config.json", path), _json(archive, "metadata.json", path)
            return SavedModel(config, _vocabularies(archive, path)), about
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(f"{shown(path)} is no Keras model: {str(error).lower()}", help=HELP) from None


def _vocabularies(archive: ZipFile, path: Path) -> dict[str, list[str]]:
    """The words of every vocabulary, in order."""
    left = MAX_WORDS
    found: dict[str, list[str]] = {}
    for name in archive.namelist():
        if name.startswith(BEGIN) and name.endswith(END):
            content = _content(archive, name, path, left)
            left -= len(content)
            try:
                found[name[len(BEGIN) : -len(END)]] = content.decode().split("\n")
            except UnicodeDecodeError:
                continue  # in an encoding of its own, which the layer says: its size stays open
    return found


BEGIN, END = "assets/", "/vocabulary.txt"


def _json(archive: ZipFile, name: str, path: Path) -> dict[str, Any]:
    """One file of the archive that holds a mapping."""
    if name not in archive.namelist():
        raise FileError(f"{shown(path)} is no Keras model: there is no `{name}` in it", help=HELP)
    where = f"`{name}` in {shown(path)}"
    try:
        value = json.loads(_content(archive, name, path, MAX_CONFIG))
    except (ValueError, RecursionError):
        raise FileError(f"{where} is no JSON that can be read", help="save the model again") from None
    if not isinstance(value, dict):
        raise FileError(f"{where} is no mapping", help="save the model again")
    return value


def _content(archive: ZipFile, name: str, path: Path, most: int) -> bytes:
    """One file of the archive, which never grows beyond its bound, whatever the archive says of its size."""
    where = f"`{name}` in {shown(path)}"
    try:
        with archive.open(name) as member:
            content = member.read(most + 1)
    except Exception:  # noqa: BLE001 - each way of compressing has errors of its own
        raise FileError(f"{where} is damaged", help="save the model again") from None
    if len(content) > most:
        raise FileError(f"{where} is too large: at most {most >> 20} MB are read")
    return content
