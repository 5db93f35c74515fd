"""Which layers take two floating-point dtypes, measured: those that cast by themselves, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from tfspec.catalogue import declarations
from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.catalogue.reference.examples import Example, layer_example
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, is_float

LAYERS: Any = [
    cls
    for cls in declarations("layer")
    if {"autocast", "dtype"} <= set(cls.model_fields) and is_float(cls.example_dtype) and not cls.keeps_dtype
]

CASES = {"float64": "float32", "float32": "float64"}
"""Policies, and the dtype that a layer is given under each of them."""

FLOAT32_ONLY = ("MelSpectrogram",)
"""Layers that refuse a policy of float64, whatever they are given."""


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
def test_without_autocast_a_layer_casts_itself_or_is_refused(cls: type[Layer], keras: Any) -> None:
    example = layer_example(cls, named=False)
    given = [
        (cls.model_validate({**example.layer.said, "dtype": name, "autocast": False}), _inputs(example, dtype))
        for name, dtype in CASES.items()
        if name != "float64" or cls.__name__ not in FLOAT32_ONLY
    ]
    if cls.casts_itself:
        for layer, inputs in given:
            assert layer.apply(*inputs)
            assert _gives(layer, inputs, keras, in_graph=not cls.keeps_tensors) == layer.policy.compute
        return
    for layer, inputs in given:
        with pytest.raises(Refusal) as caught:
            layer.apply(*inputs)
        assert caught.value.code.id == "TS429"
    assert any(_gives(layer, inputs, keras, in_graph=False) != layer.policy.compute for layer, inputs in given)


def _inputs(example: Example, dtype: str) -> list[TensorType]:
    return [x.with_dtype(dtype) for x in example.inputs.values()]


def _gives(layer: Layer, inputs: list[TensorType], keras: Any, *, in_graph: bool) -> str | None:
    """The dtype of what comes out of a call, in a graph as `fit` makes one or without, or None where it fails."""
    import tensorflow as tf

    from tfspec.backends.keras.objects import to_keras

    built = to_keras(layer)
    made = [keras.ops.zeros([2, *x.shape[1:]], dtype=x.dtype) for x in inputs]
    names = list(call_signature(type(layer)).parameters)[1:]
    others = dict(zip(names, made[1:], strict=False))

    def call() -> Any:
        return built(made, training=True) if layer.takes_list else built(made[0], **others, training=True)

    try:
        output = keras.tree.flatten((tf.function(call) if in_graph else call)())[0]
    except Exception:  # noqa: BLE001 - whatever it raises, the layer does not run
        return None
    return str(keras.backend.standardize_dtype(output.dtype))
