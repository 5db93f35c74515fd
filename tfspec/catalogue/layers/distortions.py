"""Random changes of the geometry of images, for training on more than there is."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from tfspec.catalogue.fields import DataFormat, Fraction
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, are_known, channels, show_shape, spatial

from .colors import RGB
from .order import Before
from .preprocessing import Augmentation, FillMode, Range
from .ranges import Fill, Share

Interpolated: TypeAlias = Literal["nearest", "bilinear"]


class Distortion(Augmentation):
    """A layer that moves the pixels of images in training."""

    interpolation: Annotated[Interpolated, Before("seed")] = "bilinear"
    """How pixels between the old ones come about."""
    fill_value: Annotated[float, Before("seed")] = 0.0
    """Value of the pixels from beyond the edge, where they have one."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class RandomElasticTransform(Distortion):
    """Stretch images here and there, as if they were printed on rubber."""

    float_policy = True
    not_computed_in = ("float16",)

    factor: Annotated[Share, Before("interpolation")] = 1.0
    """How likely an image is changed, or a list of the least and the greatest likelihood."""
    scale: Annotated[Share, Before("interpolation")] = 1.0
    """Strength of the change, or a list of the least and the greatest."""
    fill_mode: Annotated[FillMode, Before("fill_value")] = "reflect"
    """What fills the pixels from beyond the edge."""
    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""

    def output_type(self, x: TensorType) -> TensorType:
        check_known(x)
        return x


class RandomPerspective(Distortion):
    """Show images as if from another point of view."""

    float_policy = True

    factor: Annotated[Share, Before("interpolation")] = 1.0
    """How likely an image is changed, or a list of the least and the greatest likelihood."""
    scale: Annotated[Fraction, Before("interpolation")] = 1.0
    """Strength of the change."""

    def output_type(self, x: TensorType) -> TensorType:
        check_known(x)
        if 1 in spatial(x.shape, self.data_format):
            raise Refusal(
                CANNOT_COMPUTE,
                f"needs images of 2 pixels or more along both axes, and is given {show_shape(x.shape)}",
            )
        return x


class RandomShear(Distortion):
    """Slant images at random."""

    float_policy = True

    x_factor: Annotated[Share, Before("interpolation")] = 0.0
    """Greatest slant along the width, or a list of the least and the greatest."""
    y_factor: Annotated[Share, Before("interpolation")] = 0.0
    """Greatest slant along the height, or a list of the least and the greatest."""
    fill_mode: Annotated[FillMode, Before("fill_value")] = "reflect"
    """What fills the pixels from beyond the edge."""
    data_format: Annotated[DataFormat | None, Before("seed")] = None


class RandomErasing(Augmentation):
    """Cover a random rectangle of every image."""

    float_policy = True
    not_computed_in = ("float16",)

    factor: Annotated[Share, Before("seed")] = 1.0
    """How likely an image is changed, or a list of the least and the greatest likelihood."""
    scale: Annotated[Share, Before("seed")] = (0.02, 0.33)
    """Area of the rectangle as a share of the image, or a list of the least and the greatest."""
    fill_value: Annotated[Fill | None, Before("seed")] = None
    """Value of the rectangle, or a list of 3 for red, green and blue; noise by default."""
    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        check_known(x)
        depth = channels(x.shape, self.data_format)
        if isinstance(self.fill_value, tuple) and (self.data_format == "channels_first" or depth != RGB):
            raise Refusal(
                BAD_ARGUMENT,
                f"fills 3 channels along the last axis, and is given {show_shape(x.shape)}",
                field="fill_value",
                help="give one number",
            )
        return x


def check_known(x: TensorType) -> None:
    """Refuse images whose sizes are not known."""
    if not are_known(x.shape[1:]):
        raise Refusal(
            UNKNOWN_SIZE,
            f"reckons with the sizes of images, and is given {show_shape(x.shape)}",
            help="say height, width and channels in the `shape` of the input, or put `Resizing` before it",
        )
