"""Random blocks, repeats and conditions come to what writing them out by hand comes to."""

from __future__ import annotations

import importlib.util
import json
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


def kept_in_variables(value: Any, variables: dict[str, Any]) -> Any:
    """A part of a spec, of which variables hold every list of layers and every repeat that speaks of no name itself."""
    if isinstance(value, list):
        return [kept_in_variables(each, variables) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: kept_in_variables(each, variables) for key, each in value.items()}
    for key in {"layers", "then", "else", "repeat", "sequential", "functional"} & made.keys():
        if "${" not in json.dumps(made[key]):
            name = f"v{len(variables)}"
            variables[name] = made[key]
            made[key] = f"${{{name}}}"
    return made


@pytest.mark.parametrize("kind", ["functional", "sequential"])
@given(data=st.data())
def test_lists_may_be_computed(kind: str, data: st.DataObject) -> None:
    spec = data.draw(unrolling.specs(kind))
    variables: dict[str, Any] = {}
    computed = kept_in_variables(spec, variables)
    assert unrolling.wired(expanded({**computed, "vars": variables})) == unrolling.unrolled(spec)


COMPUTED = [
    ("layers: [ReLU, b]", 'layers: "${ls}"', {"ls": ["ReLU", "b"]}),
    ("layers: [{repeat: {times: 2, layers: [b]}}]", 'layers: [{repeat: "${r}"}]', {"r": {"times": 2, "layers": ["b"]}}),
    (
        "layers: [{repeat: {times: 2, layers: [b]}}]",
        'layers: ["${r}"]',
        {"r": {"repeat": {"times": 2, "layers": ["b"]}}},
    ),
    (
        "layers: [ReLU, b]",
        'layers: [{repeat: {for: {ls: [[ReLU], [b]]}, layers: "${ls}"}}]',
        {},
    ),
    ("layers: [{sequential: {layers: [b]}}]", 'layers: [{sequential: "${body}"}]', {"body": {"layers": ["b"]}}),
    ("layers: [{sequential: {layers: [b]}}]", 'layers: [{sequential: {layers: "${ls}"}}]', {"ls": ["b"]}),
    ("layers: [c]", 'layers: ["${name}"]', {"name": "c"}),
]
BLOCKS = "blocks: {b: {params: {n: 2}, layers: [{Dense: {units: 3}}]}, c: {params: {ls: [ReLU]}, layers: "


@pytest.mark.parametrize(("written", "computed", "variables"), COMPUTED)
def test_what_is_computed_goes_on_as_if_it_were_written(written: str, computed: str, variables: dict[str, Any]) -> None:
    model = "model: {sequential: {input: {shape: [4]}, "
    text = f"tfspec: 1\n{BLOCKS}[ReLU]}}}}\n{model}{written}}}}}\n"
    other = f'tfspec: 1\nvars: {json.dumps(variables)}\n{BLOCKS}"${{ls}}"}}}}\n{model}{computed}}}}}\n'
    assert tfspec.load(other).to_yaml() == tfspec.load(text).to_yaml()


def test_sections_may_be_computed() -> None:
    variables = {
        "blocks": {"b": {"params": ["n"], "layers": [{"Dense": {"units": 3}}]}},
        "shared": {"s": {"sequential": {"input": {"shape": [3]}, "layers": [{"b": {"n": 1}}]}}},
        "model": {"sequential": {"input": {"shape": [4]}, "layers": [{"b": {"n": 1}}, "s"]}},
        "data": {"source": "mnist", "prepare": [{"repeat": {"times": 2, "layers": ["Flatten"]}}]},
    }
    sections = {key: f"${{{key}}}" for key in variables}
    assert expanded({"tfspec": 1, "vars": variables, **sections}) == expanded({"tfspec": 1, **variables})


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
