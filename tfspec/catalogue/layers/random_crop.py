"""Random crops, which are of one size in training and are left out of use."""

from __future__ import annotations

from tfspec.catalogue.fields import DataFormat, PositiveInt
from tfspec.catalogue.problems import UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, are_known, arrange, channels, show_shape, spatial

from .core import Identity
from .layer import Layer
from .preprocessing import Augmentation, Resizing


class RandomCrop(Augmentation):
    """Cut a part out of images at a random place, in training; smaller images are enlarged.

    Validation and prediction see whole images. So height and width are open behind it where they
    are not those of the input, and a model must take both: by global pooling, say.
    """

    needs_floats = True

    height: PositiveInt
    """Height of the part in pixels."""
    width: PositiveInt
    """Width of the part in pixels."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def in_phase(self, *, training: bool) -> Layer:
        if training:
            return Resizing(height=self.height, width=self.width, data_format=self.data_format, dtype=self.dtype)
        return Identity(dtype=self.dtype)

    def output_type(self, x: TensorType) -> TensorType:
        whole = spatial(x.shape, self.data_format)
        if not are_known(whole):
            raise Refusal(
                UNKNOWN_SIZE,
                f"draws a place within images of known height and width, and is given {show_shape(x.shape)}",
                help="say height and width in the `shape` of the input, or put `Resizing` before it",
            )
        part = (self.height, self.width)
        open_sizes = tuple(there if there == cut else None for there, cut in zip(whole, part, strict=True))
        return x.with_shape(arrange(x.shape[0], open_sizes, channels(x.shape, self.data_format), self.data_format))
