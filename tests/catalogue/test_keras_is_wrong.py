"""Where Keras itself is wrong: it still is, and what is said here is what really comes out.

Each test fails when Keras mends its mistake; then what the declarations do about it can go.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.registry import find
from tfspec.catalogue.thing import make_thing
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType

if TYPE_CHECKING:
    from collections.abc import Callable

Sizes = tuple[int | None, ...]


class Wrong(NamedTuple):
    """A call whose symbolic answer is not what comes out, or that does not run at all.

    `real` is None where the call fails; `ours` is what tfspec says, or the code of its refusal.
    """

    layer: dict[str, Any]
    inputs: tuple[Sizes, ...]
    said: Sizes
    real: Sizes | None
    ours: Sizes | str
    dtype: str = "float32"
    call: dict[str, Any] = {}  # noqa: RUF012 - read only
    output: int = 0


WRONG = {
    "encoding a list of lists": Wrong(
        {"CategoryEncoding": {"num_tokens": 6, "output_mode": "multi_hot"}},
        ((2, 3, 1),), (2, 3, 6), (2, 1, 6), "TS418", "int32",
    ),
    "hashing a list of lists": Wrong(
        {"Hashing": {"num_bins": 6, "output_mode": "multi_hot"}},
        ((2, 3, 1),), (2, 3, 6), (2, 1, 6), "TS418", "int32",
    ),
    "hashing into vectors": Wrong(
        {"Hashing": {"num_bins": 6, "output_mode": "one_hot"}},
        ((2, 3),), (2, 6), (2, 3, 6), "TS418", "int32",
    ),
    "looking up a list of lists": Wrong(
        {"IntegerLookup": {"vocabulary": [7, 8], "output_mode": "multi_hot"}},
        ((2, 3, 1),), (2, 3, 3), (2, 1, 3), "TS418", "int64",
    ),
    "looking up words in a list of lists": Wrong(
        {"StringLookup": {"vocabulary": ["a", "b"], "output_mode": "count"}},
        ((2, 3, 1),), (2, 3, 3), (2, 1, 3), "TS418", "string",
    ),
    "one vector of a text with an axis of its own": Wrong(
        {"TextVectorization": {"vocabulary": ["a", "b"], "output_mode": "multi_hot"}},
        ((2, 1),), (2, 1, 3), (2, 3), "TS418", "string",
    ),
    "an equation that passes two axes through": Wrong(
        {"EinsumDense": {"equation": "...x,xy->...y", "output_shape": 6}},
        ((2, 3, 4, 5),), (2, 4, 3, 6), (2, 3, 4, 6), "TS418",
    ),
    "the scores of attention": Wrong(
        {"MultiHeadAttention": {"num_heads": 2, "key_dim": 4}},
        ((2, 3, 8), (2, 5, 8)), (2, 2, 3, 3), (2, 2, 3, 5), (2, 2, 3, 5),
        call={"return_attention_scores": True}, output=1,
    ),
    "two directions of different widths": Wrong(
        {"Bidirectional": {"layer": {"LSTM": {"units": 4}},
                           "backward_layer": {"LSTM": {"units": 3, "go_backwards": True}}}},
        ((2, 3, 8),), (2, 8), (2, 7), "TS418",
    ),
    "one frame too many": Wrong(
        {"MelSpectrogram": {"sequence_stride": 100, "fft_length": 256, "num_mel_bins": 8}},
        ((2, 399),), (2, 8, 5), (2, 8, 4), "TS418",
    ),
    "widening by an even kernel": Wrong(
        {"Conv2DTranspose": {"filters": 2, "kernel_size": 2, "strides": 2, "padding": "same", "output_padding": 0}},
        ((2, 4, 4, 1),), (2, 6, 6, 2), None, "TS418",
    ),
    "joining batches": Wrong(
        {"Concatenate": {"axis": 0}}, ((None, 3), (None, 3)), (None, 3), (4, 3), "TS414",
    ),
    "an activation that halves the features": Wrong(
        {"Dense": {"units": 4, "activation": "glu"}}, ((2, 3),), (2, 4), (2, 2), "TS416",
    ),
    "a layer that cannot be quantized": Wrong(
        {"Flatten": {"dtype": "int8_from_float32"}}, ((2, 3, 4),), (2, 12), None, "TS428",
    ),
    "weights that are calibrated later": Wrong(
        {"Dense": {"units": 3, "dtype": "gptq/4/-1_from_float32"}}, ((2, 3),), (2, 3), None, "TS428",
    ),
    "texts as numbers": Wrong(
        {"Dense": {"units": 3}}, ((2, 3),), (2, 3), None, "TS415", "string",
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:`fft_length` is recommended")
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_is_still_wrong(case: Wrong, keras: Any) -> None:
    assert _ours(case) == case.ours
    assert _shape(case, keras, lambda sizes: keras.KerasTensor(sizes, dtype=case.dtype)) == case.said
    assert _shape(case, keras, lambda sizes: _values(sizes, case.dtype)) == case.real


def test_adaptive_pooling_to_a_single_number_kills_the_process() -> None:
    program = """
