"""What a model costs: operations and bytes, and what is unknown of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.analysis import analyze
from tfspec.catalogue import declarations
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, are_known, width
from tfspec.testing import arguments, inputs_for

LAYERS: Any = declarations("layer")
WORDS = {"initializer": ("zeros",), "regularizer": ("l2",), "constraint": ("non_neg",)}

MODEL = """\
tfspec: 1
{top}
shared: {{twin: {{Dense: {{units: 4}}}}}}
model:
  functional:
    inputs: {{x: {{shape: {shape}}}, y: {{shape: {shape}}}}}
    layers:
      - twin: {{from: x, name: left}}
      - twin: {{from: y, name: right}}
      - Add: {{from: [left, right]}}
      - Dense: {{units: 3, trainable: false}}
"""


def model(shape: str = "[5]", top: str = "") -> tfspec.Summary:
    """A model that uses a layer twice."""
    return tfspec.inspect(MODEL.format(shape=shape, top=top))


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_every_layer_has_a_rule(cls: type[Layer], data: st.DataObject) -> None:
    layer = cls.model_validate(data.draw(arguments(cls, words=WORDS), label="arguments"))
    inputs = data.draw(inputs_for(layer), label="inputs")
    outputs = _accepted(layer, inputs)
    if outputs is None:
        return
    operations = layer.operations(*inputs)
    if all(are_known(type_.shape[1:]) for type_ in (*_flat(inputs), *outputs)):
        assert isinstance(operations, int)
        assert operations >= 0
    unknown: Any = tuple(None if value is None else _without_sizes(value) for value in inputs)
    if _accepted(layer, unknown) is not None:
        assert layer.operations(*unknown) in (None, operations)


@given(units=st.lists(st.integers(1, 9), min_size=1, max_size=5), features=st.integers(1, 9))
def test_a_chain_costs_what_its_layers_cost(units: list[int], features: int) -> None:
    layers = "".join(f"      - Dense: {{units: {count}}}\n" for count in units)
    text = f"tfspec: 1\nmodel:\n  sequential:\n    input: {{shape: [{features}]}}\n    layers:\n{layers}"
    summary = tfspec.inspect(text)
    sizes = [features, *units]
    products = sum(2 * before * after + after for before, after in zip(sizes, units, strict=False))
    assert summary.operations == sum(cost.operations or 0 for cost in summary.costs.by_use) == products
    assert summary.bytes["weights"] == 4 * summary.parameters
    assert summary.bytes["activations"] == 4 * sum(units)


@given(batch=st.integers(1, 1000))
def test_activations_grow_with_the_batch_and_nothing_else_does(batch: int) -> None:
    one, many = model().to_dict(), model().for_batch(batch).to_dict()
    assert many["bytes"]["activations"] == batch * one["bytes"]["activations"]
    assert many["batch"] == batch
    assert (many["operations"], many["bytes"]["weights"]) == (one["operations"], one["bytes"]["weights"])


@pytest.mark.parametrize(("batch", "error"), [(0, ValueError), (-1, ValueError), (1.5, TypeError), ("3", TypeError)])
def test_what_is_no_batch(batch: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=rf"{batch}|{type(batch).__name__}"):
        tfspec.inspect(MODEL.format(shape="[5]", top=""), batch=batch)
    with pytest.raises(TypeError, match="bool"):
        tfspec.inspect(MODEL.format(shape="[5]", top=""), batch=True)


@given(fixed=st.integers(1, 64), batch=st.integers(1, 64))
def test_a_batch_of_one_size_alone(fixed: int, batch: int) -> None:
    text = "tfspec: 1\nmodel: {sequential: {input: {shape: [4], batch_size: %d}, layers: [{Dense: {units: 2}}]}}\n"
    assert tfspec.inspect(text % fixed, batch=fixed).bytes["activations"] == 4 * 2 * fixed
    if batch != fixed:
        with pytest.raises(tfspec.SpecError, match=f"TS407.*{fixed} examples, and not of {batch}"):
            tfspec.inspect(text % fixed, batch=batch)


def test_a_shared_layer_computes_twice_and_weighs_once() -> None:
    rows = model().to_dict()["layers"]
    assert [row["operations"] for row in rows] == [44, 44, 4, 27]
    assert [row["bytes"]["weights"] for row in rows] == [96, 0, 0, 60]


def test_without_compile_nothing_is_trained() -> None:
    summary = model()
    assert (summary.bytes["gradients"], summary.bytes["optimizer"]) == (None, None)
    assert all(cost.gradients is None and cost.optimizer is None for cost in summary.costs.by_use)


def test_only_trained_weights_have_gradients() -> None:
    summary = model(top="compile: {optimizer: {SGD: {momentum: 0.9}}, loss: mse}")
    assert summary.bytes["gradients"] == 96
    assert summary.bytes["optimizer"] == 96 + 8 + 4  # the momentum, the number of steps, the learning rate


def test_half_precision_takes_half_the_room() -> None:
    text = MODEL.format(shape="[5]", top="precision: mixed_bfloat16")
    assert tfspec.inspect(text).bytes["activations"] == (model().bytes["activations"] or 0) / 2
    assert tfspec.inspect(text).bytes["weights"] == model().bytes["weights"]


def test_unknown_sizes_make_unknown_totals() -> None:
    summary = model("[null, 5]")
    assert (summary.operations, summary.bytes["activations"]) == (None, None)
    assert summary.unknown == {"operations": 4, "activations": 4}
    assert summary.bytes["weights"] == model().bytes["weights"]


def test_a_model_among_the_layers_costs_what_its_layers_cost() -> None:
    text = """\
