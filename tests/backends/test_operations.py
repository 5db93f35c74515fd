"""Operations against TensorFlow's own profiler: layers one by one, and whole models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod
from pathlib import Path
from typing import Any

import pytest

import tfspec
from tfspec.analysis import analyze
from tfspec.catalogue import find
from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.tensors import TensorType

ONE_EACH = (
    "Abs", "Atan2", "Ceil", "Cumsum", "Elu", "Erfc", "Exp", "Expm1", "Floor",
    "LeakyRelu", "Relu", "Relu6", "Selu", "Sigmoid",
    "Softplus", "Softsign", "Sqrt", "Tanh",
)  # fmt: skip
"""Kernels of one operation for each element of their output."""


def _output(op: Any) -> int:
    return int(op.outputs[0].shape.num_elements())


def _input(op: Any, index: int = 0) -> int:
    return int(op.inputs[index].shape.num_elements())


def _einsum(op: Any) -> int:
    """A multiply-add for each combination of letters; axes without one are numbered."""
    sizes: dict[str, int] = {}
    for text, x in zip(op.get_attr("equation").decode().split("->")[0].split(","), op.inputs, strict=True):
        before, _, behind = text.partition("...")
        more = range(len(x.shape) - len(before) - len(behind))
        sizes |= zip([*before, *map(str, more), *behind], map(int, x.shape), strict=True)
    return 2 * prod(sizes.values())


LEFT_OUT: dict[str, Callable[[Any], int]] = {
    **dict.fromkeys(ONE_EACH, _output),
    "AvgPool3D": lambda op: prod(op.get_attr("ksize")) * _output(op),  # as the profiler counts AvgPool
    "Conv3DBackpropInputV2": lambda op: 2 * _input(op, 2) * prod(op.inputs[1].shape[:-1]),
    "Einsum": _einsum,
    "LogSoftmax": lambda op: 5 * _output(op),  # as the profiler counts Softmax
    "Max": lambda op: _input(op) - _output(op),  # as the profiler counts ArgMax
    "MaxPool3D": lambda op: prod(op.get_attr("ksize")) * _output(op),  # as the profiler counts MaxPool
    "Min": lambda op: _input(op) - _output(op),
    "ResizeBicubic": lambda op: 2 * 16 * _output(op),  # a multiply-add for each of 16 pixels
    "ResizeBilinear": lambda op: 2 * 4 * _output(op),  # a multiply-add for each of 4 pixels
}
"""Kernels that compute, and that the profiler knows no number for: what the convention says of them."""

MOVING = {
    "Any", "BatchToSpaceND", "BroadcastTo", "Bucketize", "Cast", "ConcatV2", "Const", "ExpandDims", "Fill",
    "GatherV2", "Identity", "IdentityN", "IsFinite", "IsNan", "LogicalAnd", "LogicalNot", "MatrixBandPart", "NoOp",
    "Pack", "Pad", "PadV2", "Placeholder", "Prod", "Range", "Reshape", "ResizeNearestNeighbor", "ReverseV2",
    "SelectV2", "Shape", "Slice", "SpaceToBatchND", "Split", "SplitV", "Squeeze", "StopGradient", "StridedSlice",
    "Tile", "TopKV2", "Transpose", "Unpack",
}  # fmt: skip
"""Kernels that move, choose or name data."""


def count(call: Callable[..., Any], shapes: list[tuple[int, ...]], dtypes: list[str]) -> tuple[int, int]:
    """The operations of a call on a batch of one: those that the profiler counts, and those that it leaves out.

    Operations on whole numbers are reckoning with shapes, and go off the profiler's count.
    """
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    signature = [tf.TensorSpec((1, *shape), dtype) for shape, dtype in zip(shapes, dtypes, strict=True)]
    concrete = tf.function(call).get_concrete_function(*signature)
    graph = convert_variables_to_constants_v2(concrete, lower_control_flow=False).graph
    counted = dict(_statistics(graph))
    assert _profiled(graph) == sum(counted.values())
    unknown = {op.type for op in graph.get_operations()} - set(LEFT_OUT) - MOVING - {op.type for op in counted}
    assert not unknown, f"kernels that nobody has a rule for: {unknown}"
    left_out = sum(LEFT_OUT[op.type](op) for op in graph.get_operations() if op.type in LEFT_OUT and _is_float(op))
    return sum(number for op, number in counted.items() if _is_float(op)), left_out


def _profiled(graph: Any) -> int:
    """The profiler's own total."""
    import tensorflow as tf

    profiler = tf.compat.v1.profiler
    options = profiler.ProfileOptionBuilder(profiler.ProfileOptionBuilder.float_operation()).with_empty_output().build()
    profile = profiler.profile(graph, options=options)
    return int(profile.total_float_ops)


