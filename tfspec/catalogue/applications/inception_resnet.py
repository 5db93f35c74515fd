"""Inception with residual connections.

Source: https://arxiv.org/abs/1602.07261.
"""

from __future__ import annotations

from .application import Application


class InceptionResNetV2(Application):
    """Inception branches whose results are added to what went in, made for images of 299 pixels."""

    features = "conv_7b_ac"
    least = 75
