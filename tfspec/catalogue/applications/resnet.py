"""ResNet: blocks whose result is added to what went in.

Source: https://arxiv.org/abs/1512.03385.
"""

from __future__ import annotations

from .application import Application


class ResNet50(Application):
    """ResNet of 50 layers."""


class ResNet101(Application):
    """ResNet of 101 layers."""


class ResNet152(Application):
    """ResNet of 152 layers."""
