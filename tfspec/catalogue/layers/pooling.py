"""Pooling: the greatest or the mean value of every window, or of the whole."""

from __future__ import annotations

from collections.abc import Sequence

from tfspec.catalogue.fields import DataFormat, Padding, Size1, Size2, Size3
from tfspec.tensors import (
    Dim,
    Shape,
    TensorType,
    add,
    are_unlike,
    arrange,
    channels,
    multiply,
    spatial,
    window_length,
)

from .grids import Images, Sequences, Volumes
from .layer import Layer
from .masks import unfit_mask


class Pooling(Layer):
    """A layer that puts one value in the place of every window."""

    pool_size: tuple[int, ...]
    """Length of the window along each axis; one number stands for all."""
    strides: tuple[int, ...] | None = None
    """Step of the window along each axis; its own length by default, so that windows do not overlap."""
    padding: Padding = "valid"
    """`valid`: the window stays inside; `same`: windows at the edge may reach over it."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        lengths = spatial(x.shape, self.data_format)
        strides = self.strides or self.pool_size
        sizes = tuple(
            window_length(length, size, stride, 1, self.padding)
            for length, size, stride in zip(lengths, self.pool_size, strides, strict=True)
        )
        return x.with_shape(arrange(x.shape[0], sizes, channels(x.shape, self.data_format), self.data_format))

    def operations(self, x: TensorType) -> Dim:
        """As many as the window has places, for every value of the output."""
        return multiply(*self.pool_size, self.output_type(x).elements)


class MaxPooling(Pooling):
    """A layer that keeps the greatest value of every window."""

    keeps_dtype = True
    no_kernel_for = ("bool", "uint32", "uint64")


class AveragePooling(Pooling):
    """A layer that takes the mean of every window."""

    needs_floats = True


class MaxPooling1D(MaxPooling, Sequences):
    """Keep the greatest value of every stretch of a sequence."""

    aliases = ("MaxPool1D",)

    pool_size: Size1 = (2,)
    strides: Size1 | None = None


class MaxPooling2D(MaxPooling, Images):
    """Keep the greatest value of every patch of an image."""

    aliases = ("MaxPool2D",)

    pool_size: Size2 = (2, 2)
    strides: Size2 | None = None


class MaxPooling3D(MaxPooling, Volumes):
    """Keep the greatest value of every block of a volume."""

    needs_floats = True
    aliases = ("MaxPool3D",)

    pool_size: Size3 = (2, 2, 2)
    strides: Size3 | None = None


class AveragePooling1D(AveragePooling, Sequences):
    """Take the mean of every stretch of a sequence."""

    aliases = ("AvgPool1D",)

    pool_size: Size1
    strides: Size1 | None = None


class AveragePooling2D(AveragePooling, Images):
    """Take the mean of every patch of an image."""

    aliases = ("AvgPool2D",)

    pool_size: Size2
    strides: Size2 | None = None


class AveragePooling3D(AveragePooling, Volumes):
    """Take the mean of every block of a volume."""

    aliases = ("AvgPool3D",)

    pool_size: Size3
    strides: Size3 | None = None


class GlobalPooling(Layer):
    """A layer that leaves one value of each channel."""

    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""
    keepdims: bool = False
    """Whether the pooled axes stay, with size 1."""

    def output_type(self, x: TensorType) -> TensorType:
        depth = channels(x.shape, self.data_format)
        ones: Shape = (1,) * (x.rank - 2) if self.keepdims else ()
        return x.with_shape(arrange(x.shape[0], ones, depth, self.data_format))

    def operations(self, x: TensorType) -> Dim:
        """One for each value that is added, and one division for each channel."""
        return x.elements


class GlobalMaxPooling(GlobalPooling):
    """A layer that keeps the greatest value of each channel."""

    keeps_dtype = True

    def operations(self, x: TensorType) -> Dim:
        """One comparison less than each channel has values."""
        return add(x.elements, multiply(-1, self.output_type(x).elements))


class GlobalAveragePooling1D(GlobalPooling, Sequences):
    """Take the mean of every feature over all steps."""

    aliases = ("GlobalAvgPool1D",)
    uses_mask = True

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        (mask, x) = (masks[0], inputs[0])
        if mask is not None:
            along = x.shape[1 + (self.data_format == "channels_first")]
            if len(mask) != x.rank - 1 or are_unlike((mask[-1],), (along,)):
                raise unfit_mask(mask, x, "put `GlobalMaxPooling1D` in its place, which takes no mask")
        return None


class GlobalAveragePooling2D(GlobalPooling, Images):
    """Take the mean of every channel over the whole image."""

    aliases = ("GlobalAvgPool2D",)


class GlobalAveragePooling3D(GlobalPooling, Volumes):
    """Take the mean of every channel over the whole volume."""

    aliases = ("GlobalAvgPool3D",)


class GlobalMaxPooling1D(GlobalMaxPooling, Sequences):
    """Keep the greatest value of every feature over all steps."""

    aliases = ("GlobalMaxPool1D",)


class GlobalMaxPooling2D(GlobalMaxPooling, Images):
    """Keep the greatest value of every channel over the whole image."""

    aliases = ("GlobalMaxPool2D",)


class GlobalMaxPooling3D(GlobalMaxPooling, Volumes):
    """Keep the greatest value of every channel over the whole volume."""

    aliases = ("GlobalMaxPool3D",)
