"""Sound: from a wave to how loud each frequency is at each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from annotated_types import Ge

from tfspec.catalogue.fields import DataFormat, NonNegativeFloat, Padding, PositiveFloat, PositiveInt
from tfspec.catalogue.problems import ARGUMENTS_CLASH, BAD_ARGUMENT, CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import (
    Dim,
    Shape,
    TensorType,
    Weight,
    channels,
    is_below,
    multiply,
    show_shape,
    spatial,
    window_length,
)

from .grids import Sequences
from .layer import Layer

Window: TypeAlias = Literal[
    "hann", "hamming", "blackman", "bartlett", "boxcar", "triang", "flattop", "parzen", "bohman", "blackmanharris",
    "nuttall", "barthann", "cosine", "exponential", "tukey", "taylor",
]  # fmt: skip


class MelSpectrogram(Layer):
    """Turn a wave into a picture of its frequencies over time, on the scale of human hearing.

    The output has shape (batch, frequencies, frames).
    """

    layout = "batch time"
    casts_itself = True
    example_axes = "batch 16000"

    fft_length: PositiveInt = 2048
    """Length of the Fourier transform in samples."""
    sequence_stride: PositiveInt = 512
    """Samples from one frame to the next."""
    sequence_length: PositiveInt | None = None
    """Length of a frame in samples; `fft_length` by default."""
    window: Literal["hann", "hamming"] | None = "hann"
    """How the ends of a frame are faded out."""
    sampling_rate: PositiveInt = 16000
    """Samples in a second."""
    num_mel_bins: PositiveInt = 128
    """Number of frequencies in the output."""
    min_freq: NonNegativeFloat = 20.0
    """Lowest frequency in hertz."""
    max_freq: PositiveFloat | None = None
    """Highest frequency in hertz; half of the sampling rate by default."""
    power_to_db: bool = True
    """Whether the output is in decibels."""
    top_db: NonNegativeFloat = 80.0
    """How far below the loudest value the output may go, in decibels."""
    mag_exp: float = 2.0
    """Exponent of the loudness: 1 for magnitude, 2 for power."""
    min_power: PositiveFloat = 1e-10
    """Least power that is told from silence."""
    ref_power: float = 1.0
    """Power of 0 decibels."""

    def output_type(self, x: TensorType) -> TensorType:
        if (self.sequence_length or 0) > self.fft_length:
            raise Refusal(
                ARGUMENTS_CLASH,
                f"has frames of {self.sequence_length} samples, and transforms {self.fft_length}",
                field="sequence_length",
                help="choose a larger `fft_length`",
            )
        if self.policy.compute == "float64":
            raise Refusal(CANNOT_COMPUTE, "computes in float32 only", field="dtype", help="leave out `dtype`")
        batch, length = x.shape
        if length is None:
            return x.with_shape((batch, self.num_mel_bins, None))
        if is_below(length, self.fft_length // 2 + 1):
            raise Refusal(
                BAD_ARGUMENT,
                f"mirrors {self.fft_length // 2} samples at both ends of a wave of {length}",
                field="fft_length",
                help=f"choose one below {2 * length}",
            )
        frames = self._frames(length)
        if isinstance(length, int) and not self._is_as_said(length):
            better = next(filter(self._is_as_said, range(length, length + 3)), None)
            advice = "choose another `sequence_stride`"
            raise Refusal(
                CANNOT_COMPUTE,
                f"gives {frames} frames of a wave of {length} samples, and Keras reckons with another number",
                field="sequence_stride",
                help=f"give it waves of {better} samples, or {advice}" if better else advice,
            )
        return x.with_shape((batch, self.num_mel_bins, frames))

    def _frames(self, length: Dim) -> Dim:
        """The frames of a wave that is mirrored by half a transform at both ends."""
        return None if length is None else (length - self.fft_length % 2) // self.sequence_stride + 1

    def _is_as_said(self, length: int) -> bool:
        """Whether Keras's rule for shapes, which is one sample off, gives the frames that there are."""
        return self._frames(length) == (length + 1) // self.sequence_stride + 1

    def operations(self, x: TensorType) -> Dim:
        """For each frame the window, a fast Fourier transform, powers and the way to the output's frequencies.

        A transform of n real numbers counts as 2.5 * n * log2(n), the logarithm rounded up.
        """
        frames = self.output_type(x).last
        frequencies = self.fft_length // 2 + 1
        window = self.fft_length if self.window else 0
        transform = 5 * self.fft_length * (self.fft_length - 1).bit_length() // 2
        bins = (2 * frequencies + (7 if self.power_to_db else 0)) * self.num_mel_bins
        return multiply(frames, window + transform + 5 * frequencies + bins)


