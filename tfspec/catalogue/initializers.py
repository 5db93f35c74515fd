"""Initializers: the values that weights start from."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from tfspec.tensors import Weight

from .fields import NonNegativeFloat, PositiveFloat
from .numbers import Integers
from .refused import A_ROOT, TOOLS, Refused
from .weight_rules import WeightRule

Window: TypeAlias = Literal[
    "barthann", "bartlett", "blackman", "blackmanharris", "bohman", "boxcar", "cosine", "exponential", "flattop",
    "hamming", "hann", "lanczos", "nuttall", "parzen", "taylor", "triang", "tukey",
]  # fmt: skip
"""The windows of `scipy.signal` that need no argument."""


class Initializer(WeightRule):
    """Where a weight's first values come from."""

    family = "initializer"
    keras = "initializers"
    refuses: ClassVar[dict[str, Refused]] = {**TOOLS, "Initializer": A_ROOT, "initializer": A_ROOT}


class Zeros(Initializer):
    """All zeros."""

    identifiers = ("zeros", "zero")


class Ones(Initializer):
    """All ones."""

    identifiers = ("ones", "one")


class Constant(Initializer):
    """One value everywhere."""

    aliases = ("constant",)

    value: float = 0.0
    """The value."""


class Identity(Initializer):
    """The identity matrix times `gain`; only for weights with two axes."""

    identifiers = ("identity",)
    aliases = ("IdentityInitializer",)
    least_axes = most_axes = 2

    gain: float = 1.0
    """Factor of the matrix."""


class STFT(Initializer):
    """The kernel of a short-time Fourier transform, made for `STFTSpectrogram`.

    Only for weights of shape `(window length, 1, frequencies)`.
    """

    identifiers = ("stft",)
    aliases = ("STFTInitializer",)
    least_axes = most_axes = 3

    side: Literal["real", "imag"] = "real"
    """Whether the real or the imaginary part of the transform is made."""
    window: Window | None = "hann"
    """Window over each frame, by its name in `scipy.signal.windows`; null for none."""
    scaling: Literal["density", "spectrum"] | None = "density"
    """How the window is normalized: `density` by its L2 norm, `spectrum` by its L1 norm, null not at all."""
    periodic: bool = False
    """Whether the window is periodic rather than symmetric."""

    def misfit(self, weight: Weight) -> str | None:
        return "suits weights whose middle axis is 1" if weight.shape[1:-1] != (1,) else None


class Seeded(Initializer):
    """An initializer that draws at random."""

    seed: int | None = None
    """Seed of the draw; the spec's `seed` decides where it is left out."""


class RandomNormal(Seeded):
    """Draws from a normal distribution."""

    identifiers = ("random_normal", "normal")

    mean: float = 0.0
    """Mean of the distribution."""
    stddev: NonNegativeFloat = 0.05
    """Standard deviation of the distribution."""


class TruncatedNormal(Seeded):
    """Draws from a normal distribution, again where a value is over two standard deviations off the mean."""

    identifiers = ("truncated_normal",)

    mean: float = 0.0
    """Mean of the distribution."""
    stddev: NonNegativeFloat = 0.05
    """Standard deviation of the distribution, before it is truncated."""


class RandomUniform(Seeded):
    """Draws from the numbers between two bounds, each as likely as the others."""

    identifiers = ("random_uniform", "uniform")

    minval: float = -0.05
    """Lower bound, included."""
    maxval: float = 0.05
    """Upper bound, left out."""


class Orthogonal(Seeded):
    """A random matrix with orthogonal rows, or columns where it has more rows than columns.

    A weight with more than two axes is made as a matrix whose columns are the last axis; one with
    fewer is refused. Source: Saxe et al., 2014, https://arxiv.org/abs/1312.6120.
    """

    identifiers = ("orthogonal",)
    aliases = ("OrthogonalInitializer",)
    least_axes = 2

    gain: float = 1.0
    """Factor of the matrix."""

    def misfit(self, weight: Weight) -> str | None:
        return "is not computed in bfloat16" if weight.dtype == "bfloat16" else None


class ScaledByFans(Seeded):
    """A random initializer whose spread follows from the numbers of inputs and outputs of a unit.

    For a `Dense` kernel these are its two axes; for a convolution each is multiplied by the size
    of the window.
    """

    input_axes: Integers | None = None
    """Axes of the weight that count as inputs, where `output_axes` is given too."""
    output_axes: Integers | None = None
    """Axes of the weight that count as outputs, where `input_axes` is given too."""

    @property
    def named_axes(self) -> tuple[int, ...]:
        if self.input_axes is None or self.output_axes is None:
            return ()
        return (*self.input_axes, *self.output_axes)


class VarianceScaling(ScaledByFans):
    """Draws with variance `scale / n`, where `n` counts inputs, outputs or the mean of both."""

    identifiers = ("variance_scaling",)

    scale: PositiveFloat = 1.0
    """Factor of the variance."""
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
    """What `n` counts: inputs, outputs, or the mean of both."""
    distribution: Literal["truncated_normal", "untruncated_normal", "uniform"] = "truncated_normal"
    """What is drawn from."""


class GlorotNormal(ScaledByFans):
    """Draws from a truncated normal distribution with `stddev = sqrt(2 / (inputs + outputs))`; also called Xavier.

    Source: Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html.
    """

    identifiers = ("glorot_normal",)


class GlorotUniform(ScaledByFans):
    """Draws between -limit and limit, with `limit = sqrt(6 / (inputs + outputs))`; also called Xavier.

    The default of most kernels. Source: Glorot and Bengio, 2010,
    https://proceedings.mlr.press/v9/glorot10a.html.
    """

    identifiers = ("glorot_uniform",)


class HeNormal(ScaledByFans):
    """Draws from a truncated normal distribution with `stddev = sqrt(2 / inputs)`; suits `relu`.

    Source: He et al., 2015, https://arxiv.org/abs/1502.01852.
    """

    identifiers = ("he_normal",)


class HeUniform(ScaledByFans):
    """Draws between -limit and limit, with `limit = sqrt(6 / inputs)`; suits `relu`.

    Source: He et al., 2015, https://arxiv.org/abs/1502.01852.
    """

    identifiers = ("he_uniform",)


class LecunNormal(ScaledByFans):
    """Draws from a truncated normal distribution with `stddev = sqrt(1 / inputs)`; suits `selu`.

    Source: Klambauer et al., 2017, https://arxiv.org/abs/1706.02515.
    """

    identifiers = ("lecun_normal",)


class LecunUniform(ScaledByFans):
    """Draws between -limit and limit, with `limit = sqrt(3 / inputs)`.

    Source: LeCun et al., 1998, Efficient BackProp.
    """

    identifiers = ("lecun_uniform",)
