"""EfficientNet: depth, width and image size grown together. Takes pixels from 0 to 255.

Source: https://arxiv.org/abs/1905.11946.
"""

from __future__ import annotations

from .application import Application


class EfficientNet(Application):
    """An EfficientNet of any size."""

    features = "top_activation"
    names_pooling = True


class EfficientNetB0(EfficientNet):
    """EfficientNet of size B0, made for images of 224 pixels."""


class EfficientNetB1(EfficientNet):
    """EfficientNet of size B1, made for images of 240 pixels."""


class EfficientNetB2(EfficientNet):
    """EfficientNet of size B2, made for images of 260 pixels."""


class EfficientNetB3(EfficientNet):
    """EfficientNet of size B3, made for images of 300 pixels."""


class EfficientNetB4(EfficientNet):
    """EfficientNet of size B4, made for images of 380 pixels."""


class EfficientNetB5(EfficientNet):
    """EfficientNet of size B5, made for images of 456 pixels."""


class EfficientNetB6(EfficientNet):
    """EfficientNet of size B6, made for images of 528 pixels."""


class EfficientNetB7(EfficientNet):
    """EfficientNet of size B7, made for images of 600 pixels."""
