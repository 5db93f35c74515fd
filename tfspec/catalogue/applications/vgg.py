"""VGG: small kernels, one after the other.

Source: https://arxiv.org/abs/1409.1556.
"""

from __future__ import annotations

from .application import Application


class VGG16(Application):
    """VGG of 16 layers."""


class VGG19(Application):
    """VGG of 19 layers."""
