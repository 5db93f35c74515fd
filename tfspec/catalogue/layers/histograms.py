"""Contrast by histograms: how often each shade occurs decides what becomes of it."""

from __future__ import annotations

from tfspec.catalogue.fields import DataFormat, NonNegativeFloat, PositiveInt, Size2
from tfspec.catalogue.problems import BAD_ARGUMENT, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, add, channels, multiply, show_shape, spatial

from .distortions import check_known
from .grids import Images
from .layer import Elementwise
from .preprocessing import Range, check_range

SHADES = 256
"""Shades that are told apart."""


class Contrasting(Images, Elementwise):
    """A layer that stretches the contrast of images."""

    casts_itself = True

    value_range: Range = (0, 255)
    """Least and greatest value of a pixel."""


class AutoContrast(Contrasting):
    """Stretch the shades of every channel over the whole range of values."""

    float_policy = True

    layout_first = ""

    def operations(self, x: TensorType) -> Dim:
        """The bounds of every channel, a product, a sum, and two bounds for each pixel."""
        return add(multiply(6, x.elements), multiply(2, x.last))


class Equalization(Contrasting):
    """Spread the shades of every channel evenly over the whole range of values, in training."""

    float_policy = True
    keeps_dtype = True
    per_element = 0
    only_inside = "Keras gives its input on as its own output, and a model of Keras cannot tell the two apart"

    bins: PositiveInt = 256
    """Number of shades that are told apart."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        check_range(self.value_range)
        if not isinstance(channels(x.shape, self.data_format), int):
            raise Refusal(
                UNKNOWN_SIZE,
                f"goes through the channels one by one, and is given {show_shape(x.shape)}",
                help="say the number of channels in the `shape` of the input",
            )
        return x


class ContrastLimitedAdaptiveHistogramEqualization(Contrasting):
    """Spread the shades in each part of an image by itself, and no further than a limit (CLAHE)."""

    needs_floats = True

    clip_limit: NonNegativeFloat = 4.0
    """How often a shade may count, as a multiple of the mean; 0 sets no limit."""
    tile_grid_size: Size2 = (8, 8)
    """Number of parts along height and width."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        check_known(x)
        check_range(self.value_range)
        for length, parts in zip(spatial(x.shape, self.data_format), self.tile_grid_size, strict=True):
            if isinstance(length, int) and -length % parts > length:
                raise Refusal(
                    BAD_ARGUMENT,
                    f"divides an axis of {length} into {parts} parts, and would have to add {-length % parts} pixels",
                    field="tile_grid_size",
                    help="choose fewer parts",
                )
        return x

    def operations(self, x: TensorType) -> Dim:
        """A count of every shade in each part for each of its pixels, ten for each count, and eleven for each pixel."""
        sizes = spatial(x.shape, self.data_format)
        depth = channels(x.shape, self.data_format)
        pairs = zip(sizes, self.tile_grid_size, strict=True)
        padded = (size + -size % parts if isinstance(size, int) else None for size, parts in pairs)
        counts = multiply(SHADES, depth, *self.tile_grid_size)
        return add(multiply(SHADES, depth, *padded), multiply(10, counts), multiply(11, x.elements))
