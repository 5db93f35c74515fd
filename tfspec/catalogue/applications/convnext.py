"""ConvNeXt: convolutions arranged as in a transformer.

Source: https://arxiv.org/abs/2201.03545.
"""

from __future__ import annotations

from .application import Preprocessing


class ConvNeXtTiny(Preprocessing):
    """ConvNeXt with 96 channels at first and 18 blocks in all."""

    head = "convnext_tiny_head_dense"


class ConvNeXtSmall(Preprocessing):
    """ConvNeXt with 96 channels at first and 36 blocks in all."""

    head = "convnext_small_head_dense"


class ConvNeXtBase(Preprocessing):
    """ConvNeXt with 128 channels at first and 36 blocks in all."""

    head = "convnext_base_head_dense"


class ConvNeXtLarge(Preprocessing):
    """ConvNeXt with 192 channels at first and 36 blocks in all."""

    head = "convnext_large_head_dense"


class ConvNeXtXLarge(Preprocessing):
    """ConvNeXt with 256 channels at first and 36 blocks in all."""

    head = "convnext_xlarge_head_dense"
