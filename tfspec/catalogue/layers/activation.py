"""Activations as layers of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from tfspec.catalogue.activations import Activation as Function
from tfspec.catalogue.activations import elu_operations, relu_operations, softmax_operations
from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import NonNegativeFloat
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.numbers import Axes, OneOrMore
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, differ, multiply, product, resolve_axes

from .inputs import check_floats
from .layer import Elementwise, Layer
from .masks import unfit_mask


class Activation(Elementwise):
    """Apply an activation by its name."""

    passes_mask = True
    needs_floats = True

    activation: Function
    """Name of the function: `relu`, `tanh`, `softmax`."""

    def operations(self, x: TensorType) -> Dim:
        return self.activation.operations(x)


class ReLU(Elementwise):
    """`max(x, 0)`, or with other bounds: 0 below `threshold` (or a slope), `max_value` at most."""

    passes_mask = True
    keeps_dtype = True
    no_kernel_for = ("bool",)

    max_value: NonNegativeFloat | None = None
    """Greatest output; unbounded by default."""
    negative_slope: NonNegativeFloat = 0.0
    """Slope below the threshold."""
    threshold: NonNegativeFloat = 0.0
    """Value from which on the input passes."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.negative_slope:
            check_floats(x)
        return x

    def operations(self, x: TensorType) -> Dim:
        return multiply(relu_operations(self.max_value, self.negative_slope, self.threshold), x.elements)


class LeakyReLU(Elementwise):
    """`x` where it is positive, `negative_slope * x` elsewhere."""

    passes_mask = True
    no_kernel_for = ("bool",)
    per_element = 1

    negative_slope: NonNegativeFloat = 0.3
    """Slope for negative inputs."""


class ELU(Elementwise):
    """`x` where it is positive, `alpha * (exp(x) - 1)` elsewhere."""

    passes_mask = True
    needs_floats = True

    alpha: float = 1.0
    """Factor for negative inputs; the output tends to `-alpha`."""

    def operations(self, x: TensorType) -> Dim:
        return multiply(elu_operations(self.alpha), x.elements)


class PReLU(Layer):
    """`x` where it is positive, `alpha * x` elsewhere, with a learned `alpha` for every element."""

    keeps_rank = True
    passes_mask = True
    needs_floats = True

    alpha_initializer: Initializer = default("Zeros")
    """Where the slopes' first values come from."""
    alpha_regularizer: Regularizer | None = None
    """Penalty on the slopes."""
    alpha_constraint: Constraint | None = None
    """Bounds that the slopes are kept within."""
    shared_axes: Annotated[int | tuple[int, ...], OneOrMore(int, least=1)] | None = None
    """Axes along which one slope serves all, the batch being axis 0: `[1, 2]` gives images a slope per channel."""

    def output_type(self, x: TensorType) -> TensorType:
        outside = [axis for axis in self._shared() if axis >= x.rank]
        if outside:
            raise Refusal(
                BAD_ARGUMENT, f"shares axis {outside[0]}, and the input has axes 0 to {x.rank - 1}", field="shared_axes"
            )
        return x

    def weights(self, x: TensorType) -> Iterator[Weight]:
        shared = self._shared()
        yield Weight("alpha", tuple(1 if axis in shared else size for axis, size in enumerate(x.shape) if axis))

    def operations(self, x: TensorType) -> Dim:
        (slopes,) = self.weights(x)
        return add(multiply(5, x.elements), product(slopes.shape))

    def _shared(self) -> tuple[int, ...]:
        axes = self.shared_axes or ()
        return (axes,) if isinstance(axes, int) else axes


class Softmax(Layer):
    """`exp(x) / sum(exp(x))` along an axis: positive numbers that add up to 1."""

    passes_mask = True
    needs_floats = True

    axis: Axes = -1
    """Axis, or axes, along which the results add up to 1."""

    def output_type(self, x: TensorType) -> TensorType:
        resolve_axes(self.axis, x.rank)
        return x

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        (mask, x) = (masks[0], inputs[0])
        if mask is not None and (len(mask) < x.rank or any(map(differ, mask, x.shape))):
            raise unfit_mask(mask, x, "put `Activation: {activation: softmax}` in its place")
        return mask

    def operations(self, x: TensorType) -> Dim:
        return multiply(softmax_operations(self.axis), x.elements)
