"""What a case is: a spec with mistakes, and beside it what `tfspec check` prints about it.

`python tests/cases/rendering.py` writes what is printed beside every spec, new or old. Read the
changes before you keep them: the text is what users see.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import tfspec
from tfspec.diagnostics import Problem, Text
from tfspec.diagnostics.terminal import render_text

FOLDER = Path(__file__).parent
CASES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.yaml"))


@cache
def problems_of(case: str) -> list[Problem]:
    """The problems of a case, found from its own folder, so that places and paths are the same everywhere."""
    path = FOLDER / f"{case}.yaml"
    with working_in(path.parent):
        return tfspec.check(Text(path.name, path.read_text(encoding="utf-8")))


def render(case: str) -> str:
    """What is printed about a case."""
    return render_text(problems_of(case))


def golden(case: str) -> Path:
    """The file that says what should be printed."""
    return FOLDER / f"{case}.txt"


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """Another working folder for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


if __name__ == "__main__":
    for case in CASES:
        golden(case).write_text(render(case), encoding="utf-8")
