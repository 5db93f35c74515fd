"""Xception: depthwise convolutions with residual connections.

Source: https://arxiv.org/abs/1610.02357.
"""

from __future__ import annotations

from .application import Application


class Xception(Application):
    """Separable convolutions in residual blocks, made for images of 299 pixels."""

    features = "block14_sepconv2_act"
    least = 71
