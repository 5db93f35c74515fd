"""Random blocks, repeats and conditions come to what writing them out by hand comes to."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.expand import expand
from tfspec.source import tree_from_data

_found = importlib.util.spec_from_file_location("unrolling", Path(__file__).with_name("unrolling.py"))
assert _found is not None
assert _found.loader is not None
unrolling = importlib.util.module_from_spec(_found)
sys.modules["unrolling"] = unrolling
_found.loader.exec_module(unrolling)


def expanded(spec: dict[str, Any]) -> dict[str, Any]:
    """The data of a spec that was written out."""
    data: Any = expand(tree_from_data(spec)).data
    return dict(data)


@pytest.mark.parametrize("kind", ["functional", "sequential"])
@given(data=st.data())
def test_layers_and_joints_are_those_of_unrolling_by_hand(kind: str, data: st.DataObject) -> None:
    spec = data.draw(unrolling.specs(kind))
    assert unrolling.wired(expanded(spec)) == unrolling.unrolled(spec)


@pytest.mark.parametrize("kind", ["functional", "sequential"])
@given(data=st.data())
def test_once_is_enough(kind: str, data: st.DataObject) -> None:
    once = expanded(data.draw(unrolling.specs(kind)))
    assert expanded(once) == once


@pytest.mark.parametrize("kind", ["functional", "sequential"])
@given(data=st.data())
def test_what_is_written_out_has_no_mistakes(kind: str, data: st.DataObject) -> None:
    spec = data.draw(unrolling.specs(kind))
    errors = [problem for problem in tfspec.check(spec) if problem.severity == "error"]
    assert errors == []
    loaded = tfspec.load(spec)
    assert tfspec.load(loaded.to_yaml()) == loaded
