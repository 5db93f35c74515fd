"""A chain of layers as one layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from tfspec.catalogue.problems import NO_SUCH_INNER
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add

from .inner import Layers, Way, apply_inner, inner_mask, inner_weights, several
from .layer import Layer, Outputs, call_signature, with_inner


class Pipeline(Layer):
    """Apply layers one after the other, as one layer."""

    takes_texts = True
    keeps_dtype = True
    makes_mask = True
    tells_shape = False
    ignores_dtype = True
    example: ClassVar[dict[str, object]] = {"layers": ["RandomFlip", {"RandomRotation": {"factor": 0.1}}]}
    example_axes = "batch height width channels"

    trainable: ClassVar[bool] = True  # type: ignore[misc] # Keras takes none of these four: each layer has its own
    dtype: ClassVar[None] = None  # type: ignore[misc] # the same
    autocast: ClassVar[bool] = False  # type: ignore[misc] # the same
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc] # the same

    layers: Layers
    """The layers in order; each takes what the one before gives."""

    def output_type(self, x: TensorType) -> Outputs:
        return list(self._calls(x))[-1][-1]

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        """The mask on its way through the layers, which is that of the first result of each."""
        mask = masks[0]
        for way, layer, given, _ in self._calls(*inputs):
            mask = inner_mask(layer, way, [mask, *[None] * (len(given) - 1)], given)
        return mask

    def weights(self, x: TensorType) -> Iterator[Weight]:
        for way, layer, inputs, _ in self._calls(x):
            yield from inner_weights(layer, way, *inputs)

    def operations(self, x: TensorType) -> Dim:
        """Those of all layers."""
        return add(*(layer.operations(*inputs) for _, layer, inputs, _ in self._calls(x)))

    def _calls(self, x: TensorType) -> Iterator[tuple[Way, Layer, tuple[TensorType, ...], Outputs]]:
        """The layers in order, each with the way to it, what it is called with, and what it gives."""
        outputs: Outputs = x
        for index, layer in enumerate(self.layers):
            inputs = self._inputs(index, outputs)
            outputs = apply_inner(layer, ("layers", index), *inputs)
            yield ("layers", index), layer, inputs, outputs

    def _inputs(self, index: int, given: Outputs) -> tuple[TensorType, ...]:
        """What a layer of the chain is called with; a layer that merges takes all results of the one before."""
        layer, way = self.layers[index], ("layers", index)
        for each in with_inner(layer):
            _check_inside(each, (*way, layer.written))
        is_one = isinstance(given, TensorType)
        if layer.takes_list == is_one or not _binds(layer, several(given)):
            handed, takes = ("one tensor", "several") if is_one else (f"{len(given)} tensors", "others")
            message = f"is handed {handed} along the `Pipeline`, and takes {takes}"
            raise Refusal(NO_SUCH_INNER, message).inside(layer.written, *way, layer.written)
        return several(given)


def _check_inside(layer: Layer, way: Way) -> None:
    """Refuse what Keras cannot build, or nobody can teach, inside a `Pipeline`."""
    advice = "write it before the `Pipeline`, as a layer of its own"
    if layer.keeps_tensors:
        message = "cannot be built inside a `Pipeline`: Keras loses the numbers that it keeps"
        raise Refusal(NO_SUCH_INNER, message, help=advice).inside(layer.written, *way)
    if layer.learns and getattr(layer, layer.learns) is None:
        message = "learns from data, and inside a `Pipeline` it is shown none"
        raise Refusal(NO_SUCH_INNER, message, help=f"give it `{layer.learns}`, or {advice}").inside(layer.written, *way)


def _binds(layer: Layer, inputs: tuple[TensorType, ...]) -> bool:
    """Whether the layer can be called with so many tensors."""
    try:
        call_signature(type(layer)).bind(*inputs)
    except TypeError:
        return False
    return True
