"""NASNet: a cell that a search found, repeated.

Source: https://arxiv.org/abs/1707.07012.
"""

from __future__ import annotations

from .application import Application


class NASNetMobile(Application):
    """The small NASNet, made for images of 224 pixels."""


class NASNetLarge(Application):
    """The large NASNet, made for images of 331 pixels."""
