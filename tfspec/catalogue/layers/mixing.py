"""Augmentations that mix the images of a batch with each other."""

from __future__ import annotations

from typing import Annotated

from tfspec.catalogue.fields import DataFormat, NonNegativeFloat

from .order import Before
from .preprocessing import Augmentation
from .ranges import Share


class CutMix(Augmentation):
    """Cover a rectangle of every image with that part of another image of the batch, in training.

    The labels stay those of the covered images: as a layer of a model it sees no labels.
    """

    float_policy = True
    not_computed_in = ("float16", "bfloat16")

    factor: Annotated[Share, Before("seed")] = 1.0
    """How much the sizes of the rectangles vary, or a list of the least and the greatest."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""


class MixUp(Augmentation):
    """Blend every image with another one of the batch, in training.

    The labels stay those of the first images: as a layer of a model it sees no labels.
    """

    needs_floats = True

    alpha: Annotated[NonNegativeFloat, Before("seed")] = 0.2
    """How even the blend is: with small numbers one image stands out, with 1 any blend is as likely."""
    data_format: Annotated[DataFormat | None, Before("seed")] = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""
