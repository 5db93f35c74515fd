"""Every spec below `specs/` is without errors, and Keras makes of it what the analysis says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tfspec
from tfspec.diagnostics import has_errors

ROOT = Path(__file__).parents[2]
FOUND = sorted(path for ending in ("yaml", "json") for path in (ROOT / "specs").rglob(f"*.{ending}"))
OTHERS = {"applications", "feature_extraction.yaml", "siamese.yaml"}
"""What other tests have: networks that Keras fetches weights for (`test_applications.py`), and those in which a layer
of Keras is not one row of the analysis (`test_tutorials_against_keras.py`)."""

SPECS = [path for path in FOUND if not OTHERS & set(path.parts)]

VARIABLES = {"alexnet": ["units=64"]}
"""What makes a network small that would take half a gigabyte."""


def test_there_are_some() -> None:
    assert SPECS


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_check_and_build(path: Path, same_as_keras: Any) -> None:
    assert not has_errors(tfspec.check(path))
    same_as_keras(tfspec.load(path, variables=VARIABLES.get(path.stem, ())))
