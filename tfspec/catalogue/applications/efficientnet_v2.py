"""EfficientNetV2: smaller and faster to train than EfficientNet.

Source: https://arxiv.org/abs/2104.00298.
"""

from __future__ import annotations

from .application import Preprocessing


class EfficientNetV2B0(Preprocessing):
    """EfficientNetV2 of size B0, made for images of 224 pixels."""


class EfficientNetV2B1(Preprocessing):
    """EfficientNetV2 of size B1, made for images of 240 pixels."""


class EfficientNetV2B2(Preprocessing):
    """EfficientNetV2 of size B2, made for images of 260 pixels."""


class EfficientNetV2B3(Preprocessing):
    """EfficientNetV2 of size B3, made for images of 300 pixels."""


class EfficientNetV2S(Preprocessing):
    """EfficientNetV2 of size S, made for images of 384 pixels."""


class EfficientNetV2M(Preprocessing):
    """EfficientNetV2 of size M, made for images of 480 pixels."""


class EfficientNetV2L(Preprocessing):
    """EfficientNetV2 of size L, made for images of 480 pixels."""
