"""Every layer with named lengths: no less than it says of unknown ones, and what it says of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from tfspec.catalogue import declarations
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Length, TensorType, differ, without_names
from tfspec.testing import arguments, inputs_for

if TYPE_CHECKING:
    from tfspec.catalogue.layers.layer import Argument

LAYERS: Any = declarations("layer")
WORDS = {"initializer": ("zeros", "he_normal"), "regularizer": ("l2",), "constraint": ("non_neg",)}
NAMES = {size: f"n{size}" for size in range(2, 50)}
"""The name of a size: sizes that are equal may have one name, since they stand for equal sizes."""

OTHERS = (23, 48, 121)
"""Numbers that a name may stand for besides the drawn one: large, and neither 1 nor a result of 1."""


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_names_fit_numbers_and_unknowns(cls: type[Layer], data: st.DataObject) -> None:
    layer = cls.model_validate(data.draw(arguments(cls, words=WORDS), label="arguments"))
    drawn = data.draw(inputs_for(layer), label="inputs")
    takes = _apply(layer, drawn)
    wary = not isinstance(takes, Refusal) and data.draw(st.sampled_from([True, True, True, False]), label="wary")
    inputs = _named(data, layer, drawn, wary=wary)
    assume(inputs != drawn)
    note(f"named: {inputs}")
    named = _apply(layer, inputs)
    unknown = _apply(layer, _each(inputs, without_names))
    event("refused" if isinstance(named, Refusal) else "accepted")
    if isinstance(unknown, Refusal):
        assert isinstance(named, Refusal), f"Keras, which knows no names, refuses: {unknown}"
        return
    if not isinstance(named, Refusal):
        assert [without_names(x.shape) for x in named] == [x.shape for x in unknown]
        assert [x.dtype for x in named] == [x.dtype for x in unknown]
    for sizes in _choices(inputs):
        real_inputs = _each(inputs, lambda shape, sizes=sizes: tuple(_at(dim, sizes) for dim in shape))
        known = _apply(layer, real_inputs)
        note(f"{sizes}: {known}")
        if isinstance(named, Refusal):
            assert isinstance(known, Refusal), f"refused for every size, and not for {sizes}: {named}"
        elif not isinstance(known, Refusal):
            assert len(named) == len(known)
            counted = _at(layer.operations(*inputs), sizes)
            assert counted in (layer.operations(*real_inputs), None)
            for said, real in zip(named, known, strict=True):
                assert len(said.shape) == len(real.shape)
                pairs = zip(said.shape, real.shape, strict=True)
                assert not [pair for pair in pairs if differ(_at(pair[0], sizes), pair[1])], (said, real)


def _named(data: st.DataObject, layer: Layer, drawn: Any, *, wary: bool) -> tuple[Argument, ...]:
    """Inputs with some of their sizes, never the batch, given as names; if wary, where the layer takes unknown ones."""
    inputs = drawn
    for at, x in enumerate(_flat(drawn)):
        for axis, size in enumerate(x.shape):
            if axis == 0 or not _is_nameable(size):
                continue
            if wary and isinstance(_apply(layer, _put(inputs, at, axis, None)), Refusal):
                continue
            inputs = _put(inputs, at, axis, data.draw(_spelling(size)))
    return inputs


def _put(inputs: Any, at: int, axis: int, dim: Dim) -> tuple[Argument, ...]:
    """Inputs with another dim along an axis of one tensor."""
    flat = [
        x.with_shape((*x.shape[:axis], dim, *x.shape[axis + 1 :])) if index == at else x
        for index, x in enumerate(_flat(inputs))
    ]
    return tuple(x and (flat.pop(0) if isinstance(x, TensorType) else tuple(flat.pop(0) for _ in x)) for x in inputs)


def _spelling(size: int) -> st.SearchStrategy[Dim]:
    """A size as it may be written: a number, its own name, or arithmetic on the name of another size."""
    spellings: list[Dim] = [size, size, Length(NAMES[size])]
    spellings += [Length(NAMES[size - 1]) + 1] if size > 2 else []
    spellings += [2 * Length(NAMES[size // 2])] if size > 2 and size % 2 == 0 else []
    return st.sampled_from([*spellings, Length(NAMES[size])])


def _is_nameable(size: Dim) -> bool:
    return isinstance(size, int) and size in NAMES


def _choices(inputs: Any) -> list[dict[str, int]]:
    """Numbers for all names: the drawn ones, then large ones, then a large one for each alone."""
    drawn = {name: size for size, name in NAMES.items()}
    used = {word for x in _flat(inputs) for dim in x.shape for word in str(dim).split(" ") if word in drawn}
    return [drawn, *(dict.fromkeys(drawn, size) for size in OTHERS), *(drawn | {name: 23} for name in used)]


def _at(dim: Dim, sizes: dict[str, int]) -> int | None:
    return int(eval(str(dim), {}, sizes)) if isinstance(dim, Length) else dim  # noqa: S307 - its own text


def _apply(layer: Layer, inputs: Any) -> tuple[TensorType, ...] | Refusal:
    """What a layer gives, weights included in what it may refuse."""
    try:
        outputs = layer.apply(*inputs)
        list(layer.built_weights(*inputs))
    except Refusal as refusal:
        return refusal
    return (outputs,) if isinstance(outputs, TensorType) else outputs


def _each(inputs: Any, change: Any) -> tuple[Argument, ...]:
    """Inputs with every shape changed."""
    return tuple(
        x and (x.with_shape(change(x.shape)) if isinstance(x, TensorType) else _each(x, change)) for x in inputs
    )


def _flat(inputs: Any) -> list[TensorType]:
    return [x for value in inputs if value for x in ([value] if isinstance(value, TensorType) else value)]
