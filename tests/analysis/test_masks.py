"""Masks: the same layers hand them on as in Keras, and those that do not fit are refused where Keras fails."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import tfspec
from tfspec.catalogue import declarations
from tfspec.catalogue.layers.layer import Layer
from tfspec.spec import load

LAYERS: Any = declarations("layer")

TAKE_AND_KEEP_NONE = {"Dot", "GlobalAveragePooling1D", "ReversibleEmbedding"}
"""Layers that Keras calls fit for masks, and whose results carry none."""

FOLLOWS_INSIDE = {"Pipeline"}
"""Layers whose results carry the masks that the layers inside give, which the class itself does not say."""

FEW = "Embedding: {input_dim: 5, output_dim: 3, mask_zero: true}"


def chain(*steps: str) -> str:
    lines = "".join(f"      - {step}\n" for step in (FEW, *steps))
    return f"tfspec: 1\nmodel:\n  sequential:\n    input: {{shape: [4], dtype: int32}}\n    layers:\n{lines}"


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
def test_hands_masks_on_like_keras(cls: type[Layer], keras: Any) -> None:
    theirs = getattr(keras.layers, cls.__name__)
    parents = [parent for parent in theirs.__mro__ if issubclass(parent, keras.layers.Layer)]
    source = "".join(inspect.getsource(parent) for parent in parents if parent is not keras.layers.Layer)
    computes = any("compute_mask" in vars(parent) for parent in parents if parent is not keras.layers.Layer)
    if cls.__name__ in TAKE_AND_KEEP_NONE:
        assert not cls.passes_mask
    elif cls.__name__ in FOLLOWS_INSIDE:
        assert cls.makes_mask
    else:
        assert (cls.passes_mask or cls.makes_mask) == ("supports_masking = True" in source or computes)


@pytest.mark.filterwarnings("ignore:Layer '.*destroy the mask")
@pytest.mark.parametrize(
    ("steps", "fits"),
    [
        (("Softmax",), False),
        (("{Pipeline: {layers: [Softmax]}}",), False),
        (("{Pipeline: {layers: [ReLU, Masking]}}",), True),
        (("{GlobalAveragePooling1D: {data_format: channels_first}}",), False),
        (("{TimeDistributed: {layer: Softmax}}",), False),
        (("{LSTM: {units: 2, return_sequences: true}}", "Softmax"), False),
        (("Identity", "Softmax"), False),
        (("BatchNormalization", "GlobalAveragePooling1D"), True),
        (("{Bidirectional: {layer: {LSTM: {units: 2}}}}", "Softmax"), True),
        (("Flatten", "Softmax"), True),
    ],
    ids=str,
)
def test_refuses_a_mask_where_keras_fails(steps: tuple[str, ...], fits: Any, keras: Any) -> None:
    assert [problem.code for problem in tfspec.check(chain(*steps))] == ([] if fits else ["TS414"])
    from tfspec.backends.keras.objects import to_keras

    model: Any = load(chain(*steps)).model
    model = keras.Sequential([to_keras(step.layer) for step in model.layers])
    x = keras.ops.convert_to_tensor([[1, 2, 0, 0], [1, 0, 0, 0]])
    if fits:
        model(x)
    else:
        with pytest.raises(Exception, match=r"mask|broadcast|shape"):
            model(x)


@pytest.mark.parametrize("axes", [2, 3])
def test_heads_take_masks_of_whole_steps(axes: int, keras: Any) -> None:
    shape = [3, 5, 4][-axes:]
    text = (
        f"tfspec: 1\nmodel:\n  functional:\n    inputs: {{x: {{shape: {shape}}}}}\n    layers: [Masking, "
        "{MultiHeadAttention: {num_heads: 1, key_dim: 2, from: [_, _]}}]\n"
    )
    fits = axes == 2
    assert [problem.code for problem in tfspec.check(text)] == ([] if fits else ["TS414"])
    masked = keras.layers.Masking()(keras.ops.ones((2, *shape)))
    attention = keras.layers.MultiHeadAttention(1, 2)
    if fits:
        attention(masked, masked)
    else:
        with pytest.raises(ValueError, match="mask"):
            attention(masked, masked)


def test_follows_masks_into_models() -> None:
    inside = "{sequential: {layers: [Softmax]}}"
    assert [problem.code for problem in tfspec.check(chain(inside))] == ["TS414"]
    assert [problem.code for problem in tfspec.check(chain("{sequential: {layers: [Identity]}}", "Softmax"))] == [
        "TS414"
    ]


def test_tells_of_a_mask_that_is_lost() -> None:
    (problem,) = tfspec.check(chain("RMSNormalization", "Dropout: {rate: 0.5}", "LSTM: {units: 2}"))
    assert (problem.code, problem.severity) == ("TS405", "warning")
    assert "`RMSNormalization`" in problem.message
    assert tfspec.check(chain("Flatten", "Reshape: {target_shape: [4, 3]}", "LSTM: {units: 2}")) == []
    assert tfspec.check(chain("LayerNormalization", "LSTM: {units: 2}")) == []
