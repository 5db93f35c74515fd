"""Contrast by histograms: how often each shade occurs decides what becomes of it."""

from __future__ import annotations

from typing import Annotated

from tfspec.catalogue.fields import DataFormat, NonNegativeFloat, PositiveInt, Size2
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, spatial

from .grids import Images
from .layer import Elementwise
from .order import Before
from .preprocessing import Range


class Contrasting(Images, Elementwise):
    """A layer that stretches the contrast of images."""

    value_range: Range = (0, 255)
    """Least and greatest value of a pixel."""


class AutoContrast(Contrasting):
    """Stretch the shades of every channel over the whole range of values."""

    layout_first = ""


class Histogrammed(Contrasting):
    """A layer that goes by how often each shade occurs."""

    needs_floats = True

    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class Equalization(Histogrammed):
    """Spread the shades of every channel so that all occur about equally often."""

    keeps_dtype = True

    bins: Annotated[PositiveInt, Before("data_format")] = 256
    """Number of shades that are told apart."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.value_range[0] == self.value_range[1]:
            raise Refusal(
                BAD_ARGUMENT,
                f"has values from {self.value_range[0]} to {self.value_range[1]}",
                field="value_range",
                help="give the least and the greatest value of a pixel",
            )
        return x


class ContrastLimitedAdaptiveHistogramEqualization(Histogrammed):
    """Spread the shades in each part of an image by itself, and no further than a limit (CLAHE)."""

    clip_limit: Annotated[NonNegativeFloat, Before("data_format")] = 4.0
    """How often a shade may count, as a multiple of the mean; 0 sets no limit."""
    tile_grid_size: Annotated[Size2, Before("data_format")] = (8, 8)
    """Number of parts along height and width."""

    def output_type(self, x: TensorType) -> TensorType:
        for length, parts in zip(spatial(x.shape, self.data_format), self.tile_grid_size, strict=True):
            if length is not None and -length % parts > length:
                raise Refusal(
                    BAD_ARGUMENT,
                    f"divides an axis of {length} into {parts} parts, and would have to add {-length % parts} pixels",
                    field="tile_grid_size",
                    help="choose fewer parts",
                )
        return x