tfspec: 1
shared:
  tower: {sequential: {input: {shape: [5]}, layers: [{Dense: {units: 4}}, ReLU]}}
model:
  functional:
    inputs: {x: {shape: [5]}, y: {shape: [5]}}
    layers:
      - tower: {from: x, name: left}
      - tower: {from: y, name: right}
      - Add: {from: [left, right]}
"""
    rows = tfspec.inspect(text).to_dict()["layers"]
    assert [row["operations"] for row in rows] == [48, 48, 4]
    assert [row["bytes"]["activations"] for row in rows] == [32, 32, 16]


def test_named_lengths_are_unknown() -> None:
    assert model("[time, 5]").to_dict()["operations"] is None


def test_texts_have_no_size() -> None:
    text = (
        "tfspec: 1\nmodel: {sequential: {input: {shape: [1], dtype: string}, "
        "layers: [{StringLookup: {vocabulary: [a, b]}}, Flatten]}}"
    )
    assert [width(dtype) for dtype in ("string", "bool", "bfloat16", "int64", "complex64")] == [None, 1, 2, 8, 8]
    summary = tfspec.inspect(text)
    assert summary.operations == 0
    assert summary.bytes["activations"] == 16


def test_check_does_not_pay() -> None:
    summary = analyze(tfspec.load(MODEL.format(shape="[5]", top=""))).summary
    assert "by_use" not in vars(summary.costs)
    assert summary.operations is not None
    assert "by_use" in vars(summary.costs)


def _accepted(layer: Layer, inputs: Any) -> list[TensorType] | None:
    try:
        outputs = layer.apply(*inputs)
        list(layer.built_weights(*inputs))
    except Refusal:
        return None
    return [outputs] if isinstance(outputs, TensorType) else list(outputs)


def _flat(inputs: Any) -> list[TensorType]:
    return [x for value in inputs if value for x in ([value] if isinstance(value, TensorType) else value)]


def _without_sizes(value: Any) -> Any:
    if isinstance(value, TensorType):
        return value.with_shape((value.shape[0], *(None for _ in value.shape[1:])))
    return tuple(map(_without_sizes, value))
