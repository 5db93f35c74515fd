"""ResNet, second version: normalization and activation before the convolutions.

Source: https://arxiv.org/abs/1603.05027.
"""

from __future__ import annotations

from .application import Application


class ResNet50V2(Application):
    """ResNet of 50 layers, second version."""


class ResNet101V2(Application):
    """ResNet of 101 layers, second version."""


class ResNet152V2(Application):
    """ResNet of 152 layers, second version."""
