"""ResNet: blocks whose result is added to what went in.

Source: https://arxiv.org/abs/1512.03385.
"""

from __future__ import annotations

from .application import Application


class ResNet(Application):
    """A ResNet of any depth."""

    features = "conv5_block3_out"
    names_pooling = True


class ResNet50(ResNet):
    """ResNet of 50 layers."""


class ResNet101(ResNet):
    """ResNet of 101 layers."""


class ResNet152(ResNet):
    """ResNet of 152 layers."""
