"""Regularizers: penalties on weights and outputs, added to the loss."""

from __future__ import annotations

from typing import ClassVar, Literal

from tfspec.tensors import Weight

from .fields import NonNegativeFloat
from .refused import A_ROOT, TOOLS, Refused
from .weight_rules import WeightRule


class Regularizer(WeightRule):
    """A penalty that training adds to the loss."""

    family = "regularizer"
    keras = "regularizers"
    refuses: ClassVar[dict[str, Refused]] = {**TOOLS, "Regularizer": A_ROOT, "regularizer": A_ROOT}


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
    aliases = ("l1_l2",)

    l1: NonNegativeFloat = 0.0
    """Factor of the sum of absolute values."""
    l2: NonNegativeFloat = 0.0
    """Factor of the sum of squares."""


class OrthogonalRegularizer(Regularizer):
    """Pushes the rows (or columns) of a matrix to stand at right angles to each other."""

    identifiers = ("orthogonal_regularizer",)
    least_axes = most_axes = 2

    factor: NonNegativeFloat = 0.01
    """Factor of the penalty."""
    mode: Literal["rows", "columns"] = "rows"
    """Which vectors of the matrix are compared."""

    def misfit(self, weight: Weight) -> str | None:
        if weight.dtype and weight.dtype != "float32":
            return f"computes with float32 alone, not with {weight.dtype}"
        if len(weight.shape) != self.most_axes:
            return None
        compared = weight.shape[self.mode == "columns"]
        if not isinstance(compared, int):
            return f"compares {self.mode} with each other, whose number must be known"
        return f"compares {self.mode} with each other" if compared == 1 else None
