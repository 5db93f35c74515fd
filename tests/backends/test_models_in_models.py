"""Models in models, and shared ones, against the same networks written in Keras."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec

SIAMESE = """\
tfspec: 1
seed: 1
shared:
  encoder: {sequential: {input: {shape: [8]}, layers: [{Dense: {units: 4, activation: tanh}}, {Dense: {units: 2}}]}}
  scale: {Dense: {units: 2, use_bias: false}}
model:
  functional:
    inputs: {a: {shape: [8]}, b: {shape: [8]}}
    layers:
      - encoder: {from: a, name: left}
      - scale: {name: scaled}
      - encoder: {from: b}
      - scale
      - Subtract: {from: [scaled, _]}
compile: {optimizer: sgd, loss: mse}
"""


@pytest.fixture
def x() -> dict[str, Any]:
    generator = np.random.default_rng(0)
    return {name: generator.normal(size=(5, 8)).astype("float32") for name in "ab"}


def test_shared_weights_are_the_same(keras: Any, x: dict[str, Any], tmp_path: Path) -> None:
    model = tfspec.build(SIAMESE)
    assert model.count_params() == tfspec.inspect(SIAMESE).parameters == 8 * 4 + 4 + 4 * 2 + 2 + 4
    same = model.predict({"a": x["a"], "b": x["a"]}, verbose=0)
    assert np.allclose(same, 0)
    encoder, scale = model.get_layer("encoder"), model.get_layer("scale")
    expected = scale(encoder(x["a"])) - scale(encoder(x["b"]))
    assert np.allclose(model.predict(x, verbose=0), expected, atol=1e-6)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert np.array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0))
    encoder.save(tmp_path / "encoder.keras")
    alone = keras.models.load_model(tmp_path / "encoder.keras")
    assert np.array_equal(alone(x["a"]), encoder(x["a"]))


def test_an_autoencoder_whose_encoder_is_a_model(keras: Any) -> None:
    text = """\
tfspec: 1
shared:
  encoder: {sequential: {input: {shape: [12]}, layers: [{Dense: {units: 6}}, {Dense: {units: 3}}]}}
  decoder: {sequential: {input: {shape: [3]}, layers: [{Dense: {units: 6}}, {Dense: {units: 12}}]}}
model:
  sequential: {input: {shape: [12]}, layers: [encoder, decoder]}
"""
    model = tfspec.build(text)
    assert [layer.name for layer in model.layers] == ["encoder", "decoder"]
    assert isinstance(model, keras.Sequential)
    assert model.count_params() == tfspec.inspect(text).parameters


def test_a_chain_that_calls_one_layer_twice(keras: Any) -> None:
    text = """\
tfspec: 1
shared: {mix: {Dense: {units: 4}}}
model: {sequential: {input: {shape: [4]}, layers: [mix, ReLU, mix]}}
"""
    model = tfspec.build(text)
    assert model.count_params() == 4 * 4 + 4
    ones = np.ones((1, 4), "float32")
    mix = model.get_layer("mix")
    assert np.allclose(model(ones), mix(keras.ops.relu(mix(ones))))


NESTED = """\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [null, 6]}}
    layers:
      - functional:
          name: heads
          inputs: {p: {shape: [null, 6]}, q: {shape: [null, 6]}}
          layers:
            - Add: {from: [p, q], name: both}
            - Dense: {units: 3, name: more}
          outputs: {z_sum: both, a_three: more}
          from: {q: x, p: x}
          as: [s, t]
      - Concatenate: {from: [s, t]}
      - sequential: {layers: [{Dense: {units: 2}}, {LSTM: {units: 2}}], trainable: false}
    outputs: sequential
"""


def test_results_keep_their_order(keras: Any) -> None:
    model = tfspec.build(NESTED)
    summary = tfspec.inspect(NESTED)
    assert [layer.name for layer in model.layers][1:] == [row.name for row in summary.layers]
    assert model.output.shape == summary.outputs[0].shape == (None, 2)
    assert model.get_layer("concatenate").output.shape == (None, None, 9)
    assert model.count_params() == summary.parameters
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    assert trained == summary.trainable_parameters
    x = np.random.default_rng(0).normal(size=(2, 3, 6)).astype("float32")
    heads = model.get_layer("heads")({"p": x, "q": x})
    assert np.allclose(heads["z_sum"], x + x)
    assert np.allclose(
        model.get_layer("sequential")(keras.ops.concatenate([heads["z_sum"], heads["a_three"]], axis=-1)), model(x)
    )


def test_what_is_frozen_does_not_move(x: dict[str, Any]) -> None:
    text = SIAMESE.replace("    layers:\n", "    freeze: [left]\n    layers:\n", 1)
    model = tfspec.build(text)
    before = [weight.numpy() for weight in model.get_layer("encoder").weights]
    scale = model.get_layer("scale").kernel.numpy()
    model.fit(x, np.ones((5, 2)), verbose=0)
    after = [weight.numpy() for weight in model.get_layer("encoder").weights]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    assert not np.array_equal(scale, model.get_layer("scale").kernel.numpy())
