"""Reshaping: the same numbers in another shape, or a part of them, or more of them."""

from __future__ import annotations

from math import prod
from typing import Annotated, ClassVar, Literal, TypeAlias

from tfspec.catalogue.fields import DataFormat, PositiveInt, Size2, Size3, Sizes
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import (
    Dim,
    Shape,
    TensorType,
    add,
    arrange,
    channels,
    differ,
    is_below,
    multiply,
    product,
    show_shape,
    spatial,
)

from .forms import Margins2, Margins3, Permutation
from .forms import Sizes as TargetSizes
from .grids import Images, Sequences, Volumes
from .inputs import check_kernels
from .layer import Layer

Interpolation: TypeAlias = Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"]
PLACES = {"nearest": 0, "area": 1, "bilinear": 2, "bicubic": 4, "lanczos3": 6, "lanczos5": 10}
"""Old pixels along each axis that a new one is blended of."""
NOT_RESIZED = ("bool", "uint32", "uint64")
"""Dtypes of which TensorFlow makes no pixels anew."""
Ends: TypeAlias = Annotated[tuple[int, int], Sizes(2, least=0)]


class Flatten(Layer):
    """Put all axes but the batch into one."""

    takes_texts = True
    keeps_dtype = True
    per_element = 0
    example_axes = "batch 28 28"

    data_format: DataFormat | None = None
    """With `channels_first`, channels are moved to the end before; the last axis by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return x.with_shape((x.shape[0], product(x.shape[1:])))


class Reshape(Layer):
    """Give the same numbers another shape, row by row."""

    takes_texts = True
    keeps_dtype = True
    per_element = 0
    example: ClassVar[dict[str, object]] = {"target_shape": [4, 4]}

    target_shape: Annotated[tuple[int, ...], TargetSizes(-1, unknown=False)]
    """Shape of the output without the batch; one size may be -1, and follows from the others."""

    def output_type(self, x: TensorType) -> TensorType:
        target, size = self.target_shape, product(x.shape[1:])
        if target.count(-1) > 1:
            raise Refusal(BAD_ARGUMENT, "leaves more than one size open", field="target_shape", help="keep a single -1")
        rest = prod(dim for dim in target if dim != -1)
        if size is None:
            return x.with_shape((x.shape[0], *(None if dim == -1 else dim for dim in target)))
        if differ(rest, size) if -1 not in target else rest == 0 or differ(size % rest, 0):
            relation = "a multiple of " if -1 in target else ""
            raise Refusal(
                BAD_ARGUMENT,
                f"makes a shape of {relation}{rest} elements from {show_shape(x.shape)}, which has {size}",
                field="target_shape",
                help=f"choose sizes whose product is {size}" if isinstance(size, int) else "leave a size open with -1",
            )
        open_ = size // rest if -1 in target and size % rest == 0 else None
        return x.with_shape((x.shape[0], *(open_ if dim == -1 else dim for dim in target)))


class Permute(Layer):
    """Put the axes into another order."""

    takes_texts = True
    keeps_dtype = True
    per_element = 0
    example: ClassVar[dict[str, object]] = {"dims": [2, 1]}
    example_axes = "batch time 8"

    dims: Annotated[tuple[int, ...], Permutation(6)]
    """The axes in their new order, counted from 1 and without the batch: `[2, 1]` swaps time and features."""

    def output_type(self, x: TensorType) -> TensorType:
        if sorted(self.dims) != list(range(1, x.rank)):
            raise Refusal(
                BAD_ARGUMENT,
                f"puts the axes {list(self.dims)} in order, and its input {show_shape(x.shape)} has 1 to {x.rank - 1}",
                field="dims",
                help=f"name each of the axes 1 to {x.rank - 1} once",
            )
        return x.with_shape((x.shape[0], *(x.shape[axis] for axis in self.dims)))


class RepeatVector(Layer):
    """Repeat a vector at every step of a sequence."""

    takes_texts = True
    layout = "batch features"
    keeps_dtype = True
    per_element = 0

    n: PositiveInt
    """Number of steps."""

    def output_type(self, x: TensorType) -> TensorType:
        return x.with_shape((x.shape[0], self.n, x.shape[1]))


class Cropping(Layer):
    """A layer that cuts off the ends of axes."""

    takes_texts = True
    keeps_dtype = True
    per_element = 0

    def crop(self, x: TensorType, margins: tuple[tuple[int, int], ...], data_format: str | None) -> TensorType:
        """What is left between the margins."""
        sizes = tuple(
            self._left(length, ends) for length, ends in zip(spatial(x.shape, data_format), margins, strict=True)
        )
        return x.with_shape(arrange(x.shape[0], sizes, channels(x.shape, data_format), data_format))

    def _left(self, length: Dim, ends: tuple[int, int]) -> Dim:
        if is_below(length, sum(ends) + 1):
            raise Refusal(
                BAD_ARGUMENT,
                f"cuts {ends[0]} and {ends[1]} off an axis of {length}, which leaves nothing",
                field="cropping",
                help=f"cut off less than {length} in all",
            )
        return add(length, -sum(ends))


class Cropping1D(Cropping, Sequences):
    """Cut steps off the start and the end of a sequence."""

    layout_first = ""

    cropping: Ends = (1, 1)
    """Steps to cut off at both ends, or a list of 2: at the start and at the end."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.crop(x, (self.cropping,), None)


