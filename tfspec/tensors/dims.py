"""Dims and shapes: sizes that may be unknown, with or without a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from .length import Length

Dim: TypeAlias = int | Length | None
"""The size of an axis; where it is not known before the run, the length that it is by names, or None."""

Shape: TypeAlias = tuple[Dim, ...]

LONGEST = 200
"""Characters of the longest length that is reckoned with; beyond that, nobody reads it."""


def add(*dims: Dim) -> Dim:
    """The sum, unknown if any of the dims is."""
    total: Dim = 0
    for dim in dims:
        if dim is None or total is None:
            return None
        total = settled(total + dim)
    return total


def multiply(*dims: Dim) -> Dim:
    """The product, unknown if any of the dims is."""
    return product(dims)


def product(dims: Iterable[Dim]) -> Dim:
    """The number of elements of a shape, unknown if any of its dims is."""
    total: Dim = 1
    for dim in dims:
        if dim is None or total is None:
            return None
        total = settled(total * dim)
    return total


def settled(dim: Dim) -> Dim:
    """A dim as a tensor keeps it: a length that has grown out of proportion is simply unknown."""
    return None if isinstance(dim, Length) and len(str(dim)) > LONGEST else dim


def differ(a: Dim, b: Dim) -> bool:
    """Whether two dims cannot be equal, whatever is unknown about them."""
    if a is None or b is None:
        return False
    if isinstance(a, int) and isinstance(b, int):
        return a != b
    from .bounds import never_equal  # only specs with names pay for it

    return never_equal(a, b)


def are_unlike(a: Shape, b: Shape) -> bool:
    """Whether two shapes cannot be equal, or do not look equal to Keras, which has no names for what is unknown."""
    return without_names(a) != without_names(b) or any(map(differ, a, b))


def is_below(dim: Dim, bound: int) -> bool:
    """Whether a dim is less than a number, whatever is unknown about it."""
    if dim is None:
        return False
    if isinstance(dim, int):
        return dim < bound
    from .bounds import greatest  # only specs with names pay for it

    return greatest(dim) < bound


def are_known(dims: Iterable[Dim]) -> bool:
    """Whether every dim is a number."""
    return all(isinstance(dim, int) for dim in dims)


def without_names(shape: Shape) -> tuple[int | None, ...]:
    """A shape as Keras knows it: every dim that is no number is None."""
    return tuple(dim if isinstance(dim, int) else None for dim in shape)


def show_dim(dim: Dim) -> str:
    """A dim as messages print it: a number, a length, or `?` where nothing is known."""
    return "?" if dim is None else str(dim)


def show_shape(shape: Shape) -> str:
    """A shape as messages print it: `(batch, time, 28)`, with `?` for a dim of which nothing is known."""
    first, *rest = shape or ("scalar",)
    return f"({', '.join(['batch' if first is None else str(first), *map(show_dim, rest)])})"
