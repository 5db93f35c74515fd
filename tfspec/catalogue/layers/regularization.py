"""Regularization: noise and gaps in training, so that a model does not lean on details."""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeAlias

from annotated_types import Ge, Lt

from tfspec.catalogue.fields import DataFormat, Fraction, NonNegativeFloat
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import Shape, TensorType, differ, show_shape

from .forms import Sizes
from .grids import Images, Sequences, Volumes
from .layer import Elementwise
from .order import Before

NotAll: TypeAlias = Annotated[float, Ge(0), Lt(1)]
NoiseShape: TypeAlias = Annotated[tuple[int | None, ...], Sizes(1, unknown=True)]


class Noise(Elementwise):
    """A layer that is random in training and does nothing elsewhere."""

    passes_mask = True
    needs_floats = True
    per_element = 0

    seed: int | None = None
    """Seed of the draw; the spec's `seed` decides where it is left out."""


class Dropping(Noise):
    """A layer that drops single values in training."""

    rate: Fraction
    """Share of the values that are dropped."""
    noise_shape: Annotated[NoiseShape | None, Before("seed")] = None
    """Shape of the draw, batch first: an axis of 1 is dropped or kept as a whole, `null` is the axis's own size."""

    def output_type(self, x: TensorType) -> TensorType:
        if self.noise_shape is None or self._fits(self.noise_shape, x.shape):
            return x
        drawn = ", ".join("null" if size is None else str(size) for size in self.noise_shape)
        raise Refusal(
            BAD_ARGUMENT,
            f"draws noise of shape [{drawn}], which does not fit its input {show_shape(x.shape)}",
            field="noise_shape",
            help="give one entry for each axis, the batch included: 1 or `null`",
        )

    def _fits(self, noise: Shape, shape: Shape) -> bool:
        if len(noise) != len(shape):
            return False
        batch = noise[0] in (None, 1, shape[0])
        return batch and all(drawn == 1 or not differ(drawn, size) for drawn, size in zip(noise, shape, strict=True))


class Dropout(Dropping):
    """Set a share of the values to 0 in training, and scale up the others so that the sum stays."""


class AlphaDropout(Dropping):
    """Drop values in training so that mean and variance stay; made for `selu`."""

    rate: NotAll
    """Share of the values that are dropped, less than 1."""


class GaussianDropout(Noise):
    """Multiply with random numbers around 1 in training: a smooth kind of dropout."""

    rate: NotAll
    """Strength: the factors have the standard deviation `sqrt(rate / (1 - rate))`."""


class GaussianNoise(Noise):
    """Add random numbers around 0 in training."""

    stddev: Fraction
    """Standard deviation of the noise."""


class SpatialDropout(Noise):
    """A layer that drops whole channels in training."""

    trainable: ClassVar[bool] = True  # type: ignore[misc] # Keras's signature has no such argument
    autocast: ClassVar[bool] = True  # type: ignore[misc] # the same
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc] # the same

    rate: Fraction
    """Share of the channels that are dropped."""


class SpatialDropout1D(SpatialDropout, Sequences):
    """Drop whole features of a sequence in training, at every step at once."""

    layout_first = ""


class SpatialDropout2D(SpatialDropout, Images):
    """Drop whole channels of an image in training."""

    data_format: Annotated[DataFormat | None, Before("seed")] = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class SpatialDropout3D(SpatialDropout, Volumes):
    """Drop whole channels of a volume in training."""

    data_format: Annotated[DataFormat | None, Before("seed")] = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class ActivityRegularization(Elementwise):
    """Pass the input through, and add a penalty on it to the loss."""

    passes_mask = True
    needs_floats = True
    per_element = 0
    example: ClassVar[dict[str, object]] = {"l2": 0.01}

    activity_regularizer: ClassVar[None] = None  # type: ignore[misc] # the layer is one itself

    l1: NonNegativeFloat = 0.0
    """Factor of the sum of absolute values."""
    l2: NonNegativeFloat = 0.0
    """Factor of the sum of squares."""
