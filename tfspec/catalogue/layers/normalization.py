"""Normalization: bring what flows through a model to a common scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import Fraction, NonNegativeFloat
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.numbers import Axes
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, differ, multiply, resolve_axes, show_shape

from .forms import WholeOr
from .layer import Layer
from .masks import unfit_mask
from .order import After, Before


class CenterAndScale(Layer):
    """A layer that gives its results a learned mean and a learned scale."""

    casts_itself = True

    epsilon: NonNegativeFloat = 0.001
    """Small number added to the variance, so that nothing is divided by 0."""
    center: bool = True
    """Whether a learned `beta` is added."""
    scale: bool = True
    """Whether the result is multiplied with a learned `gamma`."""
    beta_initializer: Initializer = default("zeros")
    """Where beta's first values come from."""
    gamma_initializer: Initializer = default("ones")
    """Where gamma's first values come from."""
    beta_regularizer: Regularizer | None = None
    """Penalty on beta."""
    gamma_regularizer: Regularizer | None = None
    """Penalty on gamma."""
    beta_constraint: Constraint | None = None
    """Bounds that beta is kept within."""
    gamma_constraint: Constraint | None = None
    """Bounds that gamma is kept within."""

    def gamma_and_beta(self, shape: Shape) -> Iterator[Weight]:
        """The learned scale and mean, where the layer has them."""
        if self.scale:
            yield Weight("gamma", shape)
        if self.center:
            yield Weight("beta", shape)

    def normalizing(self, x: TensorType, statistics: Dim, scales: Dim) -> Dim:
        """The operations of taking mean and variance, and of applying them together with gamma and beta.

        Keras makes one factor of deviation and gamma, and one summand of mean and beta, `scales` of each.
        """
        moments = add(multiply(4, x.elements), multiply(4, statistics))
        factor = scales if self.scale else 0
        summand = add(scales if self.scale else statistics, scales if self.center else 0)
        return add(moments, factor, summand, multiply(2, x.elements))


class BatchNormalization(CenterAndScale):
    """Give every channel mean 0 and variance 1 over the batch, then a learned mean and scale.

    In training it uses the batch's own statistics and keeps a moving average of them, which it uses
    everywhere else.
    """

    keeps_rank = True
    passes_mask = True
    omits: ClassVar[dict[str, str]] = {"renorm_clipping": "a mapping of bounds that no tutorial uses"}

    axis: Annotated[int, Before("epsilon")] = -1
    """Axis of the channels; 1 with `data_format: channels_first`."""
    momentum: Annotated[Fraction, After("axis")] = 0.99
    """How much of the moving average each batch leaves as it is."""
    moving_mean_initializer: Annotated[Initializer, After("gamma_initializer")] = default("zeros")
    """Where the moving mean starts."""
    moving_variance_initializer: Annotated[Initializer, After("moving_mean_initializer")] = default("ones")
    """Where the moving variance starts."""
    renorm: bool = False
    """Whether training, too, leans on the moving statistics (batch renormalization), for small batches."""
    renorm_momentum: Fraction = 0.99
    """How much of the statistics of `renorm` each batch leaves as it is."""
    synchronized: bool = False
    """Whether the statistics are taken over the batches of all replicas."""

    def output_type(self, x: TensorType) -> TensorType:
        resolve_axes(self.axis, x.rank)
        return x

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        (mask, x) = (masks[0], inputs[0])
        if mask is not None and (len(mask) != x.rank - 1 or any(map(differ, mask, x.shape))):
            raise unfit_mask(mask, x, "put `LayerNormalization` in its place")
        return mask

    def weights(self, x: TensorType) -> Iterator[Weight]:
        shape = (x.shape[self.axis],)
        yield from self.gamma_and_beta(shape)
        yield Weight("moving_mean", shape, trainable=False)
        yield Weight("moving_variance", shape, trainable=False)
        if self.renorm:
            for name in ("moving_stddev", "renorm_mean", "renorm_stddev"):
                yield Weight(name, shape, trainable=False)

    def operations(self, x: TensorType) -> Dim:
        """Those of using the moving statistics, which Keras turns into a factor and a summand each time."""
        return add(multiply(2, x.elements), multiply(5 + self.scale, x.shape[self.axis]))


class LayerNormalization(CenterAndScale):
    """Give every example mean 0 and variance 1 along an axis, then a learned mean and scale."""

    passes_mask = True

    axis: Annotated[Axes, Before("epsilon")] = -1
    """Axis, or axes, that are normalized together."""

    def output_type(self, x: TensorType) -> TensorType:
        resolve_axes(self.axis, x.rank)
        return x

    def weights(self, x: TensorType) -> Iterator[Weight]:
        yield from self.gamma_and_beta(kept_shape(x, self.axis))

    def operations(self, x: TensorType) -> Dim:
        return self.normalizing(x, without(x, self.axis).elements, x.elements)


