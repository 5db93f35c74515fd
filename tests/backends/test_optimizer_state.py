"""What optimizers keep, in bytes, against the variables that Keras makes."""

from __future__ import annotations

import json
from typing import Any

import pytest

import tfspec
from tfspec.catalogue import declarations

MODEL = """\
tfspec: 1
%s
model:
  sequential:
    input: {shape: [5], dtype: int32}
    layers:
      - Embedding: {input_dim: 7, output_dim: 4}
      - Conv1D: {filters: 3, kernel_size: 2}
      - LayerNormalization
      - Flatten
      - Dense: {units: 6, trainable: false}
      - Dense: {units: 2, name: head}
compile: {loss: mse, optimizer: %s}
"""

COMMON: tuple[dict[str, Any], ...] = (
    {"use_ema": True},
    {"gradient_accumulation_steps": 2},
    {"learning_rate": {"CosineDecay": {"initial_learning_rate": 0.1, "decay_steps": 9}}},
)
OWN: dict[str, tuple[dict[str, Any], ...]] = {
    "SGD": ({"momentum": 0.9}, {"momentum": 0.9, "use_ema": True, "nesterov": True}),
    "RMSprop": ({"momentum": 0.9}, {"centered": True}, {"momentum": 0.9, "centered": True}),
    "Adam": ({"amsgrad": True}, {"clipnorm": 1.0, "weight_decay": 0.1}),
    "AdamW": ({"amsgrad": True},),
    "Muon": ({"exclude_layers": ["head"]}, {"exclude_embeddings": False}),
}


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Every optimizer with its defaults, with the arguments that all have, and with its own."""
    found: list[tuple[str, dict[str, Any]]] = []
    for cls in declarations("optimizer"):
        name = cls.spelling()
        if name == "LossScaleOptimizer":
            found += [(name, {"inner_optimizer": "Adam"}), (name, {"inner_optimizer": {"SGD": COMMON[2]}})]
        else:
            found += [(name, given) for given in ({}, *COMMON, *OWN.get(name, ()))]
    return found


@pytest.mark.parametrize(
    ("name", "given"), cases(), ids=lambda value: value if isinstance(value, str) else ",".join(value)
)
def test_it_is_what_keras_keeps(name: str, given: dict[str, Any], keras: Any) -> None:
    _compare("", json.dumps({name: given}), keras)


@pytest.mark.parametrize("precision", ["mixed_float16", "mixed_bfloat16", "float16", "float64"])
def test_precision(precision: str, keras: Any) -> None:
    _compare(f"precision: {precision}", "Adam", keras)


def _compare(top: str, optimizer: str, keras: Any) -> None:
    keras.utils.clear_session()
    text = MODEL % (top, optimizer)
    try:
        model = tfspec.build(text)
        model.optimizer.build(model.trainable_variables)
        kept = sum(_bytes(variable) for variable in model.optimizer.variables)
        weights = sum(_bytes(variable) for variable in model.weights)
        gradients = sum(_bytes(variable) for variable in model.trainable_weights)
    finally:
        keras.config.set_dtype_policy("float32")
    found = tfspec.inspect(text).bytes
    assert (found["weights"], found["gradients"], found["optimizer"]) == (weights, gradients, kept)


def _bytes(variable: Any) -> int:
    import tensorflow as tf

    return int(variable.shape.num_elements()) * int(tf.as_dtype(variable.dtype).size)
