"""Shared models by themselves, and why only one model may call what is shared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec

SPEC = """\
tfspec: 1
seed: 3
shared:
  encoder: {sequential: {input: {shape: [8]}, layers: [{Dense: {units: 4}}]}}
model:
  functional:
    inputs: {a: {shape: [8]}, b: {shape: [8]}}
    layers: [{encoder: {from: a, name: left}}, {encoder: {from: b}}, {Add: {from: [left, encoder]}}]
compile: {optimizer: adam, loss: mse}
"""


def test_a_part_is_built_by_itself(keras: Any) -> None:
    part = tfspec.build(SPEC, part="encoder")
    assert isinstance(part, keras.Sequential)
    assert part.name == "encoder"
    assert not part.compiled
    assert part.count_params() == tfspec.inspect(SPEC, part="encoder").parameters


def test_a_frozen_part_does_not_learn() -> None:
    part = tfspec.build(SPEC.replace("    inputs:", "    freeze: [encoder]\n    inputs:"), part="encoder")
    assert part.trainable_weights == []


@pytest.mark.parametrize("shared_as", ["layer", "model"])
def test_keras_cannot_load_what_two_models_call(keras: Any, tmp_path: Path, shared_as: str) -> None:
    """If this fails, Keras has learnt it, and `TS314` can go."""
    shared = keras.layers.Dense(4, name="shared")
    if shared_as == "model":
        shared = keras.Sequential([keras.Input((4,)), shared], name="shared")
    inner_input = keras.Input((4,))
    inner = keras.Model(inner_input, keras.layers.Dense(4)(shared(inner_input)), name="inner")
    given = keras.Input((4,))
    model = keras.Model(given, inner(shared(given)))
    assert np.shape(model.predict(np.zeros((2, 4)), verbose=0)) == (2, 4)
    model.save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match=r"used 2 times|not connected"):
        keras.models.load_model(tmp_path / "model.keras")
