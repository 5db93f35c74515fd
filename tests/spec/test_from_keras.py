"""Configurations that no model of Keras has: they are refused in words, whatever they hold."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.files import read_saved_model
from tfspec.spec import load
from tfspec.spec.from_keras import CannotSayError, spec_from_config

ENCODER = Path(__file__).parents[1] / "cases" / "saved" / "encoder.keras"
CONFIG = read_saved_model(ENCODER).config


def test_the_shortest_way_to_write_it() -> None:
    assert load(spec_from_config(CONFIG)).to_dict() == {
        "tfspec": 1,
        "model": {
            "sequential": {
                "name": "encoder",
                "input": {"shape": [4], "name": "input_layer"},
                "layers": [{"Dense": {"units": 3, "activation": "relu", "name": "dense"}}],
            }
        },
    }


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a structure."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for key, each in inside for place in places(each, (*way, key)))]


OTHERS = st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=3) | st.just([]) | st.just({})


@given(place=st.sampled_from(places(CONFIG)[1:]), other=OTHERS, is_gone=st.booleans())
def test_any_change_is_read_or_refused(place: tuple[Any, ...], other: Any, *, is_gone: bool) -> None:
    config = json.loads(json.dumps(CONFIG))
    holder = config
    for key in place[:-1]:
        holder = holder[key]
    if is_gone:
        del holder[place[-1]]
    else:
        holder[place[-1]] = other
    with suppress(CannotSayError):
        spec_from_config(config)


def test_models_within_models_without_end() -> None:
    config = CONFIG
    for _ in range(3000):
        config = {**CONFIG, "config": {**CONFIG["config"], "layers": [CONFIG["config"]["layers"][0], config]}}
    with pytest.raises(CannotSayError, match="too many things inside one another"):
        spec_from_config(config)


def test_a_circle() -> None:
    tensor = {
        "class_name": "__keras_tensor__",
        "config": {"shape": [None, 4], "dtype": "float32", "keras_history": ["d", 0, 0]},
    }
    dense = CONFIG["config"]["layers"][1]
    entry = {**dense, "config": {**dense["config"], "name": "d"}, "inbound_nodes": [{"args": [tensor], "kwargs": {}}]}
    config = {"name": "m", "layers": [entry], "input_layers": [], "output_layers": ["d", 0, 0]}
    with pytest.raises(CannotSayError, match="takes what nothing in the model gives"):
        spec_from_config({"module": "keras", "class_name": "Functional", "config": config})


def test_the_file_is_small_and_has_weights() -> None:
    with ZipFile(ENCODER) as file:
        assert "model.weights.h5" in file.namelist()
