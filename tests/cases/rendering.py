"""What a case is: a spec with mistakes, and beside it what `tfspec check` prints about it.

`python tests/cases/rendering.py` writes what is printed beside every spec, new or old. Read the
changes before you keep them: the text is what users see. Files that a case is put together from stand
in a folder beside it; its first line may hold the options that `check` is called with.
"""

from __future__ import annotations

import os
import shlex
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
    text = Text(path.name, path.read_text(encoding="utf-8"))
    with working_in(path.parent):
        return tfspec.check(text, **_options(text.lines[0]))  # type: ignore[arg-type] # none of them is a root


def _options(line: str) -> dict[str, list[str]]:
    """What the first line asks for besides: `# --profile quick --set fit.epochs=3 --var width=64`."""
    words = shlex.split(line.removeprefix("#")) if line.startswith("# --") else []
    keys = {"--profile": "profiles", "--set": "overrides", "--var": "variables"}
    options: dict[str, list[str]] = {}
    for option, value in zip(words[::2], words[1::2], strict=True):
        options.setdefault(keys[option], []).append(value)
    return options


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