import numpy, keras
keras.layers.AdaptiveMaxPooling1D(1)(numpy.zeros((2, 4, 1), "float32"))
"""
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode < 0
    layer = make_thing(Layer, {"AdaptiveMaxPooling1D": {"output_size": 1}})
    with pytest.raises(Refusal) as refused:
        layer.apply(TensorType((None, 4, 1)))
    assert refused.value.code.id == "TS418"


def test_discretization_learns_fewer_bins_than_it_says(keras: Any) -> None:
    import numpy as np

    layer = keras.layers.Discretization(num_bins=10, output_mode="one_hot")
    assert layer.compute_output_shape((None, 1)) == (None, 10)
    layer.adapt(np.array([0.0, 1.0]))
    assert layer(np.array([[0.0]])).shape == (1, 2)
    most = _said({"Discretization": {"num_bins": 10, "output_mode": "one_hot"}}, TensorType((None, 1)))
    assert most == (None, 10)  # as many as there can be: only the data knows


def test_a_long_chain_breaks_the_recursion_limit(keras: Any) -> None:
    with pytest.raises(RecursionError):
        keras.Sequential([keras.Input((1,)), *(keras.layers.Identity() for _ in range(1200))])


def test_compile_takes_any_name(keras: Any) -> None:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss="no_such_loss", metrics=["no_such_metric"])
    assert find("loss", "no_such_loss") is None
    assert find("metric", "no_such_metric") is None


@pytest.mark.parametrize(
    ("family", "word", "named"),
    [
        ("optimizer", "lamb", "Lamb"),
        ("loss", "categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy"),
    ],
)  # fmt: skip
def test_names_that_keras_does_not_know_its_own_classes_by(family: str, word: str, named: str, keras: Any) -> None:
    with pytest.raises(ValueError, match=word):
        getattr(keras, f"{family}{'es' if family == 'loss' else 's'}").get(word)
    found = find(family, word) or find(family, named)
    assert found is not None


@pytest.mark.parametrize(("family", "word"), [("loss", "Loss"), ("metric", "Metric")])
def test_abstract_classes_pass_for_things(family: str, word: str, keras: Any) -> None:
    assert getattr(keras, f"{family}{'es' if family == 'loss' else 's'}").get(word) is not None
    assert find(family, word) is None


def test_an_activation_that_needs_more_arguments(keras: Any) -> None:
    with pytest.raises(TypeError, match="argument"):
        keras.activations.get("threshold")(keras.ops.zeros(1))


def test_sparsemax_has_no_symbolic_form(keras: Any) -> None:
    with pytest.raises((ValueError, TypeError, NotImplementedError)):
        keras.activations.get("sparsemax")(keras.KerasTensor((None, 3)))


def test_regularizers_round_their_strength(keras: Any) -> None:
    assert keras.regularizers.L1(0.01).get_config()["l1"] != 0.01


@pytest.mark.parametrize(
    ("layer", "arguments"),
    [
        ("Dense", {"units": 1, "use_bias": "bogus"}), ("Softmax", {"axis": "bogus"}), ("RandomFlip", {"mode": "bogus"}),
        ("LSTM", {"units": 1, "dropout": 1.5}), ("Attention", {"dropout": -1}), ("Dense", {"units": True}),
        ("RandomElasticTransform", {"fill_mode": "mirror"}),
    ],
)  # fmt: skip
def test_nonsense_passes(layer: str, arguments: dict[str, Any], keras: Any) -> None:
    _made(keras, layer, arguments)
    with pytest.raises(ValueError, match=layer):
        make_thing(Layer, {layer: arguments})


def _made(keras: Any, layer: str, arguments: dict[str, Any]) -> Any:
    return getattr(keras.layers, layer)(**arguments)


def _ours(case: Wrong) -> Sizes | str:
    try:
        return _said(
            case.layer, *(TensorType(sizes, case.dtype) for sizes in case.inputs), output=case.output, **case.call
        )
    except Refusal as refusal:
        return refusal.code.id


def _said(layer: dict[str, Any], *inputs: TensorType, output: int = 0, **call: Any) -> Sizes:
    given = make_thing(Layer, layer).apply(*inputs, **call)
    return (given if isinstance(given, TensorType) else given[output]).shape  # type: ignore[return-value] # no names here


def _shape(case: Wrong, keras: Any, make: Callable[[Sizes], Any]) -> Sizes | None:
    from tfspec.backends.keras.objects import to_keras

    declared = make_thing(Layer, case.layer)
    given = [make(sizes) for sizes in case.inputs]
    try:
        layer = to_keras(declared)
        outputs = layer(given, **case.call) if declared.takes_list else layer(*given, **case.call)
    except Exception:  # noqa: BLE001 - whatever it raises, the layer does not run
        return None
    return tuple(keras.tree.flatten(outputs)[case.output].shape)


def _values(sizes: Sizes, dtype: str) -> Any:
    import numpy as np
    import tensorflow as tf

    known = [2 if size is None else size for size in sizes]
    return tf.constant(np.full(known, "a")) if dtype == "string" else tf.zeros(known, dtype)