class STFTSpectrogram(Sequences):
    """Turn waves into pictures of their frequencies over time, with a Fourier transform that training may change."""

    keeps_rank = True
    needs_floats = True
    example_axes = "batch 16000 1"

    mode: Literal["log", "magnitude", "psd", "real", "imag", "angle", "stft"] = "log"
    """What is given of each frequency: its loudness, its density, its parts, its angle; `stft` gives both parts."""
    frame_length: Annotated[int, Ge(2)] = 256
    """Length of a frame in samples."""
    frame_step: PositiveInt | None = None
    """Samples from one frame to the next, at most `frame_length`; half of it by default."""
    fft_length: PositiveInt | None = None
    """Length of the Fourier transform, at least `frame_length`; the next power of 2 by default."""
    window: Window | None = "hann"
    """How the ends of a frame are faded out."""
    periodic: bool = False
    """Whether the window is that of a wave that repeats."""
    scaling: Literal["density", "spectrum"] | None = "density"
    """What the loudness is scaled to."""
    padding: Padding = "valid"
    """`valid`: frames stay inside; `same`: frames at the ends may reach over them."""
    expand_dims: bool = False
    """Whether frequencies and channels get axes of their own."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""

    def output_type(self, x: TensorType) -> TensorType:
        self._check_arguments()
        depth = channels(x.shape, self.data_format)
        if not isinstance(depth, int):
            raise Refusal(
                UNKNOWN_SIZE,
                f"needs a known number of channels, and is given {show_shape(x.shape)}",
                help="say the number of channels in the `shape` of the input",
            )
        step = self.frame_step or self.frame_length // 2
        frames = window_length(spatial(x.shape, self.data_format)[0], self.frame_length, step, 1, self.padding)
        size = self._frequencies * (1 + (self.mode == "stft"))
        last: Shape = (frames, size, depth) if self.expand_dims else (frames, size * depth)
        first: Shape = (depth, frames, size) if self.expand_dims else (size * depth, frames)
        return x.with_shape((x.shape[0], *(first if self.data_format == "channels_first" else last)))

    def weights(self, x: TensorType) -> Iterator[Weight]:
        for part in ("real", "imag"):
            if self.mode in (part, "real", "imag") and self.mode != part:
                continue
            yield Weight(f"{part}_kernel", (self.frame_length, 1, self._frequencies))

    def operations(self, x: TensorType) -> Dim:
        """Those of a convolution for each part, and of what is made of the two."""
        step = self.frame_step or self.frame_length // 2
        frames = window_length(spatial(x.shape, self.data_format)[0], self.frame_length, step, 1, self.padding)
        products = 2 * self.frame_length * len(list(self.weights(x)))
        following = {"log": 7, "magnitude": 5, "psd": 4, "angle": 1}.get(self.mode, 0)
        return multiply(products + following, frames, self._frequencies, channels(x.shape, self.data_format))

    @property
    def _frequencies(self) -> int:
        """Number of frequencies that the transform tells apart."""
        return (self.fft_length or 1 << (self.frame_length - 1).bit_length()) // 2 + 1

    def _check_arguments(self) -> None:
        if (self.frame_step or 0) > self.frame_length:
            message = f"goes on by {self.frame_step} samples with frames of {self.frame_length}, and leaves some out"
            raise Refusal(ARGUMENTS_CLASH, message, field="frame_step")
        if self.fft_length is not None and self.fft_length < self.frame_length:
            message = f"transforms {self.fft_length} samples of frames of {self.frame_length}"
            raise Refusal(ARGUMENTS_CLASH, message, field="fft_length")
        if self.policy.compute == "bfloat16":
            raise Refusal(CANNOT_COMPUTE, "has no kernel for bfloat16", field="dtype" if self.dtype else None)
