"""ConvNeXt: convolutions arranged as in a transformer.

Source: https://arxiv.org/abs/2201.03545.
"""

from __future__ import annotations

from .application import Preprocessing


class ConvNeXtTiny(Preprocessing):
    """ConvNeXt with 96 channels at first and 18 blocks in all."""


class ConvNeXtSmall(Preprocessing):
    """ConvNeXt with 96 channels at first and 36 blocks in all."""


class ConvNeXtBase(Preprocessing):
    """ConvNeXt with 128 channels at first and 36 blocks in all."""


class ConvNeXtLarge(Preprocessing):
    """ConvNeXt with 192 channels at first and 36 blocks in all."""


class ConvNeXtXLarge(Preprocessing):
    """ConvNeXt with 256 channels at first and 36 blocks in all."""
