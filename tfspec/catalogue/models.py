"""Kinds of models: how layers are put together."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from tfspec.tensors import Shape

from .declaration import Declaration
from .fields import DtypeName, LayerName, PositiveInt
from .flow import Names, Steps
from .shapes import InputShape
from .strict import Strict


class Input(Strict):
    """What a model is given: the shape of one example, without the batch axis."""

    shape: InputShape = Field(strict=False)
    """Sizes of the axes behind the batch axis; a name, such as `time`, or `null` for one that varies."""
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
    trainable: bool = True
    """Whether training changes the model's weights."""

    def fitting(self, given: Shape) -> str | None:
        """What to write so that it takes such a tensor, the batch axis first; None where no argument says it."""
        del given
        return None


class Layered(Model):
    """A model that a spec writes out layer by layer."""

    layers: Steps
    """The layers, in order."""
    freeze: tuple[str, ...] = Field(default=(), strict=False)
    """Names of layers whose weights training does not change, with `*` for any letters."""


class Sequential(Layered):
    """A chain of layers, each fed by the one before it."""

    word = "sequential"
    example: ClassVar[dict[str, object]] = {
        "input": {"shape": [28, 28]},
        "layers": ["Flatten", {"Dense": {"units": 10, "activation": "softmax"}}],
    }

    input: Input | None = None
    """What the first layer is given; may be left out where `data` says it."""


class Functional(Layered):
    """A graph of layers: `from` says what a layer takes, and `outputs` what the model gives."""

    word = "functional"
    example: ClassVar[dict[str, object]] = {
        "inputs": {"x": {"shape": [8]}},
        "layers": [
            {"Dense": {"units": 4, "name": "left"}},
            {"Dense": {"units": 4, "from": "x"}},
            {"Add": {"from": ["left", "_"]}},
        ],
    }

    inputs: dict[LayerName, Input | None] = Field(min_length=1)
    """The inputs by name; an input without a shape takes it from `data`."""
    layers: Steps
    """The layers, in order; a layer without `from` takes what the layer before it gave."""
    outputs: Names | None = None
    """Name of the output, a list of them, or a mapping from output names to results; the last result if left out."""
