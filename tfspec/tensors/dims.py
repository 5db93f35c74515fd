"""Dims and shapes: sizes that may be unknown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Dim: TypeAlias = int | None
"""The size of an axis, or None where it is not known before the run."""

Shape: TypeAlias = tuple[Dim, ...]


def add(*dims: Dim) -> Dim:
    """The sum, unknown if any of the dims is."""
    total = 0
    for dim in dims:
        if dim is None:
            return None
        total += dim
    return total


def multiply(*dims: Dim) -> Dim:
    """The product, unknown if any of the dims is."""
    return product(dims)


def product(dims: Iterable[Dim]) -> Dim:
    """The number of elements of a shape, unknown if any of its dims is."""
    total = 1
    for dim in dims:
        if dim is None:
            return None
        total *= dim
    return total


def show_shape(shape: Shape) -> str:
    """A shape as messages print it: `(batch, 28, 28)`, with `?` for an unknown dim."""
    first, *rest = shape or ("scalar",)
    return f"({', '.join(['batch' if first is None else str(first), *('?' if d is None else str(d) for d in rest)])})"
