"""Random changes of the colours of images, for training on more than there is."""

from __future__ import annotations

from typing import Annotated, ClassVar

from tfspec.catalogue.fields import DataFormat, Fraction
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, channels, show_shape

from .order import Before
from .preprocessing import Augmentation, Fraction2, Range
from .ranges import Bits, KernelSide, Share

RGB = 3
"""Channels of a colour image."""


class Coloring(Augmentation):
    """A layer that changes the colours of images at random in training."""

    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""
    data_format: Annotated[DataFormat | None, Before("seed")] = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class ColorsOnly(Coloring):
    """A layer that runs on red, green and blue alone."""

    def output_type(self, x: TensorType) -> TensorType:
        """The same shape."""
        check_colors(x, self.data_format, (RGB,))
        return x


class RandomColorDegeneration(ColorsOnly):
    """Mix images with their own greyscale version: the colours fade at random."""

    needs_floats = True

    factor: Share
    """How far the colours fade at most, or a list of the least and the greatest: 0 keeps them, 1 takes them away."""


class RandomHue(ColorsOnly):
    """Shift the hue of images at random: the colours turn around the colour wheel."""

    needs_floats = True

    factor: Share
    """Greatest shift either way, or a list of the least and the greatest: 1 is half of the colour wheel."""


class RandomSaturation(ColorsOnly):
    """Make the colours of images fuller or paler at random."""

    needs_floats = True

    factor: Share
    """How full the colours are, or a list of the least and the greatest: 0 is grey, 0.5 as before, 1 full."""


class RandomPosterization(Coloring):
    """Keep only the first bits of every pixel, so that fewer shades are left."""

    needs_floats = True
    example: ClassVar[dict[str, object]] = {"factor": 4}

    factor: Bits
    """Number of bits that are kept, or a list of the least and the greatest."""


class RandomSharpness(Coloring):
    """Blur or sharpen images at random."""

    float_policy = True

    factor: Share
    """Sharpness, or a list of the least and the greatest: 0 is smoothed, 0.5 as before, 1 sharpened."""


class RandomGaussianBlur(Coloring):
    """Blur images at random with a Gaussian kernel."""

    float_policy = True
    not_computed_in = ("float16",)

    factor: Annotated[Share, Before("value_range")] = 1.0
    """How likely an image is blurred, or a list of the least and the greatest likelihood."""
    kernel_size: Annotated[KernelSide, Before("value_range")] = 3
    """Side of the kernel in pixels, an odd number, or a list for height and width."""
    sigma: Annotated[Share, Before("value_range")] = 1.0
    """Greatest width of the Gaussian in pixels, or a list of the least and the greatest."""

    def output_type(self, x: TensorType) -> TensorType:
        sides = (self.kernel_size,) if isinstance(self.kernel_size, int) else self.kernel_size
        if any(side % 2 == 0 for side in sides):
            raise Refusal(
                BAD_ARGUMENT,
                f"has a kernel of {' by '.join(map(str, sides))} pixels, which has no middle",
                field="kernel_size",
                help="choose odd numbers",
            )
        return x


class RandomGrayscale(Augmentation):
    """Take the colours out of some images; the number of channels stays."""

    keeps_dtype = True

    factor: Annotated[Fraction, Before("seed")] = 0.5
    """Share of the images that become grey."""
    data_format: Annotated[DataFormat | None, Before("seed")] = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        check_colors(x, self.data_format, (1, RGB))
        return x


class RandomInvert(Augmentation):
    """Turn some images into their negatives."""

    needs_floats = True

    factor: Annotated[Share, Before("seed")] = 1.0
    """How likely an image is inverted, or a list of the least and the greatest likelihood."""
    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class Solarization(Augmentation):
    """Invert the pixels that are brighter than a random threshold."""

    float_policy = True

    layout_first = ""

    addition_factor: Annotated[Share, Before("seed")] = 0.0
    """Greatest brightening before it, as a share of the range, or a list of the least and the greatest."""
    threshold_factor: Annotated[Share, Before("seed")] = 0.0
    """Greatest threshold as a share of the range, or a list of the least and the greatest."""
    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""


class RandomColorJitter(Augmentation):
    """Change brightness, contrast, saturation and hue at random, one after the other."""

    needs_floats = True

    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""
    brightness_factor: Annotated[Fraction2 | None, Before("seed")] = None
    """The `factor` of `RandomBrightness`; brightness stays by default."""
    contrast_factor: Annotated[Share | None, Before("seed")] = None
    """The `factor` of `RandomContrast`; contrast stays by default."""
    saturation_factor: Annotated[Share | None, Before("seed")] = None
    """The `factor` of `RandomSaturation`; saturation stays by default."""
    hue_factor: Annotated[Share | None, Before("seed")] = None
    """The `factor` of `RandomHue`; hue stays by default."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.data_format == "channels_first":
            raise Refusal(
                CANNOT_COMPUTE,
                "takes the last axis for the channels whatever `data_format` says",
                field="data_format",
                help="put the channels last with `Permute`, and leave out `data_format`",
            )
        if self.saturation_factor is not None or self.hue_factor is not None:
            check_colors(x, None, (RGB,))
        return x


def check_colors(x: TensorType, data_format: str | None, counts: tuple[int, ...] = ()) -> None:
    """Refuse images whose number of channels is not known, or not one of `counts`."""
    depth = channels(x.shape, data_format)
    if not isinstance(depth, int):
        raise Refusal(
            UNKNOWN_SIZE,
            f"needs a known number of channels, and is given {show_shape(x.shape)}",
            help="say the number of channels in the `shape` of the input",
        )
    if counts and depth not in counts:
        wanted = "3 channels (red, green, blue)" if counts == (RGB,) else "1 channel (grey) or 3 (red, green, blue)"
        raise Refusal(BAD_ARGUMENT, f"takes images of {wanted}, and is given {depth}")
