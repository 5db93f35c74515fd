"""From a file to a text: what is taken, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tfspec.diagnostics import Problem, SpecError
from tfspec.source import decode_text, read_text
from tfspec.source.limits import MAX_BYTES


def problem_of(data: bytes) -> Problem:
    with pytest.raises(SpecError) as caught:
        decode_text(data, "<stdin>")
    (problem,) = caught.value.problems
    return problem


def problem_of_file(path: Path) -> Problem:
    with pytest.raises(SpecError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    return problem


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes("a: é\r\n".encode())
    text = read_text(path)
    assert (text.name, text.content, text.lines) == (str(path), "a: é\r\n", ["a: é", ""])


def test_a_byte_order_mark_is_left_out() -> None:
    assert decode_text(b"\xef\xbb\xbfa: 1", "x").content == "a: 1"


def test_a_missing_file_names_the_one_that_is_near(tmp_path: Path) -> None:
    (tmp_path / "fashion.yaml").touch()
    problem = problem_of_file(tmp_path / "fasion.yaml")
    assert problem.code == "TS001"
    assert "does not exist" in problem.message
    assert problem.help == "did you mean `fashion.yaml`?"


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    problem = problem_of_file(tmp_path / "specs" / "a.yaml")
    assert problem.help == f"the folder `{tmp_path / 'specs'}` does not exist either"


def test_a_folder_is_no_spec(tmp_path: Path) -> None:
    problem = problem_of_file(tmp_path)
    assert (problem.code, problem.span) == ("TS001", None)
    assert "folder" in problem.message


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.touch(mode=0)
    assert "may not be read" in problem_of_file(path).message


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_names_that_no_file_can_have(name: str) -> None:
    assert problem_of_file(Path(name)).code == "TS001"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    problem = problem_of_file(path)
    assert problem.code == "TS001"
    assert "larger than 10 MB" in problem.message


def test_the_place_of_the_first_byte_that_is_no_utf8() -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        problem = problem_of(mark + "é: 1\nb: é".encode() + b"\xe9\xff\n")
        assert problem.code == "TS002"
        assert "0xE9" in problem.message
        assert problem.span
        assert problem.span[1:5] == (2, 5, 2, 6)


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-32"])
def test_wide_encodings_are_told_by_name(encoding: str) -> None:
    problem = problem_of("a: 1\n".encode(encoding))
    assert problem.code == "TS002"
    assert f"is {encoding}" in problem.message


def test_utf16_without_a_mark_is_recognised_by_its_zero_bytes() -> None:
    problem = problem_of("a: 1\n".encode("utf-16-le"))
    assert problem.code == "TS021"
    assert problem.span
    assert problem.span[1:3] == (1, 2)
    assert "UTF-16" in (problem.help or "")


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\x89HDF\r\n"])
def test_a_saved_model_is_no_spec(begin: bytes) -> None:
    problem = problem_of(begin + b"\xff\x00")
    assert problem.code == "TS002"
    assert "tfspec import" in (problem.help or "")


def test_odd_bytes_in_a_name_can_be_printed(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        read_text(tmp_path / os.fsdecode(b"a\xff.yaml"))
    str(caught.value).encode()
