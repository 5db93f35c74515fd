"""EfficientNetV2: smaller and faster to train than EfficientNet.

Source: https://arxiv.org/abs/2104.00298.
"""

from __future__ import annotations

from .application import Preprocessing


class EfficientNetV2(Preprocessing):
    """An EfficientNetV2 of any size."""

    features = "top_activation"
    names_pooling = True


class EfficientNetV2B0(EfficientNetV2):
    """EfficientNetV2 of size B0, made for images of 224 pixels."""


class EfficientNetV2B1(EfficientNetV2):
    """EfficientNetV2 of size B1, made for images of 240 pixels."""


class EfficientNetV2B2(EfficientNetV2):
    """EfficientNetV2 of size B2, made for images of 260 pixels."""


class EfficientNetV2B3(EfficientNetV2):
    """EfficientNetV2 of size B3, made for images of 300 pixels."""


class EfficientNetV2S(EfficientNetV2):
    """EfficientNetV2 of size S, made for images of 384 pixels."""


class EfficientNetV2M(EfficientNetV2):
    """EfficientNetV2 of size M, made for images of 480 pixels."""


class EfficientNetV2L(EfficientNetV2):
    """EfficientNetV2 of size L, made for images of 480 pixels."""
