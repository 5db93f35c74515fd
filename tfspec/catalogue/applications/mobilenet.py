"""MobileNet: networks for small devices, by depthwise convolutions.

Sources: https://arxiv.org/abs/1704.04861, https://arxiv.org/abs/1801.04381, https://arxiv.org/abs/1905.02244.
"""

from __future__ import annotations

from tfspec.catalogue.fields import Fraction, PositiveFloat, PositiveInt

from .application import Application, Preprocessing


class Scaled(Application):
    """An application whose width can be chosen."""

    alpha: PositiveFloat = 1.0
    """Factor of the number of channels of all layers."""


class MobileNet(Scaled):
    """The first MobileNet: depthwise separable convolutions."""

    features = "conv_pw_13_relu"

    depth_multiplier: PositiveInt = 1
    """Number of channels that a depthwise convolution makes of each."""
    dropout: Fraction = 0.001
    """Share of the features that training drops before the classes."""


class MobileNetV2(Scaled):
    """MobileNet with inverted residual blocks."""

    features = "out_relu"


class Searched(Preprocessing, Scaled):
    """A MobileNet that a search found."""

    names_pooling = True

    minimalistic: bool = False
    """Whether to do without hard-swish, squeeze and excitation, and large kernels."""
    dropout_rate: Fraction = 0.2
    """Share of the features that training drops before the classes."""


class MobileNetV3Large(Searched):
    """The large MobileNet of the third version."""


class MobileNetV3Small(Searched):
    """The small MobileNet of the third version."""
