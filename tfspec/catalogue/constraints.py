"""Constraints: what is done to a weight after every update, to keep it within bounds."""

from __future__ import annotations

from typing import ClassVar

from tfspec.tensors import Weight

from .fields import Fraction, NonNegativeFloat
from .numbers import Axes
from .refused import A_ROOT, TOOLS, Refused
from .weight_rules import WeightRule


class Constraint(WeightRule):
    """A projection that is applied to a weight after every training step."""

    family = "constraint"
    keras = "constraints"
    refuses: ClassVar[dict[str, Refused]] = {**TOOLS, "Constraint": A_ROOT, "constraint": A_ROOT}

    @property
    def named_axes(self) -> tuple[int, ...]:
        axis: int | tuple[int, ...] = getattr(self, "axis", ())
        return (axis,) if isinstance(axis, int) else axis

    def misfit(self, weight: Weight) -> str | None:
        axes = {axis % len(weight.shape) for axis in self.named_axes}
        return "names an axis twice" if len(axes) < len(self.named_axes) else None


class MaxNorm(Constraint):
    """Shrink every weight vector that is longer than `max_value` to that length."""

    identifiers = ("max_norm",)

    max_value: NonNegativeFloat = 2
    """Greatest length (L2 norm) of a weight vector."""
    axis: Axes = 0
    """Axis, or axes, along which lengths are measured: 0 for a `Dense` kernel, `[0, 1, 2]` for `Conv2D`."""


class MinMaxNorm(Constraint):
    """Bring the length of every weight vector between two bounds.

    A vector of length `n` gets the length `rate * clip(n, min_value, max_value) + (1 - rate) * n`.
    """

    identifiers = ("min_max_norm",)

    min_value: NonNegativeFloat = 0.0
    """Least length (L2 norm) of a weight vector."""
    max_value: NonNegativeFloat = 1.0
    """Greatest length of a weight vector."""
    rate: Fraction = 1.0
    """How much of the way to the bounds one step goes: 1 is all of it."""
    axis: Axes = 0
    """Axis, or axes, along which lengths are measured: 0 for a `Dense` kernel, `[0, 1, 2]` for `Conv2D`."""


class NonNeg(Constraint):
    """Set negative weights to zero."""

    identifiers = ("non_neg",)


class UnitNorm(Constraint):
    """Scale every weight vector to length 1."""

    identifiers = ("unit_norm",)

    axis: Axes = 0
    """Axis, or axes, along which lengths are measured: 0 for a `Dense` kernel, `[0, 1, 2]` for `Conv2D`."""