def _statistics(graph: Any) -> Iterator[tuple[Any, int]]:
    """The profiler's number for each node that it has one for."""
    from tensorflow.python.framework import ops

    for op in graph.get_operations():
        number = ops.get_stats_for_node_def(graph, op.node_def, "flops").value
        if number is not None:
            yield op, int(number)


def _is_float(op: Any) -> bool:
    return any(tensor.dtype.is_floating for tensor in (*op.inputs, *op.outputs))


ROOT = Path(__file__).parents[2]
IMAGE = (6, 6, 4)
VOLUME = (4, 4, 4, 2)
STEPS = (2, 5)
PAIR = ((4, 6), (5, 6))
SAME = ((4, 6), (4, 6))

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "Dense": [
        ({"units": 3}, (4,)),
        ({"units": 3, "activation": "softmax"}, (5, 4)),
        ({"units": 3, "lora_rank": 2}, (4,)),
    ],
    "EinsumDense": [
        ({"equation": "abc,cd->abd", "output_shape": [None, 6], "bias_axes": "d", "lora_rank": 2}, (5, 4)),
        ({"equation": "...x,xy->...y", "output_shape": [3], "bias_axes": "y"}, (4,)),
        ({"equation": "abc,cde->abde", "output_shape": [None, 2, 3], "bias_axes": "de", "activation": "tanh"}, (5, 4)),
    ],
    "Embedding": [({"input_dim": 9, "output_dim": 4}, (5,)), ({"input_dim": 9, "output_dim": 4, "lora_rank": 2}, (5,))],
    "Conv1D": [({"filters": 8, "kernel_size": 3, "padding": "causal", "dilation_rate": 2}, (8, 4))],
    "Conv2D": [
        ({"filters": 8, "kernel_size": 3, "activation": "relu"}, IMAGE),
        ({"filters": 8, "kernel_size": [3, 2], "strides": 2, "padding": "same", "use_bias": False}, IMAGE),
        ({"filters": 8, "kernel_size": 2, "dilation_rate": 2}, IMAGE),
    ],
    "Conv3D": [({"filters": 3, "kernel_size": 2, "strides": 2}, VOLUME)],
    "Conv1DTranspose": [({"filters": 8, "kernel_size": 3, "strides": 2, "padding": "same"}, (8, 4))],
    "Conv2DTranspose": [({"filters": 8, "kernel_size": 3, "strides": 2, "padding": "same"}, IMAGE)],
    "Conv3DTranspose": [({"filters": 3, "kernel_size": 2, "strides": 2}, VOLUME)],
    "DepthwiseConv1D": [({"kernel_size": 3, "depth_multiplier": 2}, (8, 4))],
    "DepthwiseConv2D": [({"kernel_size": 3, "strides": 2, "padding": "same"}, IMAGE)],
    "SeparableConv1D": [({"filters": 8, "kernel_size": 3}, (8, 4))],
    "SeparableConv2D": [({"filters": 8, "kernel_size": 3, "depth_multiplier": 2, "strides": 2}, IMAGE)],
    "MaxPooling1D": [({}, (8, 4))],
    "MaxPooling2D": [({"pool_size": 3, "strides": 2, "padding": "same"}, IMAGE)],
    "MaxPooling3D": [({}, VOLUME)],
    "AveragePooling1D": [({"pool_size": 2}, (8, 4))],
    "AveragePooling2D": [({"pool_size": 2, "padding": "same"}, IMAGE)],
    "AveragePooling3D": [({"pool_size": 2}, VOLUME)],
    "GlobalAveragePooling1D": [({}, (8, 4))],
    "GlobalAveragePooling2D": [({}, IMAGE)],
    "GlobalMaxPooling2D": [({"keepdims": True}, IMAGE)],
    "BatchNormalization": [
        ({"scale": scale, "center": center}, IMAGE) for scale in (True, False) for center in (True, False)
    ],
    "LayerNormalization": [
        ({"axis": axis, "scale": scale, "center": center}, (4, 5, 7))
        for axis in (-1, [2, 3], 1)
        for scale in (True, False)
        for center in (True, False)
    ],
    "GroupNormalization": [
        ({"groups": groups, "scale": scale, "center": center}, IMAGE)
        for groups in (-1, 2)
        for scale in (True, False)
        for center in (True, False)
    ],
    "RMSNormalization": [({}, IMAGE), ({"axis": [2, 3]}, IMAGE)],
    "UnitNormalization": [({}, IMAGE), ({"axis": [1, 2]}, IMAGE)],
    "Normalization": [({"mean": 1.0, "variance": 2.0}, IMAGE), ({"mean": 1.0, "variance": 2.0, "invert": True}, (4,))],
    "Rescaling": [({"scale": 0.5}, IMAGE)],
    "AutoContrast": [({}, (8, 8, 3))],
    "Resizing": [
        ({"height": 4, "width": 5, "interpolation": how}, IMAGE) for how in ("nearest", "bilinear", "bicubic")
    ],
    "CenterCrop": [({"height": 4, "width": 4}, IMAGE), ({"height": 9, "width": 9}, IMAGE)],
    "UpSampling2D": [({}, IMAGE), ({"interpolation": "bilinear"}, IMAGE)],
    "ReLU": [
        ({"max_value": most, "negative_slope": slope, "threshold": threshold}, (3, 6))
        for most in (None, 6.0, 3.0)
        for slope in (0.0, 0.1)
        for threshold in (0.0, 1.0)
    ],
    "LeakyReLU": [({}, (3, 6))],
    "ELU": [({}, (3, 6)), ({"alpha": 0.5}, (3, 6))],
    "PReLU": [({}, (3, 6)), ({"shared_axes": [1]}, (3, 6))],
    "Softmax": [({"axis": axis}, (3, 6)) for axis in (-1, 1, [1, 2])],
    "Masking": [({}, (3, 6))],
    "SimpleRNN": [({"units": 3, "unroll": True, "use_bias": bias}, STEPS) for bias in (True, False)],
    "LSTM": [({"units": 3, "unroll": True, "use_bias": bias}, STEPS) for bias in (True, False)],
    "GRU": [
        ({"units": 3, "unroll": True, "use_bias": bias, "reset_after": after}, STEPS)
        for bias in (True, False)
        for after in (True, False)
    ],
    "RNN": [
        ({"cell": {"LSTMCell": {"units": 3, "activation": "relu"}}, "unroll": True, "return_sequences": True}, STEPS)
    ],
    "Bidirectional": [
        ({"layer": {"GRU": {"units": 3, "unroll": True, "return_sequences": True}}, "merge_mode": mode}, STEPS)
        for mode in ("concat", "sum", "mul", "ave")
    ],
    "TimeDistributed": [({"layer": {"Dense": {"units": 4}}}, STEPS)],
    "ConvLSTM1D": [({"filters": 3, "kernel_size": 2}, (2, 4, 2))],
    "ConvLSTM2D": [
        ({"filters": 3, "kernel_size": 2, "strides": 2}, (2, 4, 4, 2)),
        ({"filters": 3, "kernel_size": 2, "use_bias": False}, (2, 4, 4, 2)),
    ],
    "Attention": [
        ({"score_mode": mode, "use_scale": scale}, PAIR) for mode in ("dot", "concat") for scale in (True, False)
    ],
    "AdditiveAttention": [({"use_scale": scale}, PAIR) for scale in (True, False)],
    "MultiHeadAttention": [
        ({"num_heads": 2, "key_dim": 3}, PAIR),
        ({"num_heads": 2, "key_dim": 3, "value_dim": 4, "use_gate": True, "use_bias": False, "output_shape": 5}, PAIR),
        ({"num_heads": 2, "key_dim": 3, "use_gate": True, "dropout": 0.1}, PAIR),
        ({"num_heads": 2, "key_dim": 3, "sliding_window": 2}, SAME),
        ({"num_heads": 2, "key_dim": 3}, ((3, 4, 6), (3, 4, 6))),
        ({"num_heads": 2, "key_dim": 3, "attention_axes": 2}, ((3, 4, 6), (3, 4, 6))),
    ],
    "GroupQueryAttention": [
        ({"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2, "use_gate": gate, "dropout": dropout}, PAIR)
        for gate in (True, False)
        for dropout in (0.0, 0.1)
    ],
    "Add": [({}, ((4, 6),) * 3), ({}, ((1, 6), (4, 1), (4, 6)))],
    "Subtract": [({}, SAME)],
    "Multiply": [({}, SAME)],
    "Average": [({}, ((4, 6),) * 3)],
    "Maximum": [({}, SAME)],
    "Concatenate": [({}, SAME)],
    "Dot": [
        ({"axes": 2}, PAIR),
        ({"axes": 2, "normalize": True}, PAIR),
        ({"axes": 1}, ((6,), (6,))),
        ({"axes": [1, 2]}, ((6, 4), (5, 6))),
    ],
    "STFTSpectrogram": [
        ({"mode": mode, "frame_length": 16}, (64, 2)) for mode in ("log", "magnitude", "psd", "real", "angle", "stft")
    ],
    "Dropout": [({"rate": 0.5}, (4,))],
    "RandomFlip": [({}, IMAGE)],
    "Flatten": [({}, IMAGE)],
    "ZeroPadding2D": [({}, IMAGE)],
}
"""Layers with arguments and the shapes of their inputs; recurrent ones unrolled, since the profiler skips loops."""

OTHERWISE: dict[str, tuple[str, dict[str, Any], Any]] = {
    "the profiler divides the output by the strides, which counts edges that no product falls on": (
        "Conv2DTranspose",
        {"filters": 8, "kernel_size": 3, "strides": 2},
        IMAGE,
    ),
    "Keras pools windows of two lengths everywhere and picks those it needs": (
        "AdaptiveAveragePooling2D",
        {"output_size": 4},
        IMAGE,
    ),
}
"""Where the convention counts the operations that are needed, and the profiler counts more."""

WHOLE = ("Embedding",)
"""Layers that take whole numbers."""


@pytest.mark.parametrize("name", CASES)
def test_a_layer(name: str, keras: Any) -> None:
    for arguments, shapes in CASES[name]:
        ours, theirs = _both(name, arguments, shapes, keras)
        assert ours == theirs, arguments


@pytest.mark.parametrize("reason", OTHERWISE)
def test_the_profiler_counts_more(reason: str, keras: Any) -> None:
    ours, theirs = _both(*OTHERWISE[reason], keras)
    assert ours < theirs


def test_activations(keras: Any) -> None:
    from tfspec.catalogue import declarations

    classes: Any = declarations("activation")
    for cls in classes:
        arguments = {"threshold": 1.0, "default_value": 0.0} if cls.spelling() == "threshold" else {}
        ours, theirs = _both("Activation", {"activation": {cls.spelling(): arguments}}, (3, 6), keras)
        assert ours == theirs * (1 if cls.keeps_shape else 2), cls.spelling()  # `glu` computes half of what it is given


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("elu", {"alpha": 0.5}),
        ("gelu", {"approximate": True}),
        ("relu", {"negative_slope": 0.1, "max_value": 6.0}),
        ("softmax", {"axis": 1}),
        ("sparsemax", {"axis": 1}),
    ],
)
def test_activations_with_arguments(name: str, arguments: dict[str, Any], keras: Any) -> None:
    ours, theirs = _both("Activation", {"activation": {name: arguments}}, (3, 6), keras)
    assert ours == theirs


