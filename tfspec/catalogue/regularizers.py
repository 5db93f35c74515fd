"""Regularizers: penalties on weights and outputs, added to the loss."""

from __future__ import annotations

from typing import Literal

from .declaration import Declaration
from .fields import NonNegativeFloat


class Regularizer(Declaration):
    """A penalty that training adds to the loss."""

    family = "regularizer"
    keras = "regularizers"


class L1(Regularizer):
    """Sum of absolute values: `l1 * sum(abs(x))`; drives weights to zero."""

    identifiers = ("l1",)

    l1: NonNegativeFloat = 0.01
    """Factor of the penalty."""


class L2(Regularizer):
    """Sum of squares: `l2 * sum(square(x))`; keeps weights small."""

    identifiers = ("l2",)

    l2: NonNegativeFloat = 0.01
    """Factor of the penalty."""


class L1L2(Regularizer):
    """Both penalties at once: `l1 * sum(abs(x)) + l2 * sum(square(x))`."""

    identifiers = ("l1l2",)

    l1: NonNegativeFloat = 0.0
    """Factor of the sum of absolute values."""
    l2: NonNegativeFloat = 0.0
    """Factor of the sum of squares."""


class OrthogonalRegularizer(Regularizer):
    """Pushes the rows (or columns) of a matrix to stand at right angles to each other."""

    identifiers = ("orthogonal_regularizer",)

    factor: NonNegativeFloat = 0.01
    """Factor of the penalty."""
    mode: Literal["rows", "columns"] = "rows"
    """Which vectors of the matrix are compared."""
