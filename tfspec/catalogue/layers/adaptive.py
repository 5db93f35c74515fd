"""Adaptive pooling: as many windows as the output is to have values."""

from __future__ import annotations

from tfspec.catalogue.fields import DataFormat, Size1, Size2, Size3
from tfspec.catalogue.problems import CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, arrange, channels, show_shape, spatial

from .grids import Images, Sequences, Volumes
from .layer import Layer


class AdaptivePooling(Layer):
    """A layer that divides its input into a given number of windows, and leaves one value of each."""

    output_size: tuple[int, ...]
    """Number of windows along each axis; one number stands for all."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        if None in spatial(x.shape, self.data_format):
            raise Refusal(
                UNKNOWN_SIZE,
                f"divides axes into windows, and is given {show_shape(x.shape)}, whose sizes are not known",
                help="say the sizes in the `shape` of the input",
            )
        return x.with_shape(
            arrange(x.shape[0], self.output_size, channels(x.shape, self.data_format), self.data_format)
        )


class AdaptiveMaxPooling(AdaptivePooling):
    """A layer that keeps the greatest value of every window."""

    keeps_dtype = True

    def output_type(self, x: TensorType) -> TensorType:
        """So many values along each axis; TensorFlow needs room for the window that is one longer."""
        output = super().output_type(x)
        for length, count in zip(spatial(x.shape, self.data_format), self.output_size, strict=True):
            if length is not None and -(-length // count) >= length:
                raise Refusal(
                    CANNOT_COMPUTE,
                    f"divides an axis of {length} into {count}, and TensorFlow ends the whole process there",
                    field="output_size",
                    help="use `GlobalMaxPooling1D`, `2D` or `3D` with `keepdims: true`" if count == 1 else None,
                )
        return output


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
