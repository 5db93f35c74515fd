"""Layers inside other layers: what they give, what they weigh, and their mistakes at their own place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from tfspec.catalogue.problems import CANNOT_COMPUTE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Shape, TensorType, Weight

from .layer import Argument, Layer, Outputs

Layers: TypeAlias = Annotated[tuple[Layer, ...], Field(min_length=1, strict=False)]
"""A list of layers; not strict, since a spec's lists become tuples."""

Way: TypeAlias = tuple[str | int, ...]
"""From the outer layer to the inner one: the argument, and the number in its list where it has one."""


def apply_inner(layer: Layer, way: Way, *inputs: Any) -> Outputs:
    """What an inner layer gives; what it refuses is told of itself.

    Raises:
        Refusal: The inner layer does not take these inputs.
    """
    try:
        return layer.apply(*inputs)
    except Refusal as refusal:
        raise _placed(refusal, layer, way, inputs) from None


def inner_weights(layer: Layer, way: Way, *inputs: Any) -> Iterator[Weight]:
    """The weights of an inner layer, below its name.

    Raises:
        Refusal: The size of a weight hangs on a dim that is not known.
    """
    path = layer.name or layer.auto_name
    try:
        for weight in layer.built_weights(*inputs):
            yield weight._replace(name=f"{path}/{weight.name}")
    except Refusal as refusal:
        raise _placed(refusal, layer, way, inputs) from None


def inner_mask(layer: Layer, way: Way, masks: Sequence[Shape | None], inputs: tuple[TensorType, ...]) -> Shape | None:
    """The mask of what an inner layer gives.

    Raises:
        Refusal: The inner layer does not take such a mask.
    """
    try:
        return layer.output_mask(masks, inputs)
    except Refusal as refusal:
        raise _placed(refusal, layer, way, inputs) from None


def check_stands_alone(layer: Layer) -> None:
    """Refuse a step of a model that Keras runs inside another layer only."""
    if layer.only_inside:
        advice = f"write `Pipeline: {{layers: [{layer.written}]}}`, with its arguments if it has some"
        raise Refusal(CANNOT_COMPUTE, f"is no layer of a model by itself: {layer.only_inside}", help=advice)
    layer.check_alone()


def input_note(refusal: Refusal, inputs: tuple[Argument, ...]) -> tuple[str, ...]:
    """What the layer was given, where the refusal does not say so itself."""
    taken = [str(type_) for value in inputs for type_ in ((value,) if isinstance(value, TensorType) else value or ())]
    shown = all(text.partition(") ")[0] in refusal.message for text in taken)
    return (f"its input is {' and '.join(taken)}",) if taken and not shown and not refusal.notes else ()


def several(outputs: Outputs) -> tuple[TensorType, ...]:
    """The results of a layer, one or more of them."""
    return (outputs,) if isinstance(outputs, TensorType) else outputs


def _placed(refusal: Refusal, layer: Layer, way: Way, inputs: tuple[Argument, ...]) -> Refusal:
    """The refusal with its way; the innermost layer says what it was given."""
    if refusal.subject is None:
        refusal.notes += input_note(refusal, inputs)
    return refusal.inside(layer.written, *way, layer.written)
