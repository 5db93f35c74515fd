"""DenseNet: every layer of a block takes what all layers before it gave.

Source: https://arxiv.org/abs/1608.06993.
"""

from __future__ import annotations

from .application import Application


class DenseNet121(Application):
    """DenseNet of 121 layers."""


class DenseNet169(Application):
    """DenseNet of 169 layers."""


class DenseNet201(Application):
    """DenseNet of 201 layers."""
