"""The axes of sequences, images and volumes, which convolution, pooling and cropping share."""

from __future__ import annotations

from .layer import Layer


class Sequences(Layer):
    """A layer of sequences."""

    layout = "batch time channels"
    layout_first = "batch channels time"


class Images(Layer):
    """A layer of images."""

    layout = "batch height width channels"
    layout_first = "batch channels height width"


class Volumes(Layer):
    """A layer of volumes."""

    layout = "batch depth height width channels"
    layout_first = "batch channels depth height width"
