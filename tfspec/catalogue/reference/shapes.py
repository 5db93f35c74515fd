"""What a layer makes of its example's inputs: the rule of its shape, found by running it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.catalogue.wording import show_value
from tfspec.diagnostics import one_of
from tfspec.tensors import TensorType, Weight, show_shape

from .examples import layer_example, takes_states

if TYPE_CHECKING:
    from inspect import Parameter


def shape_facts(cls: type[Layer]) -> list[str]:
    """Inputs, outputs, weights and arguments of the call, a line for each."""
    made = layer_example(cls)
    given = [*made.inputs.values(), *made.states]
    plain = {tensor.dtype for tensor in (*given, *made.outputs)} == {"float32"}
    facts = [f"`{_tensors(given, plain=plain)} → {_tensors(made.outputs, plain=plain)}`"]
    if made.needed:
        facts.append(f"Must know the size of {one_of(made.needed, 'and')}")
    if made.weights:
        facts.append(_weights(made.weights))
    return facts + _input_facts(cls) + _call_facts(cls)


def _weights(weights: tuple[Weight, ...]) -> str:
    count = sum(weight.parameters for weight in weights)
    shown = [
        f"`{weight.name}` ({', '.join(map(str, weight.shape))}){'' if weight.trainable else ' not trained'}"
        for weight in weights
    ]
    return f"Weights: {', '.join(shown)}; {count:,} {'parameter' if count == 1 else 'parameters'}"


def _input_facts(cls: type[Layer]) -> list[str]:
    """What inputs it takes, where the example does not show it all."""
    axes = [f"`{cls.layout}`"] if "..." in cls.layout and cls.layout != Layer.layout else []
    if cls.layout_first and "data_format" in cls.model_fields:
        axes.append(f"`{cls.layout_first}` with `data_format: channels_first`")
    facts = [f"Axes: {', '.join(axes)}"] if axes else []
    if cls.needs_floats:
        facts.append("Computes with floating-point numbers only")
    elif cls.no_kernel_for:
        facts.append(f"Does not compute with {one_of(cls.no_kernel_for)}")
    if cls.only_inside:
        facts.append(f"Stands inside a `Pipeline` only: {cls.only_inside}")
    return facts + ([f"Takes {one_of(cls.wraps)} inside"] if cls.wraps else [])


def _tensors(types: Iterable[TensorType], *, plain: bool) -> str:
    return ", ".join(show_shape(type_.shape) if plain else str(type_) for type_ in types)


def _call_facts(cls: type[Layer]) -> list[str]:
    """What `from` and `call` take, where that is not one tensor and nothing else."""
    parameters = list(call_signature(cls).parameters.values())
    tensors = [parameter for parameter in parameters if parameter.kind is not parameter.KEYWORD_ONLY]
    others = [parameter for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    facts = []
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in tensors):
        facts.append("`from` takes a list of tensors")
    elif len(tensors) > 1 and not takes_states(cls):
        facts.append(f"`from` takes {', '.join(map(_tensor, tensors))}")
    if others:
        facts.append(f"`call` takes {', '.join(f'`{other.name}: {show_value(other.default)}`' for other in others)}")
    return facts


def _tensor(parameter: Parameter) -> str:
    return f"`{parameter.name}`{'' if parameter.default is parameter.empty else ' (may be left out)'}"
