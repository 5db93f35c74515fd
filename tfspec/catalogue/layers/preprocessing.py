"""Preprocessing: from raw numbers and images to what a model takes, and random changes to train on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, TypeAlias

from tfspec.catalogue.fields import DataFormat, PositiveInt
from tfspec.catalogue.numbers import Axes, OneOrMore
from tfspec.catalogue.problems import ARGUMENTS_CLASH, BAD_ARGUMENT, CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import (
    Dim,
    TensorType,
    Weight,
    add,
    are_known,
    arrange,
    channels,
    differ,
    is_below,
    is_float,
    multiply,
    resolve_axes,
    show_shape,
    spatial,
)

from .forms import Factor, Pair
from .grids import Images
from .inputs import check_floats
from .layer import Elementwise, Layer
from .order import Before
from .policies import check_computed
from .reshaping import NOT_RESIZED, Interpolation, resampling

Numbers: TypeAlias = Annotated[float | tuple[float, ...], OneOrMore(float)]
Variances: TypeAlias = Annotated[float | tuple[float, ...], OneOrMore(float, least=0)]
Fraction2: TypeAlias = Annotated[float | tuple[float, float], Factor(-1, 1)]
PositiveFraction2: TypeAlias = Annotated[float | tuple[float, float], Factor(0, 1)]
ZoomFactor: TypeAlias = Annotated[float | tuple[float, float], Factor(-1, 1, above=True)]
Range: TypeAlias = Annotated[tuple[float, float], Pair()]
FillMode: TypeAlias = Literal["reflect", "wrap", "constant", "nearest"]


class Rescaling(Layer):
    """Multiply with `scale` and add `offset`: 1/255 brings the pixels of an image to 0…1."""

    passes_mask = True
    casts_itself = True
    per_element = 2

    example: ClassVar[dict[str, object]] = {"scale": 0.00392156862745098}
    example_axes = "batch height width 3"

    scale: Numbers
    """Factor, or a list of one for each channel."""
    offset: Numbers = 0.0
    """What is added, or a list of one for each channel."""

    def output_type(self, x: TensorType) -> TensorType:
        for field in ("scale", "offset"):
            check_length(getattr(self, field), x, -1, field)
        return x


class Normalization(Layer):
    """Give every feature mean 0 and variance 1, by statistics of the training data.

    They are learned from the data of `prepare`, or given as `mean` and `variance`.
    """

    keeps_rank = True
    passes_mask = True
    casts_itself = True
    keeps_tensors = True

    axis: Axes | None = -1
    """Axis, or axes, whose entries have statistics of their own; `null` takes one mean over everything."""
    mean: Numbers | None = None
    """Mean, or a list of one for each entry of the axis; learned from the data by default."""
    variance: Variances | None = None
    """Variance, in the same form as `mean`."""
    invert: bool = False
    """Whether it undoes the normalization instead."""

    def output_type(self, x: TensorType) -> TensorType:
        kept = self._kept(x)
        if (self.mean is None) != (self.variance is None) or _count(self.mean) != _count(self.variance):
            raise Refusal(
                ARGUMENTS_CLASH,
                "takes `mean` and `variance` together and in one form",
                field="variance" if self.mean is None else "mean",
                help="give both, as numbers or as lists of one length",
            )
        for axis in kept:
            if not isinstance(x.shape[axis], int):
                raise Refusal(
                    UNKNOWN_SIZE,
                    f"keeps statistics along axis {axis} of {show_shape(x.shape)}, whose size is not known",
                    field="axis",
                    help="choose an axis of known size, or `axis: null` for one mean over everything",
                )
        for field in ("mean", "variance"):
            if isinstance(value := getattr(self, field), tuple):
                check_length(value, x, kept[-1] if kept else None, field)
        return x

    def weights(self, x: TensorType) -> Iterator[Weight]:
        if self.mean is None:
            shape = tuple(x.shape[axis] for axis in self._kept(x))
            yield Weight("mean", shape, trainable=False)
            yield Weight("variance", shape, trainable=False)
            yield Weight("count", (), trainable=False, dtype="int64")

    def operations(self, x: TensorType) -> Dim:
        """A difference and a quotient, and for every statistic a root and a bound."""
        return add(multiply(2, x.elements), multiply(2, *(x.shape[axis] for axis in self._kept(x))))

    def _kept(self, x: TensorType) -> list[int]:
        return sorted(resolve_axes(() if self.axis is None else self.axis, x.rank))


class CategoryEncoding(Layer):
    """Turn whole numbers below `num_tokens` into vectors of that length, with 1 (or a count) where a number occurs."""

    per_element = 0

    omits: ClassVar[dict[str, str]] = {"sparse": "few layers take sparse tensors"}
    example_axes = "batch 4"
    example_dtype = "int32"

    num_tokens: PositiveInt
    """Number of categories: the largest number plus 1."""
    output_mode: Literal["multi_hot", "one_hot", "count"] = "multi_hot"
    """`multi_hot`: one vector for a list of numbers; `count`: the same with counts; `one_hot`: one for each number."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.output_mode == "one_hot":
            kept = x.shape[:-1] if x.rank > 1 and x.last == 1 else x.shape
        elif x.rank != 2:  # noqa: PLR2004 - batch and numbers
            raise Refusal(
                CANNOT_COMPUTE,
                f"makes one vector of each list of numbers, (batch, numbers), and is given {show_shape(x.shape)}",
                field="output_mode",
                help="use `output_mode: one_hot`",
            )
        elif x.dtype not in ("int32", "int64", "bool") and not is_float(x.dtype):
            raise Refusal(
                CANNOT_COMPUTE,
                f"counts int32 and int64 numbers, and is given {x.dtype}",
                field="output_mode",
                help="give the input `dtype: int32`",
            )
        else:
            check_computed(self.policy.variable, ("float16", "bfloat16"))
            kept = x.shape[:1]
        return x.with_shape((*kept, self.num_tokens))


