"""VGG: small kernels, one after the other.

Source: https://arxiv.org/abs/1409.1556.
"""

from __future__ import annotations

from .application import Application


class VGG(Application):
    """A VGG of any depth."""

    features = "block5_pool"


class VGG16(VGG):
    """VGG of 16 layers."""


class VGG19(VGG):
    """VGG of 19 layers."""
