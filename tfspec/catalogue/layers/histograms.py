"""Contrast by histograms: how often each shade occurs decides what becomes of it."""

from __future__ import annotations

from tfspec.catalogue.fields import DataFormat, NonNegativeFloat, Size2
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, spatial

from .distortions import check_known
from .grids import Images
from .layer import Elementwise
from .preprocessing import Range


class Contrasting(Images, Elementwise):
    """A layer that stretches the contrast of images."""

    value_range: Range = (0, 255)
    """Least and greatest value of a pixel."""


class AutoContrast(Contrasting):
    """Stretch the shades of every channel over the whole range of values."""

    layout_first = ""


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
        for length, parts in zip(spatial(x.shape, self.data_format), self.tile_grid_size, strict=True):
            if length is not None and -length % parts > length:
                raise Refusal(
                    BAD_ARGUMENT,
                    f"divides an axis of {length} into {parts} parts, and would have to add {-length % parts} pixels",
                    field="tile_grid_size",
                    help="choose fewer parts",
                )
        return x
