"""Specs on which something failed once: they are kept as YAML, and tried before random ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from hypothesis import note

from tfspec.analysis import check
from tfspec.diagnostics import Text, has_errors
from tfspec.source import load_tree
from tfspec.spec.write import to_yaml


def cases_in(folder: Path, *, right: bool = False) -> dict[str, dict[str, Any]]:
    """The specs of the YAML files of a folder as plain data, by the names of the files.

    With `right`, those that `check` refuses by now are left out: that they are refused is how they were mended.
    """
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        found[path.stem] = cast("dict[str, Any]", load_tree(Text(path.name, path.read_text(encoding="utf-8"))).data)
    return {name: data for name, data in found.items() if not (right and has_errors(check(data)))}


def show(spec: dict[str, Any]) -> None:
    """Show a spec as YAML beside the failure of the test that is running."""
    note(to_yaml(spec))
