"""ResNet, second version: normalization and activation before the convolutions.

Source: https://arxiv.org/abs/1603.05027.
"""

from __future__ import annotations

from .application import Application


class ResNetV2(Application):
    """A ResNet of any depth, second version."""

    features = "post_relu"
    names_pooling = True


class ResNet50V2(ResNetV2):
    """ResNet of 50 layers, second version."""


class ResNet101V2(ResNetV2):
    """ResNet of 101 layers, second version."""


class ResNet152V2(ResNetV2):
    """ResNet of 152 layers, second version."""
