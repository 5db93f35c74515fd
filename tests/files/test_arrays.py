"""Array headers are read as NumPy would, and nothing but headers."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfspec.files import FileError, read_npz_types

Write = Callable[[bytes], Path]

DTYPES = {
    "<f4": "float32",
    "<f8": "float64",
    ">f2": "float16",
    "|u1": "uint8",
    "<i8": "int64",
    "<i4": "int32",
    "|b1": "bool",
    "|O": "object",
    "<U12": "str",
    "|S3": "bytes",
    "<c16": "complex128",
    "|V2": "void",
    "<M8[ns]": "datetime64",
    "<m8[s]": "timedelta64",
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: bytes) -> Path:
        path = tmp_path / "arrays.npz"
        path.write_bytes(content)
        return path

    return write_file


def array(descr: str, shape: tuple[int, ...], version: int = 1) -> bytes:
    """An array's file as NumPy begins it, without the values."""
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape!r}, }}\n".encode()
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def refused(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_npz_types(path)
    return str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.text("abcxyz_/. é", min_size=1, max_size=6),
        st.tuples(st.sampled_from(list(DTYPES)), st.lists(st.integers(0, 10**9), max_size=4).map(tuple)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([1, 2, 3]),
)
def test_headers(write: Write, arrays: dict[str, tuple[str, tuple[int, ...]]], version: int) -> None:
    members = {f"{name}.npy": array(repr(dtype), shape, version) for name, (dtype, shape) in arrays.items()}
    types = read_npz_types(write(archive(members)))
    assert types == {name: (shape, DTYPES[dtype]) for name, (dtype, shape) in arrays.items()}


def test_what_numpy_writes(tmp_path: Path) -> None:
    numpy: Any = pytest.importorskip("numpy", reason="NumPy is not installed")
    arrays = {
        "x": numpy.zeros((3, 2), "float32"),
        "y": numpy.array(["a", "bcd"]),
        "z": numpy.asfortranarray(numpy.zeros((2, 5), ">i2")),
        "r": numpy.zeros(2, [("a", "<f4"), ("b", "<i8")]),
        "o": numpy.array([[1], None], dtype=object),
        "s": numpy.bool_(1),
    }
    path = tmp_path / "x.npz"
    for save in (numpy.savez, numpy.savez_compressed):
        save(path, **arrays)
        types = read_npz_types(path)
        assert {name: shape for name, (shape, _) in types.items()} == {n: a.shape for n, a in arrays.items()}
        assert {name: dtype for name, (_, dtype) in types.items()} == {
            **{name: arrays[name].dtype.name for name in "xzos"},
            "y": "str",
            "r": "void",
        }
    numpy.save(tmp_path / "x.npy", arrays["x"])
    assert read_npz_types(tmp_path / "x.npy") == {"array": ((3, 2), "float32")}


def test_a_header_as_python_2_wrote_it(write: Write) -> None:
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L), }"
    path = write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    assert read_npz_types(path) == {"array": ((3, 4), "float32")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no .npz file"),
        (b"a,b\n1,2\n", "no .npz file"),
        (archive({}), "holds no arrays"),
        (archive({"readme.txt": b"x"}), "holds no arrays"),
        (archive({"x.npy": b"text"}), "`x.npy` in .* is no NumPy array"),
        (archive({"x.npy": b"\x93NUMPY\x09\x00"}), "is no NumPy array"),
        (b"\x93NUMPY\x01", "is no NumPy array"),
        (b"\x93NUMPY\x01\x00\x10\x00{'descr'", "does not say what it holds"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff{", "a header of 4,294,967,295 bytes"),
        (array("'<f4'", (1,)).replace(b"(1,)", b"(-1)"), "does not say what it holds"),
        (array("'<f4'", (1,)).replace(b"(1,)", b"(1 2)"), "no possible shape"),
        (array("'<f4'", (10**30,)), "no possible shape"),
        (b"\x93NUMPY\x01\x00\x20\x00__import__('os').system('true')  ", "does not say what it holds"),
    ],
)
def test_what_is_refused(write: Write, content: bytes, message: str) -> None:
    path = write(content)
    with pytest.raises(FileError, match=message):
        read_npz_types(path)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "none.npz")
    assert "is a folder" in refused(tmp_path)


def test_a_damaged_member(write: Write) -> None:
    whole = bytearray(archive({"x.npy": array("'<f4'", (3,)) + bytes(1000)}))
    whole[40:60] = b"\xff" * 20
    assert "is damaged" in refused(write(bytes(whole)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_is_refused_or_harmless(write: Write, data: st.DataObject) -> None:
    content = bytearray(archive({"x.npy": array("'<f4'", (3,)), "y.npy": array("'<i8'", ())}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        types = read_npz_types(write(bytes(content[: data.draw(st.integers(0, len(content)))])))
    except FileError as error:
        assert "arrays.npz" in str(error)  # noqa: PT017 - refusing is one of two right answers
    else:
        assert len(types) <= 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80))
def test_any_header_is_refused_or_read(write: Write, header: bytes) -> None:
    content = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
    try:
        types = read_npz_types(write(content))
    except FileError as error:
        assert "arrays.npz" in str(error)  # noqa: PT017 - refusing is one of two right answers
    else:
        assert list(types) == ["array"]
