"""Augmentations that draw from many random changes of images."""

from __future__ import annotations

from typing import Annotated, Literal

from tfspec.catalogue.fields import DataFormat, PositiveFloat, PositiveInt
from tfspec.tensors import TensorType

from .colors import RGB, check_colors
from .order import After, Before
from .preprocessing import Augmentation, Range, check_range
from .ranges import Share


class MixedAugmentation(Augmentation):
    """A layer that chooses from many random changes."""

    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""
    factor: Annotated[Share, Before("seed")] = 0.5
    """Strength of the changes, or a list of the least and the greatest."""
    interpolation: Annotated[Literal["nearest", "bilinear"], Before("seed")] = "bilinear"
    """How pixels between the old ones come about."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class AugMix(MixedAugmentation):
    """Mix an image with copies that went through chains of random changes."""

    float_policy = True

    num_chains: Annotated[PositiveInt, Before("factor")] = 3
    """Number of copies."""
    chain_depth: Annotated[PositiveInt, Before("factor")] = 3
    """Number of changes of each copy."""
    factor: Annotated[Share, Before("seed")] = 0.3
    alpha: Annotated[PositiveFloat, After("factor")] = 1.0
    """Evenness of the mixture: large numbers weigh all copies alike."""
    all_ops: Annotated[bool, After("alpha")] = True
    """Whether changes of colour and sharpness take part, besides those of the shape."""

    def output_type(self, x: TensorType) -> TensorType:
        check_range(self.value_range)
        check_colors(x, self.data_format, (1, RGB) if self.all_ops else ())
        return x


class RandAugment(MixedAugmentation):
    """Apply a few changes, drawn from eleven, to every batch of images."""

    float_policy = True

    num_ops: Annotated[PositiveInt, Before("factor")] = 2
    """Number of changes."""

    def output_type(self, x: TensorType) -> TensorType:
        check_range(self.value_range)
        check_colors(x, self.data_format, (1, RGB))
        return x
