"""The type of a tensor, and of a weight."""

from __future__ import annotations

from typing import NamedTuple

from .dims import Dim, Shape, product, show_shape
from .dtypes import width


class TensorType(NamedTuple):
    """What is known of a tensor before the run: its shape, batch axis first, and its dtype."""

    shape: Shape
    dtype: str = "float32"

    @property
    def rank(self) -> int:
        """The number of axes, the batch axis included."""
        return len(self.shape)

    @property
    def last(self) -> Dim:
        """The size of the last axis."""
        return self.shape[-1]

    @property
    def elements(self) -> Dim:
        """How many numbers an example has: the batch axis does not count."""
        return product(self.shape[1:])

    def with_shape(self, shape: Shape) -> TensorType:
        """The same dtype under another shape."""
        return TensorType(shape, self.dtype)

    def with_last(self, dim: Dim) -> TensorType:
        """The same tensor type with another size of the last axis."""
        return TensorType((*self.shape[:-1], dim), self.dtype)

    def with_dtype(self, dtype: str) -> TensorType:
        """The same shape under another dtype."""
        return TensorType(self.shape, dtype)

    def __str__(self) -> str:
        """As messages print it: `(batch, 28, 28) float32`."""
        return f"{show_shape(self.shape)} {self.dtype}"


class Weight(NamedTuple):
    """One array of a layer's state, in the order in which Keras lists them.

    `name` is relative to the layer (`kernel`, `query/bias`). A dtype of None is the variable
    dtype of the layer's policy.
    """

    name: str
    shape: Shape
    trainable: bool = True
    dtype: str | None = None

    @property
    def parameters(self) -> int:
        """The number of scalars in it; its dims are known by the time that anyone counts."""
        count = product(self.shape)
        return count if isinstance(count, int) else 0

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return self.parameters * (width(self.dtype or "float32") or 0)
