"""Kinds of models: how layers are put together."""

from __future__ import annotations

from pydantic import Field

from .declaration import Declaration
from .fields import DtypeName, LayerName, PositiveInt
from .flow import Names, Steps
from .strict import Strict


class Input(Strict):
    """What a model is given: the shape of one example, without the batch axis."""

    shape: tuple[PositiveInt | None, ...] = Field(strict=False)
    """Sizes of the axes behind the batch axis; `null` for one that varies."""
    dtype: DtypeName = "float32"
    """Dtype of the values."""
    name: LayerName | None = None
    """Name of the input; in a functional model it is the key it stands under."""
    batch_size: PositiveInt | None = None
    """Size of every batch, where it must be known (stateful layers); else any size goes."""


class Model(Declaration):
    """A network: its inputs, its layers, its outputs."""

    family = "model"

    name: LayerName | None = None
    """Name of the Keras model; the spec's `name` where it is left out."""


class Sequential(Model):
    """A chain of layers, each fed by the one before it."""

    word = "sequential"

    input: Input | None = None
    """What the first layer is given; may be left out where `data` says it."""
    layers: Steps
    """The layers, in order."""


class Functional(Model):
    """A graph of layers: `from` says what a layer takes, and `outputs` what the model gives."""

    word = "functional"

    inputs: dict[LayerName, Input | None] = Field(min_length=1)
    """The inputs by name; an input without a shape takes it from `data`."""
    layers: Steps
    """The layers, in order; a layer without `from` takes what the layer before it gave."""
    outputs: Names | None = None
    """Name of the output, a list of them, or a mapping from output names to results; the last result if left out."""
