"""Losses over sequences of unknown alignment, and over the pairs of a batch."""

from __future__ import annotations

from tfspec.catalogue.fields import NonNegativeFloat, PositiveFloat

from .loss import NamedLoss


class CTC(NamedLoss):
    """Connectionist temporal classification: a sequence of labels whose places in time are not known.

    The output is (batch, time, classes) of logits, in which class 0 is the blank; the labels are
    (batch, length) of class numbers, filled up with 0. Source: Graves et al., 2006,
    https://www.cs.toronto.edu/~graves/icml_2006.pdf.
    """

    identifiers = ("ctc",)
    labels = "integers"
    output_axes = "batch time classes"
    label_axes = "batch length"

    name: str = "ctc"


class Circle(NamedLoss):
    """Draws the embeddings of a class together and pushes those of other classes away.

    The output is (batch, features), scaled to length 1 by `UnitNormalization`; the labels are class
    numbers, and each batch must hold several of some class. Source: Sun et al., 2020,
    https://arxiv.org/abs/2002.10857.
    """

    identifiers = ("circle",)
    labels = "integers"
    output_axes = "batch features"

    gamma: PositiveFloat = 80.0
    """Scale of the similarities."""
    margin: NonNegativeFloat = 0.4
    """Distance below which pairs of other classes count more, and pairs of one class less."""
    remove_diagonal: bool = True
    """Whether the similarity of an example to itself is left out."""
    name: str = "circle"
