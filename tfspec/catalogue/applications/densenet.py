"""DenseNet: every layer of a block takes what all layers before it gave.

Source: https://arxiv.org/abs/1608.06993.
"""

from __future__ import annotations

from .application import Application


class DenseNet(Application):
    """A DenseNet of any depth."""

    features = "relu"
    names_pooling = True


class DenseNet121(DenseNet):
    """DenseNet of 121 layers."""


class DenseNet169(DenseNet):
    """DenseNet of 169 layers."""


class DenseNet201(DenseNet):
    """DenseNet of 201 layers."""
