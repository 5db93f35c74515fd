"""Examples as a spec has them, and the tensors that the examples of layers are given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.examples import example_thing
from tfspec.catalogue.layers.layer import Argument, Layer, Outputs, call_signature
from tfspec.catalogue.thing import make_thing
from tfspec.catalogue.wording import show_yaml
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Length, TensorType, Weight

SIZES = {"height": 32, "width": 32, "depth": 16, "time": 24, "length": 24, "channels": 3, "features": 16}
"""Sizes of axes, where a layer must know them."""

COUNTED = ("channels", "features")
"""Axes along which weights vary."""

BESIDE: dict[str, Callable[[Any], Any]] = {
    "layer": lambda thing: [thing],
    "activation": lambda thing: [{"Dense": {"units": 8, "activation": thing}}],
    "initializer": lambda thing: [{"Dense": {"units": 8, "kernel_initializer": thing}}],
    "regularizer": lambda thing: [{"Dense": {"units": 8, "kernel_regularizer": thing}}],
    "constraint": lambda thing: [{"Dense": {"units": 8, "kernel_constraint": thing}}],
    "model": lambda thing: {"model": thing},
    "optimizer": lambda thing: {"compile": {"optimizer": thing}},
    "schedule": lambda thing: {"compile": {"optimizer": {"SGD": {"learning_rate": thing}}}},
    "loss": lambda thing: {"compile": {"loss": thing}},
    "metric": lambda thing: {"compile": {"metrics": [thing]}},
    "callback": lambda thing: {"callbacks": [thing]},
    "source": lambda thing: {"data": {"source": thing}},
}
"""What stands around a thing of each family in a spec."""

BESIDE_ONE: dict[str, Any] = {
    "STFT": [{"Conv1D": {"filters": 129, "kernel_size": 256, "kernel_initializer": "STFT"}}],
}
"""The same for things that the others' surroundings do not suit."""


class Example(NamedTuple):
    """A layer with the tensors that it is given, and what comes out: lengths are named where they may be."""

    layer: Layer
    inputs: dict[str, TensorType]
    states: tuple[TensorType, ...]
    outputs: tuple[TensorType, ...]
    weights: tuple[Weight, ...]
    needed: tuple[str, ...] = ()
    """The axes whose sizes it must know, besides those along which weights vary."""


def snippet(cls: type[Declaration]) -> str:
    """The example as it stands in a spec: a list of layers, or a section."""
    return show_yaml(example_data(cls))


def can_be_used(cls: type[Declaration]) -> bool:
    """Whether anything takes the thing; no layer takes an activation that changes the shape."""
    return not issubclass(cls, Activation) or cls.keeps_shape


def example_data(cls: type[Declaration]) -> Any:
    """The same as data."""
    thing: Any = example_thing(cls)
    if issubclass(cls, Layer):
        if takes_states(cls):
            thing = {"RNN": {"cell": thing}}
        elif cls.only_inside:
            thing = {"Pipeline": {"layers": [thing]}}
        elif len(names := input_names(cls)) > 1:
            ((word, arguments),) = thing.items() if isinstance(thing, dict) else ((thing, {}),)
            thing = {word: {**arguments, "from": names}}
    return BESIDE_ONE.get(cls.spelling()) or BESIDE[cls.family](thing)


def input_names(cls: type[Layer]) -> list[str]:
    """The tensors that the layer must be given, by name; two of them for a layer that takes any number."""
    parameters = call_signature(cls).parameters.values()
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return ["a", "b"]
    needed = [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY and p.default is inspect.Parameter.empty]
    return [name for name in needed if "states" not in name]


def layer_example(cls: type[Layer], *, named: bool = True) -> Example:
    """The example of a layer; as many lengths as it can do without the size of have names instead."""
    layer = make_thing(Layer, example_thing(cls))
    names = (cls.example_axes or _closed(cls.layout)).split()[1:]
    axes: list[Dim] = [int(name) if name.isdigit() else SIZES[name] for name in names]
    made = _applied(layer, axes)
    needed = []
    for index, name in enumerate(names):
        if named and name in SIZES and name not in COUNTED:
            with_name: list[Dim] = [*axes[:index], Length(name), *axes[index + 1 :]]
            try:
                made, axes = _applied(layer, with_name), with_name
            except Refusal:
                needed.append(name)
    return made._replace(needed=tuple(needed))


def _applied(layer: Layer, axes: Sequence[Dim]) -> Example:
    cls = type(layer)
    first = TensorType((None, *axes), cls.example_dtype)
    states: tuple[TensorType, ...] = ()
    if takes_states(cls):
        states = tuple(first.with_last(size) for size in getattr(layer, "state_sizes", ()))
    inputs = dict.fromkeys(input_names(cls), first)
    given: list[Argument] = [*inputs.values(), *([states] if states else [])]
    outputs: Outputs = layer.apply(*given)
    several = (outputs,) if isinstance(outputs, TensorType) else outputs
    return Example(layer, inputs, states, several, tuple(layer.built_weights(*given)))


def _closed(layout: str) -> str:
    """A layout without the axes that may be there or not; features where it has no others."""
    return layout.replace("...", "features" if layout == Layer.layout else "")


def takes_states(cls: type[Layer]) -> bool:
    """Whether the layer is a cell: one that must be handed its states."""
    states = call_signature(cls).parameters.get("states")
    return states is not None and states.default is inspect.Parameter.empty
