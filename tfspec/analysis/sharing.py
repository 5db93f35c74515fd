"""Calls of what is shared: its weights are made for the first, and have to suit every other."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.catalogue.layers.layer import Layer, with_inner
from tfspec.diagnostics import Label, Problem, Span
from tfspec.graph import Node
from tfspec.tensors import TensorType, Weight

from .problems import UNFIT


class Call(NamedTuple):
    """One use of a shared layer: what it is given there, and the weights that it would have if it were the only one."""

    node: Node
    layer: Layer
    inputs: tuple[TensorType, ...]
    weights: tuple[Weight, ...]
    span: Span | None

    @property
    def calls_for(self) -> tuple[object, ...]:
        """All that Keras builds the layer for at its first call."""
        shapes = [weight.shape for weight in self.weights]
        return shapes, [layer.built_for(*self.inputs) for layer in with_inner(self.layer)]

    def __str__(self) -> str:
        return " and ".join(map(str, self.inputs))


def misfit(call: Call, first: Call) -> Problem | None:
    """What is wrong with a call of a layer that is made for its first one."""
    if call.calls_for == first.calls_for:
        return None
    return UNFIT.problem(
        f"`{call.node.shared}` is made for {first}, and is given {call}",
        path=call.node.path,
        span=call.span,
        labels=(Label(first.span, "its first use, which it is made for"),) if first.span else (),
        help="share it among tensors that are alike, or write a layer of its own here",
    )