class Cropping2D(Cropping, Images):
    """Cut the edges off an image."""

    example: ClassVar[dict[str, object]] = {"cropping": 2}
    cropping: Margins2 = ((0, 0), (0, 0))
    """Pixels to cut off: one number, a list for height and width, or `[[top, bottom], [left, right]]`."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.crop(x, self.cropping, self.data_format)


class Cropping3D(Cropping, Volumes):
    """Cut the faces off a volume."""

    cropping: Margins3 = ((1, 1), (1, 1), (1, 1))
    """How much to cut off: one number, a list of one for each axis, or a list of pairs for the ends of each axis."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.crop(x, self.cropping, self.data_format)


class ZeroPadding(Layer):
    """A layer that adds zeros at the ends of axes."""

    takes_texts = True
    keeps_dtype = True
    per_element = 0

    def pad(self, x: TensorType, margins: tuple[tuple[int, int], ...], data_format: str | None) -> TensorType:
        """The tensor with its margins."""
        lengths = spatial(x.shape, data_format)
        sizes = tuple(add(length, sum(ends)) for length, ends in zip(lengths, margins, strict=True))
        return x.with_shape(arrange(x.shape[0], sizes, channels(x.shape, data_format), data_format))


class ZeroPadding1D(ZeroPadding, Sequences):
    """Add steps of zeros to the start and the end of a sequence."""

    padding: Ends = (1, 1)
    """Steps to add at both ends, or a list of 2: at the start and at the end."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.pad(x, (self.padding,), self.data_format)


class ZeroPadding2D(ZeroPadding, Images):
    """Add an edge of zeros to an image."""

    padding: Margins2 = ((1, 1), (1, 1))
    """Pixels to add: one number, a list for height and width, or `[[top, bottom], [left, right]]`."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.pad(x, self.padding, self.data_format)


class ZeroPadding3D(ZeroPadding, Volumes):
    """Add faces of zeros to a volume."""

    padding: Margins3 = ((1, 1), (1, 1), (1, 1))
    """How much to add: one number, a list of one for each axis, or a list of pairs for the ends of each axis."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.pad(x, self.padding, self.data_format)


class UpSampling(Layer):
    """A layer that repeats every element along its axes."""

    keeps_dtype = True
    per_element = 0

    def stretch(self, x: TensorType, factors: Shape, data_format: str | None) -> TensorType:
        """The tensor with every axis so many times as long."""
        lengths = spatial(x.shape, data_format)
        sizes = tuple(multiply(length, factor) for length, factor in zip(lengths, factors, strict=True))
        return x.with_shape(arrange(x.shape[0], sizes, channels(x.shape, data_format), data_format))


class UpSampling1D(UpSampling, Sequences):
    """Repeat every step of a sequence."""

    layout_first = ""

    size: PositiveInt = 2
    """How many times each step stands in the output."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.stretch(x, (self.size,), None)


class UpSampling2D(UpSampling, Images):
    """Make an image larger by whole factors."""

    size: Size2 = (2, 2)
    """Factors for height and width; one number stands for both."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""
    interpolation: Interpolation = "nearest"
    """How the new pixels come about: `nearest` repeats, the others blend."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.interpolation != "nearest":
            check_kernels(NOT_RESIZED, x)
        return self.stretch(x, self.size, self.data_format)

    def operations(self, x: TensorType) -> Dim:
        return resampling(x, self.output_type(x), self.interpolation, self.data_format)


class UpSampling3D(UpSampling, Volumes):
    """Make a volume larger by whole factors."""

    size: Size3 = (2, 2, 2)
    """Factors for each axis; one number stands for all."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.stretch(x, self.size, self.data_format)


def resampling(
    x: TensorType, output: TensorType, interpolation: str, data_format: str | None, *, antialias: bool = False
) -> Dim:
    """The operations of blending new pixels of old ones: a multiply-add for each of those that a new one is made of.

    Their number along an axis hangs on the way of blending, and grows as an image shrinks for `area` and `antialias`.
    """
    places = PLACES[interpolation]
    if not places:
        return 0
    reach: Dim = places**2
    if antialias or interpolation == "area":
        pairs = zip(spatial(x.shape, data_format), spatial(output.shape, data_format), strict=True)
        reach = multiply(reach, *(_shrinking(old, new) for old, new in pairs))
    return multiply(2, reach, output.elements)


def _shrinking(old: Dim, new: Dim) -> Dim:
    """How many times as long an axis was, rounded up."""
    return max(1, -(-old // new)) if isinstance(old, int) and isinstance(new, int) else None
