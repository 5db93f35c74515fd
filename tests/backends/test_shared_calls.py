"""A shared layer is called a second time: what is said of that call is what Keras does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from tfspec.analysis.sharing import Call, misfit
from tfspec.catalogue import declarations
from tfspec.catalogue.layers.layer import Argument, Layer, call_signature
from tfspec.diagnostics import Refusal
from tfspec.graph import Bound, Node, Value
from tfspec.tensors import TensorType
from tfspec.testing import arguments, inputs_for
from tfspec.testing.running import obstacle, opens_sizes

WORDS = {"initializer": ("zeros",), "regularizer": ("l2",), "constraint": ("non_neg",), "activation": ("relu",)}
LAYERS: Any = [cls for cls in declarations("layer") if not cls.only_inside]


@pytest.mark.filterwarnings("ignore:You are using a softmax over axis")
@pytest.mark.filterwarnings("ignore:.*was passed an input with a mask")
@pytest.mark.filterwarnings("ignore:`fft_length` is recommended to be a power of two")
@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
@settings(max_examples=settings.default.max_examples // 2)
@given(data=st.data())
def test_a_second_call_runs_if_it_fits(cls: type[Layer], keras: Any, data: st.DataObject) -> None:
    from tfspec.backends.keras.objects import to_keras

    layer = cls.model_validate(data.draw(arguments(cls, words=WORDS), label="arguments"))
    inputs = data.draw(inputs_for(layer), label="first")
    first = _accepted(layer, inputs)
    second = _accepted(layer, data.draw(inputs_for(layer) | _changed(inputs), label="second"))
    if first is None or second is None:
        return
    built = to_keras(layer)
    _really(built, first, keras)
    try:
        shapes = _really(built, second, keras)
    except Exception as error:  # noqa: BLE001 - whatever it raises, the call does not run
        note(str(error))
        shapes = None
    runs = shapes is not None and (opens_sizes(layer) or shapes == _results(second))
    is_accepted = misfit(second, first) is None
    event("accepted" if is_accepted else "refused")
    assert runs or not is_accepted, "accepted, and Keras does not run it"
    sizes = [weight.shape for weight in first.weights]
    if sizes != [weight.shape for weight in second.weights] and not any(1 in shape for shape in sizes):
        assert is_accepted or not runs, "refused, and Keras runs it"


@st.composite
def _changed(draw: st.DrawFn, inputs: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The same inputs with other sizes, or more axes."""

    def changed(argument: Argument) -> Argument:
        if not isinstance(argument, TensorType):
            return argument
        batch, *sizes = argument.shape
        sizes = [draw(st.sampled_from([size, 1, 2, 5])) for size in sizes]
        return argument.with_shape((batch, *draw(st.sampled_from([(), (4,)])), *sizes))

    return tuple(map(changed, inputs))


def _accepted(layer: Layer, inputs: tuple[Argument, ...]) -> Call | None:
    """A call with known sizes that the layer by itself takes, and that runs."""
    known = tuple(map(_known, inputs))
    if obstacle(layer, known):
        return None
    try:
        layer.apply(*known)
        weights = tuple(layer.built_weights(*known))
    except Refusal:
        return None
    return Call(_node(layer, known), layer, _tensors(known), weights, None)


def _results(call: Call) -> list[tuple[int | None, ...]]:
    """The shapes of what a call gives."""
    types = iter(call.inputs)

    def given(bound: Bound) -> Argument:
        return next(types) if isinstance(bound, Value) else tuple(next(types) for _ in bound)

    positional = [given(bound) for bound in call.node.positional]
    outputs = call.layer.apply(*positional, **{name: given(bound) for name, bound in call.node.named.items()})
    return [x.shape for x in ([outputs] if isinstance(outputs, TensorType) else outputs)]


def _known(argument: Argument) -> Argument:
    if isinstance(argument, TensorType):
        return argument.with_shape(tuple(3 if size is None else size for size in (2, *argument.shape[1:])))
    return None if argument is None else tuple(x for x in map(_known, argument) if isinstance(x, TensorType))


def _tensors(arguments: tuple[Argument, ...]) -> tuple[TensorType, ...]:
    return tuple(x for each in arguments if each for x in ((each,) if isinstance(each, TensorType) else each))


def _node(layer: Layer, inputs: tuple[Argument, ...]) -> Node:
    """The use of a layer with these inputs, numbered in order."""
    numbers = iter(range(len(_tensors(inputs))))

    def bound(argument: Argument) -> Bound:
        if isinstance(argument, TensorType):
            return Value("x", next(numbers))
        return tuple(Value("x", next(numbers)) for _ in argument or ())

    names = list(call_signature(type(layer)).parameters)
    if layer.takes_list:
        return Node("it", layer, "it", tuple(map(bound, inputs)), {}, {}, (), (), "it")
    first = bound(inputs[0])
    named = {name: bound(value) for name, value in zip(names[1:], inputs[1:], strict=False) if value is not None}
    return Node("it", layer, "it", (first,), named, {}, (), (), "it")


def _really(built: Any, call: Call, keras: Any) -> list[tuple[int | None, ...]]:
    """The shapes of what the layer gives for zeros."""
    import numpy as np

    from tfspec.backends.keras.model import call as call_keras

    def zeros(x: TensorType) -> Any:
        if x.dtype == "string":
            return np.full(x.shape, "a")
        return keras.ops.zeros(x.shape, x.dtype)

    tensors = {Value("x", index): zeros(x) for index, x in enumerate(call.inputs)}
    return [tuple(np.shape(x)) for x in keras.tree.flatten(call_keras(built, call.node, tensors))]
