"""The shape of the house: doors, sizes, names."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = sorted(path for path in (ROOT / "tfspec").rglob("*.py"))
DOORS = [path for path in FILES if path.name == "__init__.py" and path.parent.parent.name == "tfspec"]
EXCEPTIONS: dict[str, dict[str, str]] = yaml.safe_load((HERE / "exceptions.yaml").read_text(encoding="utf-8"))

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_DOOR = 15
FORBIDDEN = {"utils", "util", "common", "helpers", "helper", "misc", "base", "core"}
GENERATED = {"tfspec/catalogue/names.py"}


def name_of(path: Path) -> str:
    """The file's name from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.parent.name)
def test_a_door_says_what_comes_in_and_what_goes_out(door: Path) -> None:
    tree = tree_of(door)
    text = ast.get_docstring(tree) or ""
    assert text
    assert len(text.splitlines()) <= LONGEST_DOOR
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if any(isinstance(node, (ast.ImportFrom, ast.FunctionDef)) for node in tree.body):
        assert "__all__" in names


def test_long_files_are_listed() -> None:
    long = {name_of(path) for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE}
    assert long - GENERATED == set(EXCEPTIONS["long_files"])


def test_files_are_short_for_the_most_part() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES)
    assert lengths[len(lengths) // 2] < 150


def test_long_functions_are_listed() -> None:
    long = set()
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _lines(node) > LONGEST_FUNCTION:
                long.add(f"{name_of(path)}:{node.name}")
    assert long == set(EXCEPTIONS["long_functions"])


def test_rooms_and_files_are_named_after_what_they_know() -> None:
    found = {name_of(path) for path in FILES if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN}
    assert found == set(EXCEPTIONS["room_names"])


def test_every_exception_has_a_reason() -> None:
    assert all(reason for group in EXCEPTIONS.values() for reason in group.values())


def test_every_file_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in FILES
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def _lines(node: Any) -> int:
    return node.end_lineno - node.lineno + 1
