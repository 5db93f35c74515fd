"""What is accepted under a spec's `precision` runs as `fit` runs it, in the dtype that is said."""

from __future__ import annotations

from typing import Any

import pytest

from tfspec.analysis.types import in_precision
from tfspec.catalogue import declarations
from tfspec.catalogue.activations import Activation
from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.catalogue.reference.examples import layer_example
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType

LAYERS: Any = [
    cls for cls in declarations("layer") if not (cls.only_inside or cls.__name__.endswith(("Cell", "Cells")))
]

ON_A_GPU = {"AdaptiveAveragePooling3D", "AdaptiveMaxPooling3D", "AveragePooling3D", "MaxPooling3D"}
"""Layers that TensorFlow computes in float16 on a GPU alone."""

REALLY = {
    "CategoryEncoding": "float32",
    "IntegerLookup": "int64",
    "StringLookup": "int64",
    "TextVectorization": "int64",
}
"""What really comes out of layers, where Keras says another dtype."""


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NumPy's, of constants that half precision cannot hold
@pytest.mark.filterwarnings("ignore:You are using a softmax over axis")
@pytest.mark.parametrize("precision", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
def test_runs_in_half_precision(cls: type[Layer], precision: str, keras: Any) -> None:
    if precision == "mixed_float16" and cls.__name__ in ON_A_GPU:
        pytest.skip("TensorFlow has no kernel for it on a CPU")
    from tfspec.backends.keras.model import precision as under
    from tfspec.backends.keras.objects import to_keras

    example = layer_example(cls, named=False)
    inputs = list(example.inputs.values())
    refused = False
    try:
        outputs = in_precision(example.layer, precision).apply(*inputs)
        said = (outputs if isinstance(outputs, TensorType) else outputs[0]).dtype
    except Refusal:
        refused = True
    with under(precision):
        try:
            given = _run(to_keras(example.layer), example.layer, inputs, keras)
        except Exception:  # noqa: BLE001 - whatever it raises, the layer does not run
            assert refused
            return
    assert not refused
    assert given in {said, REALLY.get(cls.__name__)}


@pytest.mark.parametrize("cls", declarations("activation"), ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_activations_run_in_half_precision(cls: type[Activation], dtype: str, keras: Any) -> None:
    import tensorflow as tf

    from tfspec.backends.keras.objects import to_keras

    needed = {name: 0.5 for name, field in cls.model_fields.items() if field.is_required()}
    activation = keras.activations.get(to_keras(cls.model_validate(needed)))
    try:
        assert tf.function(activation)(tf.ones((2, 4), dtype)).dtype == dtype
        runs = True
    except ValueError:
        runs = False
    assert runs == (dtype not in cls.not_computed_in)


def _run(built: Any, layer: Layer, inputs: list[TensorType], keras: Any) -> str:
    """The dtype of what a layer gives in a graph, in training."""
    import tensorflow as tf

    names = list(call_signature(type(layer)).parameters)[1:]

    def call(tensors: list[Any], **keywords: Any) -> Any:
        if layer.takes_list:
            return built(tensors, **keywords)
        return built(tensors[0], **dict(zip(names, tensors[1:], strict=False)), **keywords)

    call([keras.KerasTensor((2, *x.shape[1:]), x.dtype) for x in inputs])
    shapes = [[2, *x.shape[1:]] for x in inputs]
    made = [
        tf.fill(shape, "a") if x.dtype == "string" else tf.zeros(shape, x.dtype)
        for shape, x in zip(shapes, inputs, strict=True)
    ]
    output = keras.tree.flatten(tf.function(lambda: call(made, training=True))())[0]
    return str(keras.backend.standardize_dtype(output.dtype))
