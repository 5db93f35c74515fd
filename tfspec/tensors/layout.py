"""Where the channels of an image stand: last, or right behind the batch."""

from __future__ import annotations

from .dims import Dim, Shape

CHANNELS_FIRST = "channels_first"


def channels(shape: Shape, data_format: str | None) -> Dim:
    """The number of channels of images, sequences or volumes; None as the format is `channels_last`."""
    return shape[1] if data_format == CHANNELS_FIRST else shape[-1]


def spatial(shape: Shape, data_format: str | None) -> Shape:
    """The axes along which windows slide: height and width of an image, the time of a sequence."""
    return shape[2:] if data_format == CHANNELS_FIRST else shape[1:-1]


def arrange(batch: Dim, sizes: Shape, depth: Dim, data_format: str | None) -> Shape:
    """The shape of images with these spatial sizes and so many channels."""
    return (batch, depth, *sizes) if data_format == CHANNELS_FIRST else (batch, *sizes, depth)