@pytest.mark.parametrize(
    ("path", "overrides"),
    [
        ("quickstart.yaml", []),
        ("tutorials/breast_cancer.yaml", []),
        ("tutorials/boston_housing.yaml", []),
        ("tutorials/digits_cnn.yaml", []),
        ("tutorials/fashion_mnist.yaml", []),
        ("tutorials/mnist_mlp.yaml", []),
        (
            "tutorials/imdb_lstm.yaml",
            ["data.source.imdb.pad_to=5", "model.sequential.layers.1.Bidirectional.layer.LSTM.unroll=true"],
        ),
    ],
)
def test_a_model(path: str, overrides: list[str], keras: Any) -> None:
    keras.utils.clear_session()
    spec = tfspec.load(ROOT / "specs" / path, overrides=overrides)
    summary = analyze(spec).summary
    model = tfspec.build(spec)
    shapes: Any = [row.shape[1:] for row in summary.inputs]
    counted, left_out = count(model, shapes, [row.dtype for row in summary.inputs])
    assert summary.operations == counted + left_out


def _both(name: str, arguments: dict[str, Any], shapes: Any, keras: Any) -> tuple[Any, int]:
    """The operations of a layer by its declaration, and by the profiler."""
    from tfspec.backends.keras.objects import to_keras

    keras.utils.clear_session()
    cls: Any = find("layer", name)
    layer: Layer = cls.model_validate(arguments)
    shapes = [shapes] if isinstance(shapes[0], int) else list(shapes)
    dtype = "int32" if name in WHOLE else "float32"
    inputs = [TensorType((None, *shape), dtype) for shape in shapes]
    built = to_keras(layer)
    built.unroll = True  # `ConvLSTM2D` has no such argument
    names = list(call_signature(cls).parameters)

    def call(*given: Any) -> Any:
        if layer.takes_list:
            return built(list(given), training=False)
        return built(given[0], **dict(zip(names[1:], given[1:], strict=False)), training=False)

    return layer.operations(*inputs), sum(count(call, shapes, [dtype] * len(shapes)))
