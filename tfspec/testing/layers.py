"""Strategies for layers that take the tensors at hand, as a spec writes them.

Nothing here lists layers: a layer is drawn from the catalogue, its arguments from its fields, and
its own declaration says whether it takes the tensor. So a new one takes part by itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast, get_type_hints

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError

from tfspec.analysis.types import in_precision
from tfspec.catalogue import declarations, snake_case
from tfspec.catalogue.layers.inner import check_stands_alone
from tfspec.catalogue.layers.layer import Argument, Layer, call_signature
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType

from .arguments import arguments, must_be_given
from .einsum import equations
from .running import obstacle

TRIES = 8
"""How often another layer is drawn in place of one that does not take the tensor, before it becomes `Identity`."""

MOST_AXES = 6
"""What a video in three dimensions has, and what most of TensorFlow's kernels for the CPU take."""

MOST_NUMBERS = 1500
"""Numbers in one example of a tensor, and in the weights of a layer: Keras builds such in milliseconds."""

UNKNOWN = 4
"""What an unknown size counts as."""

Data = dict[str, Any]


class Use(NamedTuple):
    """A layer together with what it takes and gives."""

    layer: Layer
    arguments: Data
    inputs: tuple[Argument, ...]
    outputs: tuple[TensorType, ...]
    call: Data

    @property
    def word(self) -> str:
        """The name of the layer in a spec."""
        return type(self.layer).spelling()


class Setting(NamedTuple):
    """What holds for all layers of a model."""

    precision: str | None = None
    runnable: bool = False
    """Whether every layer must run on a CPU as it is, without data to adapt to."""
    results: bool = False
    """Whether layers may give several results, which only a functional model can name."""


def layers(for_type: TensorType, *, runnable: bool = False) -> st.SearchStrategy[Any]:
    """Layers that take one tensor of this type and give one, as a spec writes them: a name, or a name with arguments.

    Where chance finds no such layer, it is `Identity`. With `runnable`, only layers that run on a CPU
    as they are: they need no data to adapt to, and compute in float32.

        >>> layers(TensorType((None, 8, 8, 3))).example()
        {'MaxPooling2D': {'pool_size': 2}}
    """
    setting = Setting(runnable=runnable)
    return uses(for_type, setting).map(lambda use: {use.word: use.arguments} if use.arguments else use.word)


@st.composite
def uses(draw: st.DrawFn, x: TensorType, setting: Setting) -> Use:
    """Uses of a layer that takes this tensor and no other."""
    for _ in range(TRIES):
        cls = draw(st.sampled_from(takers(x.rank)))
        given, call = draw(arguments_for(cls, x)), draw(calls(cls))
        use = tried(cls, given, (x,), call, setting)
        if use is not None:
            return use
    use = tried(takers(x.rank)[0], {}, (x,), {}, setting)
    assume(use is not None)
    return cast("Use", use)


@st.composite
def arguments_for(draw: st.DrawFn, cls: type[Layer], x: TensorType | None = None) -> Data:
    """Arguments of a layer that is to take `x`: what it needs, and in half of all draws some of the rest.

    Its name is not among them, which the model gives.
    """
    given = draw(arguments(cls, optional=draw(st.booleans())))
    given.pop("name", None)
    if x is not None and "equation" in cls.model_fields:
        given.pop("bias_axes", None)
        given |= draw(equations(x))
    return given


@cache
def calls(cls: type[Layer]) -> st.SearchStrategy[Data]:
    """Sometimes, what a spec says under `call`."""
    parameters = [p for p in call_signature(cls).parameters.values() if p.kind is p.KEYWORD_ONLY]
    switches = [parameter.name for parameter in parameters if isinstance(parameter.default, bool)]
    said = st.fixed_dictionaries({}, optional=dict.fromkeys([*switches, "training"], st.booleans()))
    seldom = 6 if switches else 20  # every layer takes `training`
    return st.integers(0, seldom).flatmap(lambda chance: said if chance == 1 else st.just({}))


def tried(cls: type[Layer], given: Data, inputs: tuple[Argument, ...], call: Data, setting: Setting) -> Use | None:
    """The use of a layer, where it takes these inputs; without the argument that it would refuse, if that helps."""
    for _ in range(3):
        try:
            layer = cls.model_validate(given)
            effective = in_precision(layer, setting.precision)
            check_stands_alone(effective)
            outputs = effective.apply(*inputs, **call)
            weights = list(effective.built_weights(*inputs))
        except ValidationError:
            return None
        except Refusal as refusal:
            if refusal.field not in given or cls.model_fields[refusal.field].is_required():
                return None
            given = {name: value for name, value in given.items() if name != refusal.field}
            continue
        results = (outputs,) if isinstance(outputs, TensorType) else outputs
        if len(results) > 1 and not setting.results:
            return None
        small = _is_small((*results, *flat(inputs))) and sum(weight.parameters for weight in weights) <= MOST_NUMBERS
        if not small or (setting.runnable and obstacle(effective, inputs)):
            return None
        return Use(layer, given, inputs, results, call)
    return None


def takers(axes: int | None = None, *, several: bool = False) -> Sequence[type[Layer]]:
    """The layers that take a tensor of so many axes, the simplest first; `several`: those that take more of them.

    The simplest come first since examples shrink towards the first of a list.
    """
    return _takers(tuple(cast("list[type[Layer]]", declarations("layer"))), axes, several=several)


@cache
def _takers(every: tuple[type[Layer], ...], axes: int | None, *, several: bool) -> Sequence[type[Layer]]:
    found = [cls for cls in every if needs_several(cls) == several and (axes is None or _may_take(cls, axes))]
    return sorted(found, key=lambda cls: (len(must_be_given(cls)), len(cls.model_fields)))


@cache
def needs_several(cls: type[Layer]) -> bool:
    """Whether a layer must be given more than one tensor."""
    parameters = call_signature(cls).parameters.values()
    needed = [p for p in parameters if p.kind is not p.KEYWORD_ONLY and p.default is p.empty]
    return len(needed) > 1 or any(p.kind is p.VAR_POSITIONAL for p in needed)


@cache
def others(cls: type[Layer]) -> Sequence[inspect.Parameter]:
    """The tensors that a layer takes besides the first."""
    return [p for p in call_signature(cls).parameters.values() if p.kind is not p.KEYWORD_ONLY][1:]


@cache
def takes_several(cls: type[Layer], parameter: str) -> bool:
    """Whether a parameter stands for several tensors, as the states of an RNN do."""
    return "tuple" in str(get_type_hints(cls.output_type)[parameter])


def _may_take(cls: type[Layer], axes: int) -> bool:
    for layout in filter(None, (cls.layout, cls.layout_first)):
        names = layout.split()
        if axes == len(names) - ("..." in names) or ("..." in names and axes >= len(names) - 1):
            return True
    return False


def flat(inputs: Sequence[Argument]) -> tuple[TensorType, ...]:
    """All tensors of a call, one by one."""
    return tuple(x for value in inputs if value for x in ((value,) if isinstance(value, TensorType) else value))


def _is_small(outputs: tuple[TensorType, ...]) -> bool:
    for output in outputs:
        numbers = 1
        for size in output.shape[1:]:
            numbers *= size if isinstance(size, int) else UNKNOWN
        if numbers > MOST_NUMBERS or not numbers or output.rank > MOST_AXES:
            return False
    return True


def auto_word(cls: type[Layer]) -> str:
    """A word to name results of a layer by."""
    return snake_case(cls.__name__)
