"""Configurations of saved models, and files that hold none."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tfspec.files import FileError, read_saved_model
from tfspec.files.saved import MAX_CONFIG, MAX_MEMBERS

CONFIG = {"class_name": "Sequential", "config": {}}
ABOUT = {"keras_version": "3.15.1"}


def archive(path: Path, **members: str | bytes) -> Path:
    """A zip archive with these JSON files."""
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.json", content)
    return path


def test_a_model(tmp_path: Path) -> None:
    path = archive(tmp_path / "m.keras", config=json.dumps(CONFIG), metadata=json.dumps(ABOUT))
    assert read_saved_model(path).config == CONFIG


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"metadata": json.dumps(ABOUT)}, "there is no `config.json` in it"),
        ({"config": json.dumps(CONFIG)}, "there is no `metadata.json` in it"),
        ({"config": json.dumps(CONFIG), "metadata": '{"keras_version": "2.15.0"}'}, "was written by Keras 2.15.0"),
        ({"config": json.dumps(CONFIG), "metadata": "{}"}, "was written by Keras of an unknown version"),
        ({"config": "[1]", "metadata": json.dumps(ABOUT)}, "is no mapping"),
        ({"config": "{", "metadata": json.dumps(ABOUT)}, "is no JSON that can be read"),
        ({"config": b"\xff", "metadata": json.dumps(ABOUT)}, "is no JSON that can be read"),
        ({"config": "[" * 100_000, "metadata": json.dumps(ABOUT)}, "is no JSON that can be read"),
        ({"config": b" " * (MAX_CONFIG + 1), "metadata": json.dumps(ABOUT)}, "is too large: at most 64 MB"),
        ({str(number): "" for number in range(MAX_MEMBERS + 1)}, "holds more than 10,000 files"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_none(tmp_path: Path, members: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(FileError, match=message):
        read_saved_model(archive(tmp_path / "m.keras", **members))


@pytest.mark.parametrize("content", [b"", b"\x89HDF\r\n", b"PK\x03\x04" + b"\0" * 100])
def test_another_kind_of_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.keras").write_bytes(content)
    with pytest.raises(FileError, match="is no Keras model"):
        read_saved_model(tmp_path / "m.keras")


def test_damaged(tmp_path: Path) -> None:
    path = archive(tmp_path / "m.keras", config=json.dumps(CONFIG) * 50, metadata=json.dumps(ABOUT))
    content = bytearray(path.read_bytes())
    content[45:60] = b"\xff" * 15
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"`config\.json` in .* is damaged"):
        read_saved_model(path)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        read_saved_model(tmp_path / "m.keras")
    with pytest.raises(FileError, match="is a folder"):
        read_saved_model(tmp_path)
