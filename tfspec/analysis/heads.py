"""Heads: the layer that decides what the values of an output are."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.catalogue import find
from tfspec.catalogue.activations import Activation, Gives
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Path
from tfspec.graph import Graph, Node, Submodel, Value
from tfspec.tensors import TensorType

TRANSPARENT = ("Identity", "Flatten", "Reshape", "Dropout", "Permute", "RepeatVector")
"""Layers that pass on what the values mean: the head is looked for before them."""

LAYER_WORDS = {"Softmax": "softmax", "ReLU": "relu"}
"""Layers that are an activation by themselves, and its word; they share its arguments."""


class Head(NamedTuple):
    """The end of a model at one output: the last layer that decides what the values are."""

    node: Node
    layer: Layer
    type: TensorType
    activation: Activation | None
    """The activation that the values went through; None where there is none or it is not known."""

    @property
    def gives(self) -> Gives | None:
        """What the values are; None where the layer does not say."""
        if self.activation is not None:
            return self.activation.gives_for(self.type.rank)
        return "numbers" if "activation" in type(self.layer).model_fields else None

    @property
    def written(self) -> str:
        """How a message says what it ends with."""
        bare = self.activation is None or self.activation.spelling() == "linear"
        return "no activation" if bare or self.activation is None else f"`{self.activation.written}`"

    @property
    def place(self) -> Path:
        """Where its activation stands, or the layer where it has none."""
        return (*self.node.path, "activation") if "activation" in self.layer.said else self.node.path

    @property
    def removal(self) -> str:
        """What to take out so that the activation is gone."""
        layer = self.layer.written
        if type(self.layer).__name__ in (*LAYER_WORDS, "Activation"):
            return f"the layer `{layer}` out of the model"
        return f"`activation: {self.activation.written if self.activation else ''}` out of `{layer}`"


def find_head(graph: Graph, value: Value, type_: TensorType) -> Head | None:
    """The head behind a value, seen through layers that leave the values as they are."""
    node = graph.node(value.maker)
    while node is not None:
        if isinstance(node.layer, Submodel):
            return find_head(node.layer.graph, list(node.layer.graph.outputs.values())[value.index], type_)
        if not node.values or not _is_transparent(node.layer):
            return Head(node, node.layer, type_, activation_of(node.layer))
        value = node.values[0]
        node = graph.node(value.maker)
    return None


def activation_of(layer: Layer) -> Activation | None:
    """The activation that a layer ends with, where it says one."""
    if "activation" in type(layer).model_fields:
        said = layer.effective("activation")
        return said if isinstance(said, Activation) else None
    cls = find("activation", LAYER_WORDS.get(type(layer).__name__, ""))
    if cls is None or not issubclass(cls, Activation) or isinstance(getattr(layer, "axis", -1), tuple):
        return None
    return cls.model_validate({name: value for name, value in layer.said.items() if name in cls.model_fields})


def _is_transparent(layer: Layer) -> bool:
    name = type(layer).__name__
    if name == "Activation":
        said = activation_of(layer)
        return said is not None and said.spelling() == "linear"
    return name in TRANSPARENT
