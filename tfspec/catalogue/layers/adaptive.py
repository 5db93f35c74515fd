"""Adaptive pooling: as many windows as the output is to have values."""

from __future__ import annotations

from tfspec.catalogue.fields import DataFormat, Size1, Size2, Size3
from tfspec.catalogue.problems import CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, are_known, arrange, channels, multiply, show_shape, spatial

from .grids import Images, Sequences, Volumes
from .layer import Layer
from .pooling import MaxPooling


class AdaptivePooling(Layer):
    """A layer that divides its input into a given number of windows, and leaves one value of each."""

    output_size: tuple[int, ...]
    """Number of windows along each axis; one number stands for all."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        if not are_known(spatial(x.shape, self.data_format)):
            raise Refusal(
                UNKNOWN_SIZE,
                f"divides axes into windows, and is given {show_shape(x.shape)}, whose sizes are not known",
                help="say the sizes in the `shape` of the input",
            )
        for length, count in zip(spatial(x.shape, self.data_format), self.output_size, strict=True):
            if isinstance(length, int) and -(-length // count) >= length:
                raise Refusal(
                    CANNOT_COMPUTE,
                    f"divides an axis of {length} into {count}, and TensorFlow needs room for a window one longer",
                    field="output_size",
                    help="use a global pooling layer with `keepdims: true`" if count == 1 else None,
                )
        return x.with_shape(
            arrange(x.shape[0], self.output_size, channels(x.shape, self.data_format), self.data_format)
        )

    def operations(self, x: TensorType) -> Dim:
        """As many as the windows have places, for every channel."""
        lengths = spatial(x.shape, self.data_format)
        places = (_places(length, count) for length, count in zip(lengths, self.output_size, strict=True))
        return multiply(channels(x.shape, self.data_format), *places)


class AdaptiveMaxPooling(AdaptivePooling):
    """A layer that keeps the greatest value of every window."""

    keeps_dtype = True
    no_kernel_for = MaxPooling.no_kernel_for


class AdaptiveAveragePooling(AdaptivePooling):
    """A layer that takes the mean of every window."""

    needs_floats = True


class AdaptiveAveragePooling1D(AdaptiveAveragePooling, Sequences):
    """Divide a sequence into so many stretches, and take the mean of each."""

    output_size: Size1


class AdaptiveAveragePooling2D(AdaptiveAveragePooling, Images):
    """Divide an image into so many patches, and take the mean of each."""

    output_size: Size2


class AdaptiveAveragePooling3D(AdaptiveAveragePooling, Volumes):
    """Divide a volume into so many blocks, and take the mean of each."""

    output_size: Size3


class AdaptiveMaxPooling1D(AdaptiveMaxPooling, Sequences):
    """Divide a sequence into so many stretches, and keep the greatest value of each."""

    output_size: Size1


class AdaptiveMaxPooling2D(AdaptiveMaxPooling, Images):
    """Divide an image into so many patches, and keep the greatest value of each."""

    output_size: Size2


class AdaptiveMaxPooling3D(AdaptiveMaxPooling, Volumes):
    """Divide a volume into so many blocks, and keep the greatest value of each."""

    needs_floats = True

    output_size: Size3


def _places(length: Dim, count: int) -> Dim:
    """How many places so many windows have along an axis; neighbours share one where they do not divide it evenly."""
    if not isinstance(length, int):
        return None
    return sum(-(-(index + 1) * length // count) - index * length // count for index in range(count))