class GroupNormalization(CenterAndScale):
    """Give every group of channels mean 0 and variance 1 in every example, then a learned mean and scale."""

    keeps_rank = True
    passes_mask = True
    example: ClassVar[dict[str, object]] = {"groups": 4}
    example_axes = "batch height width 8"
    layout = "batch ... channels"

    groups: Annotated[int, WholeOr(-1), Before("epsilon")] = 32
    """Number of groups, which must divide the channels; -1 makes a group of every channel."""
    axis: Annotated[int, Before("epsilon")] = -1
    """Axis of the channels."""

    def output_type(self, x: TensorType) -> TensorType:
        (axis,) = resolve_axes(self.axis, x.rank)
        if self.axis == -x.rank:  # Keras counts one axis too far from the end, and stops
            raise Refusal(
                BAD_ARGUMENT,
                f"groups channels along axis {self.axis}, which is the batch of {show_shape(x.shape)}",
                field="axis",
                help="leave out `axis`, or name the axis of the channels",
            )
        depth = x.shape[axis]
        if not isinstance(depth, int):
            raise Refusal(
                UNKNOWN_SIZE,
                f"groups the channels along axis {axis} of {show_shape(x.shape)}, whose size is not known",
                help="say the size of that axis in the `shape` of the input",
            )
        if self.groups > 0 and depth % self.groups:
            raise Refusal(
                BAD_ARGUMENT,
                f"has {self.groups} groups, which do not divide its {depth} channels",
                field="groups",
                help=f"choose `groups` so that it divides {depth}",
            )
        return x

    def weights(self, x: TensorType) -> Iterator[Weight]:
        yield from self.gamma_and_beta((x.shape[self.axis],))

    def operations(self, x: TensorType) -> Dim:
        depth = x.shape[self.axis]
        return self.normalizing(x, depth if self.groups < 0 else self.groups, depth)


class RMSNormalization(Layer):
    """Divide by the root of the mean square along an axis, then multiply with a learned scale."""

    keeps_dtype = True

    axis: Axes = -1
    """Axis, or axes, that are normalized together: the last one, or the last ones in order."""
    epsilon: NonNegativeFloat = 1e-6
    """Small number added to the mean square, so that nothing is divided by 0."""

    def output_type(self, x: TensorType) -> TensorType:
        axes = resolve_axes(self.axis, x.rank)
        if sorted(axes) != list(range(x.rank - len(axes), x.rank)):
            raise Refusal(
                CANNOT_COMPUTE,
                "scales along the last axis whichever one it normalizes, which fails for any other",
                field="axis",
                help="leave out `axis`, and put the axis last with `Permute`",
            )
        if kept_shape(x, self.axis) != kept_shape(x, axes):
            raise Refusal(
                CANNOT_COMPUTE,
                "counts its axes from both ends, and Keras sorts them by their numbers",
                field="axis",
                help=f"write `axis: {[axis - x.rank for axis in sorted(axes)]}`",
            )
        return x

    def weights(self, x: TensorType) -> Iterator[Weight]:
        yield Weight("scale", kept_shape(x, self.axis))

    def operations(self, x: TensorType) -> Dim:
        return add(multiply(4, x.elements), multiply(3, without(x, self.axis).elements))


class UnitNormalization(Layer):
    """Divide every vector along an axis by its length, so that it has length 1."""

    passes_mask = True
    needs_floats = True

    axis: Axes = -1
    """Axis, or axes, along which the length is taken."""

    def output_type(self, x: TensorType) -> TensorType:
        resolve_axes(self.axis, x.rank)
        return x

    def operations(self, x: TensorType) -> Dim:
        return to_length_one(x, self.axis)


def to_length_one(x: TensorType, axes: int | tuple[int, ...]) -> Dim:
    """The operations of dividing every vector along these axes by its length."""
    return add(multiply(3, x.elements), multiply(2, without(x, axes).elements))


def without(x: TensorType, axes: int | tuple[int, ...]) -> TensorType:
    """What is left when each vector along these axes becomes one number."""
    gone = resolve_axes(axes, x.rank)
    return x.with_shape(tuple(1 if axis in gone else size for axis, size in enumerate(x.shape)))


def kept_shape(x: TensorType, axes: int | tuple[int, ...]) -> Shape:
    """The sizes of these axes in the order of their numbers, negative ones first, as Keras sorts them."""
    return tuple(x.shape[axis] for axis in sorted((axes,) if isinstance(axes, int) else axes))
