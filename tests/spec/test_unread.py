"""What nothing asks for is checked as well, as far as that goes without values; and nothing right is refused."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.diagnostics import SpecError
from tfspec.source import tree_from_data
from tfspec.spec.unread import find_in_unread

ROOT = Path(__file__).parents[2]

_found = importlib.util.spec_from_file_location("unrolling", ROOT / "tests/expand/unrolling.py")
assert _found is not None
assert _found.loader is not None
unrolling = importlib.util.module_from_spec(_found)
_found.loader.exec_module(unrolling)

MODEL = {"sequential": {"input": {"shape": [4]}, "layers": [{"Dense": {"units": 1}}]}}


def messages(**sections: Any) -> list[str]:
    return [problem.message for problem in find_in_unread(tree_from_data(sections))]


def in_a_block(*layers: Any) -> list[str]:
    return messages(blocks={"b": {"layers": list(layers)}})


@pytest.mark.parametrize("kind", ["functional", "sequential"])
@given(data=st.data())
def test_nothing_right_is_refused(kind: str, data: st.DataObject) -> None:
    spec = data.draw(unrolling.specs(kind))
    assert find_in_unread(tree_from_data({**spec, "profiles": {"p": spec}})) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("specs/applications/families/*.yaml")), ids=lambda path: path.stem)
def test_libraries_are_checked(path: Path) -> None:
    assert tfspec.check(path) == []
    with pytest.raises(SpecError) as caught:
        tfspec.load(path)
    (problem,) = caught.value.problems
    assert problem.help == "this is a library: name it under `use` of a spec"


@pytest.mark.parametrize(
    "layer",
    [
        "tower",
        "${word}",
        {"tower": {"units": 3}},
        {"Dense": "${arguments}"},
        {"Dense": {"units": "${n}", "activation": "${a}", "kernel_regularizer": {"L2": {"l2": "${x}"}}}},
        {"Conv2D": {"filters": 3, "kernel_size": [3, "${k}"], "strides": "${s}", "dilation_rate": 2}},
        {"TimeDistributed": {"layer": "${layer}"}},
        {"Dropout": {"rate": "0.${n}"}},
        {"if": "${a}", "then": None, "else": [{"repeat": {"for": "${lists}", "layers": "${layers}"}}]},
        {"saved": {"path": "${p}"}},
    ],
)
def test_what_is_computed_may_be_anything(layer: Any) -> None:
    assert in_a_block(layer) == []


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ("Dens", "there is no layer called `Dens`"),
        ({"Dens": "${arguments}"}, "there is no layer called `Dens`"),
        ({"Dense": {"use_bias": "${b}"}}, "`Dense` needs `units`"),
        ({"Dense": {"units": "${n}", "unit": "${n}"}}, "`Dense` has no argument `unit`"),
        ({"Dense": {"units": "${n}", "activation": "rellu"}}, "there is no activation called `rellu`"),
        ({"Dense": {"units": "${n", "use_bias": False}}, "`${` is not closed"),
        (
            {"repeat": {"times": "${n}", "layers": [{"if": True, "then": ["Flaten"]}]}},
            "there is no layer called `Flaten`",
        ),
        ({"functional": {"inputs": {}, "layers": [{"Dense": {"units": 0}}]}}, "`units` must be more than 0, not `0`"),
    ],
)
def test_what_is_wrong_with_any_value(layer: Any, message: str) -> None:
    assert in_a_block("tower", layer) == [message]


def test_places_lead_to_what_is_wrong() -> None:
    blocks = {"b": {"layers": ["ReLU", {"repeat": {"times": 2, "layers": [{"Dense": {"unit": 1, "units": 1}}]}}]}}
    (problem,) = tfspec.check(
        {"tfspec": 1, "blocks": blocks, "model": MODEL, "profiles": {"p": {"fit": {"epochs": 2}}}}
    )
    assert problem.path == ("blocks", "b", "layers", 1, "repeat", "layers", 0, "Dense", "unit")


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("{fit: {epochs: '${n}'}, vars: {n: 3}, data: {split: {test: 5}}}", []),
        ("{model: {sequential: {layers: [tower]}}, data: {prepare: [tower]}, compile: {loss: {huber: {}}}}", []),
        ("{fit: {epoch: 3}}", ["`fit` has no key `epoch`"]),
        ("{modle: 3}", ["a spec has no key `modle`"]),
        ("{compile: {optimizer: {Adm: {}}}}", ["there is no optimizer called `Adm`"]),
        ("{seed: '${1 +}'}", ["this is no expression"]),
    ],
)
def test_profiles_that_are_not_asked_for(profile: str, said: list[str]) -> None:
    assert messages(profiles={"quick": yaml.safe_load(profile)}) == said
