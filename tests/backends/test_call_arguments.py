"""What a spec says under `call` reaches Keras, in either form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec

CHAIN = "sequential: {input: {shape: [50]}, layers: [{Dropout: {rate: 0.5, call: {training: %s}}}]}"
GRAPH = "functional: {inputs: {x: {shape: [50]}}, layers: [{Dropout: {rate: 0.5, call: {training: %s}}}]}"


@pytest.mark.parametrize("form", [CHAIN, GRAPH], ids=["sequential", "functional"])
def test_a_layer_is_called_as_the_spec_says(form: str, keras: Any, tmp_path: Path) -> None:
    ones = np.ones((1, 50), "float32")
    for said, dropped in (("true", True), ("false", False)):
        model = tfspec.build(f"tfspec: 1\nmodel: {{{form % said}}}")
        model.save(tmp_path / "model.keras")
        for each in (model, keras.models.load_model(tmp_path / "model.keras")):
            assert bool(np.any(np.asarray(each(ones)) == 0)) == dropped


@pytest.mark.usefixtures("keras")
@pytest.mark.parametrize("form", [CHAIN, GRAPH], ids=["sequential", "functional"])
def test_who_calls_the_model_has_the_last_word(form: str) -> None:
    # `fit` and `predict` say `training` themselves, and Keras then forgets what a layer's own call said
    model = tfspec.build(f"tfspec: 1\nmodel: {{{form % 'false'}}}")
    assert np.any(np.asarray(model(np.ones((1, 50), "float32"), training=True)) == 0)
