"""Layers whose large weights can be kept in a few bits, and the weights that they then have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from tfspec.tensors import Dim, Shape, Weight

from .layer import Layer

AMAX_HISTORY = 1024
"""Steps that float8 training looks back on."""


class Quantizable(Layer):
    """A layer whose large weights can be kept in a few bits."""

    quantizations: ClassVar[tuple[str, ...]] = ("int8", "int4", "float8")

    @property
    def is_packed(self) -> bool:
        """Whether the large weights are whole numbers, which stand behind all others and are not trained."""
        return self.policy.quantization in ("int8", "int4")

    def quantized(self, name: str, shape: tuple[Dim, Dim], *, reduced: int) -> Iterator[Weight]:
        """A quantized matrix, with a scale for everything along its axis `reduced`."""
        if self.policy.quantization == "int8":
            yield from self.whole(name, shape, (shape[1 - reduced],))
        if self.policy.quantization == "int4":
            yield from self.halved(name, shape, reduced=reduced)

    def whole(self, name: str, shape: Shape, scale: Shape) -> Iterator[Weight]:
        """A weight in int8, with its scale."""
        yield Weight(name, shape, trainable=False, dtype="int8")
        yield Weight(f"{name}_scale", scale, trainable=False)

    def halved(self, name: str, shape: tuple[Dim, Dim], *, reduced: int) -> Iterator[Weight]:
        """A matrix in int4, two numbers to a byte, with a scale for every block along one axis."""
        summed, kept = shape[reduced], shape[1 - reduced]
        yield Weight(name, (shape[0], ceil_div(shape[1], 2)), trainable=False, dtype="int8")
        scale: Shape = (kept,)
        block = self.policy.block
        if block:
            groups = ceil_div(summed, block)
            scale = (kept, groups) if reduced else (groups, kept)
        yield Weight(f"{name}_scale", scale, trainable=False)
        if block:
            yield Weight(f"{name}_zero", scale, trainable=False, dtype="int8")
            yield Weight("g_idx", (summed,), trainable=False, dtype="float32")

    def float8(self) -> Iterator[Weight]:
        """The scales of float8 training, which gradients overwrite."""
        if self.policy.quantization == "float8":
            for name in ("inputs", "kernel", "outputs_grad"):
                yield Weight(f"{name}_scale", (), dtype="float32")
                yield Weight(f"{name}_amax_history", (AMAX_HISTORY,), dtype="float32")


def ceil_div(size: Dim, by: int) -> Dim:
    """A size divided and rounded up."""
    return None if size is None else -(-size // by)
