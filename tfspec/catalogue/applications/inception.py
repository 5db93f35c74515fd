"""Inception: branches of several kernel sizes side by side.

Source: https://arxiv.org/abs/1512.00567.
"""

from __future__ import annotations

from .application import Application


class InceptionV3(Application):
    """The third Inception, made for images of 299 pixels."""

    features = "mixed10"
    least = 75