class Resizing(Images):
    """Bring images to one size."""

    keeps_dtype = True
    no_kernel_for = NOT_RESIZED

    height: PositiveInt
    """Height of the output in pixels."""
    width: PositiveInt
    """Width of the output in pixels."""
    interpolation: Interpolation = "bilinear"
    """How the new pixels come about."""
    crop_to_aspect_ratio: bool = False
    """Whether images of another aspect ratio are cut to it, instead of stretched."""
    pad_to_aspect_ratio: bool = False
    """Whether images of another aspect ratio are given a margin, instead of stretched."""
    fill_mode: Literal["constant"] = "constant"
    """What the margin is filled with."""
    fill_value: float = 0.0
    """Value of the margin."""
    antialias: bool = False
    """Whether images are smoothed before they shrink."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            raise Refusal(
                ARGUMENTS_CLASH,
                "cannot both crop and pad to the aspect ratio",
                field="pad_to_aspect_ratio",
                help="leave out one of `crop_to_aspect_ratio` and `pad_to_aspect_ratio`",
            )
        if self.pad_to_aspect_ratio:
            check_floats(x)
        depth = channels(x.shape, self.data_format)
        return x.with_shape(arrange(x.shape[0], (self.height, self.width), depth, self.data_format))

    def operations(self, x: TensorType) -> Dim:
        return resampling(x, self.output_type(x), self.interpolation, self.data_format, antialias=self.antialias)


class CenterCrop(Images):
    """Cut the middle out of images; smaller ones are enlarged."""

    casts_itself = True

    height: PositiveInt
    """Height of the output in pixels."""
    width: PositiveInt
    """Width of the output in pixels."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        depth = channels(x.shape, self.data_format)
        return x.with_shape(arrange(x.shape[0], (self.height, self.width), depth, self.data_format))

    def operations(self, x: TensorType) -> Dim:
        """None, but where an image is enlarged first."""
        lengths = spatial(x.shape, self.data_format)
        if not are_known(lengths):
            return None
        if all(map(is_below, (self.height - 1, self.width - 1), lengths)):  # type: ignore[arg-type] # they are known
            return 0
        return resampling(x, self.output_type(x), "bilinear", self.data_format)


