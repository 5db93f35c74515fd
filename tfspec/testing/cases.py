"""Specs on which something failed once: they are kept as YAML, and tried before random ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from hypothesis import example, note

from tfspec.analysis import check
from tfspec.diagnostics import Text, has_errors
from tfspec.source import load_tree
from tfspec.spec.write import to_yaml

Test = TypeVar("Test", bound=Callable[..., Any])


def cases_in(folder: Path) -> dict[str, dict[str, Any]]:
    """The specs of the YAML files of a folder as plain data, by the names of the files."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        found[path.stem] = cast("dict[str, Any]", load_tree(Text(path.name, path.read_text(encoding="utf-8"))).data)
    return found


def cases_first(folder: Path) -> Callable[[Test], Test]:
    """Let a test of one spec try those of a folder first, as far as they are right.

    A case that `check` refuses by now is left out: that it is refused is how it was mended.

        >>> @cases_first(Path("tests/found"))
        ... @given(specs())
        ... def test_my_tool(spec): ...
    """

    def decorate(test: Test) -> Test:
        for data in cases_in(folder).values():
            if not has_errors(check(data)):
                test = example(data)(test)
        return test

    return decorate


def show(spec: dict[str, Any]) -> None:
    """Show a spec as YAML beside the failure of the test that is running."""
    note(to_yaml(spec))
