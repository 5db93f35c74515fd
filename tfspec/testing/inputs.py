"""Strategies for the tensors that a layer is called with, read off its layout and its call signature."""

from __future__ import annotations

import inspect
from typing import Any, TypeAlias, get_type_hints

from hypothesis import strategies as st

from tfspec.catalogue.layers.layer import Argument, Layer, call_signature
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType

Inputs: TypeAlias = tuple[Argument, ...]

SIZES = (1, 2, 3, 4, 5, 6, 8, 9, 12)
TINY = SIZES[:4]
MANY_AXES = 6
"""Tensors of so many axes, such as videos in three dimensions, have tiny sizes."""

DTYPES = ("int32", "float16", "uint8", "bool", "string")
"""Dtypes that inputs have now and then, besides the one of a layer's example."""
SELDOM = 9
"""One draw in so many departs from what the layer expects."""

ANY_AXES = 4
"""Most axes for a layer that takes any number: kernels of the CPU stop at five or six, and attention adds two."""

TRIES = 5
"""How often other tensors are drawn in place of some that the layer refuses, before it is left at that."""


@st.composite
def inputs_for(draw: st.DrawFn, layer: Layer) -> Inputs:
    """The tensors for one call of a layer, in the order of its parameters: mostly ones that it takes.

    Sizes are small, so that windows sometimes do not fit; some are unknown.
    """
    inputs = draw(_inputs(layer))
    for _ in range(draw(st.sampled_from([0, TRIES, TRIES, TRIES]))):
        if _takes(layer, inputs):
            break
        inputs = draw(_inputs(layer))
    return inputs


def _takes(layer: Layer, inputs: Inputs) -> bool:
    try:
        layer.apply(*inputs)
        list(layer.built_weights(*inputs))
    except Refusal:
        return False
    return True


@st.composite
def _inputs(draw: st.DrawFn, layer: Layer) -> Inputs:
    parameters = [p for p in call_signature(type(layer)).parameters.values() if p.kind is not p.KEYWORD_ONLY]
    hints = get_type_hints(type(layer).output_type)
    first = draw(_first(layer))
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        more = draw(st.sampled_from([1, 1, 1, 2, 3, 0]))
        return (first, *(draw(_alike(first)) for _ in range(more)))
    given: list[Argument] = [first]
    for parameter in parameters[1:]:
        if parameter.default is not inspect.Parameter.empty and draw(st.booleans()):
            break
        takes_several = "tuple" in str(hints[parameter.name])
        given.append(draw(_states(layer, first)) if takes_several else draw(_alike(first)))
    return tuple(given)


@st.composite
def _first(draw: st.DrawFn, layer: Layer) -> TensorType:
    names = layer.input_axes.split()
    if "..." in names:
        at = names.index("...")
        names[at : at + 1] = ["more"] * draw(st.integers(0, ANY_AXES + 1 - len(names)))
    if _is_seldom(draw):
        names = [*names, "more"] if draw(st.booleans()) else names[:-1] or names
    groups = getattr(layer, "groups", 1)
    sizes = TINY if len(names) >= MANY_AXES else SIZES
    shape = [draw(_batch())] + [
        draw(_size(sizes, groups if name in ("channels", "more") and groups > 0 else 1)) for name in names[1:]
    ]
    return TensorType(tuple(shape), draw(st.sampled_from((layer.example_dtype,) * 6 + DTYPES)))


@st.composite
def _alike(draw: st.DrawFn, x: TensorType) -> TensorType:
    """A tensor that mostly fits to another one."""
    shape = [draw(st.sampled_from([x.shape[0]] * 3 + [None]))]
    for size in x.shape[1:]:
        other = draw(st.sampled_from((1, None, 3, 5))) if _is_seldom(draw) else size
        shape.append(other)
    if _is_seldom(draw) and len(shape) > 1:
        shape.pop(1)
    return TensorType(tuple(shape), x.dtype)


def _states(layer: Layer, x: TensorType) -> st.SearchStrategy[tuple[TensorType, ...]]:
    sizes = getattr(layer, "state_sizes", (1,) * getattr(layer, "states", 1))
    right = tuple(TensorType((x.shape[0], size)) for size in sizes)
    wrong = (*right[1:], TensorType((x.shape[0], 7)))
    return st.sampled_from([right, right, right, wrong, (*right, right[0])])


def _batch() -> st.SearchStrategy[Dim]:
    return st.sampled_from([None, None, 2])


def _size(sizes: tuple[int, ...], multiple: int) -> st.SearchStrategy[Dim]:
    known = st.sampled_from(sizes).map(lambda size: size * multiple if size * multiple <= 4 * max(SIZES) else size)
    return st.one_of(known, known, known, st.sampled_from([*sizes, None]))


def _is_seldom(draw: Any) -> bool:
    return bool(draw(st.integers(0, SELDOM)) == SELDOM)