class Augmentation(Images, Elementwise):
    """A layer that changes images at random in training, and passes them on elsewhere."""

    casts_itself = True
    per_element = 0

    seed: int | None = None
    """Seed of the draw; the spec's `seed` decides where it is left out."""


class RandomFlip(Augmentation):
    """Mirror images at random."""

    mode: Annotated[Literal["horizontal_and_vertical", "horizontal", "vertical"], Before("seed")] = (
        "horizontal_and_vertical"
    )
    """Which way: `horizontal` swaps left and right."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class Moving(Augmentation):
    """A layer that moves the pixels of images."""

    not_computed_in = ("int16", "uint16", "uint32", "uint64")

    fill_mode: Annotated[FillMode, Before("seed")] = "reflect"
    """What fills the pixels from beyond the edge."""
    interpolation: Annotated[Literal["nearest", "bilinear"], Before("seed")] = "bilinear"
    """How pixels between the old ones come about."""
    fill_value: float = 0.0
    """Value from beyond the edge with `fill_mode: constant`."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class RandomRotation(Moving):
    """Turn images by a random angle."""

    factor: Fraction2
    """Greatest angle either way in full turns, or a list of the least and the greatest: 0.1 is up to 36 degrees."""


class RandomZoom(Moving):
    """Zoom images in or out at random."""

    float_policy = True

    height_factor: ZoomFactor
    """Greatest change of the height, or a list of the least and the greatest: -0.2 zooms in by 20%, 0.3 out by 30%."""
    width_factor: Annotated[ZoomFactor | None, Before("fill_mode")] = None
    """The same for the width; by default the aspect ratio is kept."""


class RandomTranslation(Moving):
    """Shift images at random."""

    height_factor: Fraction2
    """Greatest shift up or down as a share of the height, or a list of the least and the greatest."""
    width_factor: Fraction2
    """Greatest shift left or right as a share of the width, or a list of the least and the greatest."""


class RandomContrast(Augmentation):
    """Change the contrast of images at random."""

    layout_first = ""
    needs_floats = True
    casts_itself = False

    factor: PositiveFraction2
    """Strength: 0.2 multiplies the contrast by 0.8 to 1.2; or a list of how far down and how far up."""
    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""


class RandomBrightness(Augmentation):
    """Change the brightness of images at random."""

    layout_first = ""
    needs_floats = True

    factor: Fraction2
    """Greatest change as a share of the range of values, or a list of the least and the greatest."""
    value_range: Annotated[Range, Before("seed")] = (0, 255)
    """Least and greatest value of a pixel."""


def check_range(value_range: tuple[float, float]) -> None:
    """Refuse a range of values without length."""
    if value_range[0] == value_range[1]:
        raise Refusal(
            BAD_ARGUMENT,
            f"has values from {value_range[0]} to {value_range[1]}",
            field="value_range",
            help="give the least and the greatest value of a pixel",
        )


def check_length(value: float | tuple[float, ...], x: TensorType, axis: int | None, field: str) -> None:
    """Refuse a list of numbers that is not as long as the axis that they belong to."""
    if not isinstance(value, tuple):
        return
    size = 1 if axis is None or x.rank == 1 else x.shape[axis]
    if len(value) != 1 and differ(len(value), size):
        raise Refusal(
            BAD_ARGUMENT,
            f"has {len(value)} numbers for an axis of {size}: its input is {show_shape(x.shape)}",
            field=field,
            help=f"give one number, or a list of {size}",
        )


def _count(value: float | tuple[float, ...] | None) -> int:
    return len(value) if isinstance(value, tuple) else 0
