"""Graph, node, value: the form in which every kind of model is understood."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, NamedTuple, TypeAlias

from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.models import Input, Model
from tfspec.diagnostics import Path
from tfspec.source import Tree


class Value(NamedTuple):
    """What flows: result number `index` of the node or the input called `maker`."""

    maker: str
    index: int = 0  # type: ignore[assignment] # hides the method of tuples, which nobody needs here


Bound: TypeAlias = Value | tuple[Value, ...]
"""What a parameter of a layer's call is bound to."""


class GraphInput(NamedTuple):
    """An input of the graph; `said` is None where the spec leaves its shape to the data."""

    name: str
    said: Input | None
    path: Path


class Submodel(NamedTuple):
    """A model that is used like a layer: one among the layers of another, or a shared one.

    `source` is what declares it, and the paths of its nodes lead through `tree`; `trainable` is
    false where none of its weights learn.
    """

    graph: Graph
    source: Model
    written: str
    tree: Tree
    trainable: bool = True

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.graph.name

    @property
    def kind(self) -> str:
        """What a table calls it: `Functional`, `MobileNetV2`."""
        return type(self.source).__name__


class Node(NamedTuple):
    """One use of a layer, or of a model like one.

    `arguments` are the values that the parameters of `Layer.output_type` are given: by position
    first, then by name. `layer_name` is the name of the layer that is called, `name` that of
    this use; they differ where a layer is used several times. `shared` is the word under which the
    spec shares it.
    """

    name: str
    layer: Layer | Submodel
    layer_name: str
    positional: tuple[Bound, ...]
    named: dict[str, Bound]
    call: dict[str, Any]
    results: tuple[str, ...]
    path: Path
    shared: str | None = None

    @property
    def kind(self) -> str:
        """What a table calls the layer: `Dense`, `Functional`."""
        return self.layer.kind if isinstance(self.layer, Submodel) else type(self.layer).__name__

    @property
    def arguments(self) -> list[Bound]:
        """All values that it takes, in order."""
        return [*self.positional, *self.named.values()]

    @property
    def values(self) -> list[Value]:
        """All single values that it takes, in order."""
        return [value for bound in self.arguments for value in ((bound,) if isinstance(bound, Value) else bound)]


class Graph:
    """A model: what it is given, the uses of layers in the order in which they run, what it gives.

    `outputs` maps the name of each output to its value; `structure` says whether the spec gave
    them as one name (`single`), a `list` or a `mapping`, which is how the Keras model gives them.
    `file` is the one that holds the model with its weights, where Keras has saved it; `weights` the one that
    a network known by name has its weights from, where the spec names one.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a graph consists of
        self,
        kind: str,
        name: str,
        inputs: tuple[GraphInput, ...],
        nodes: tuple[Node, ...],
        outputs: dict[str, Value],
        structure: str = "single",
        file: FilePath | None = None,
        weights: FilePath | None = None,
    ) -> None:
        self.kind = kind
        self.name = name
        self.inputs = inputs
        self.nodes = nodes
        self.outputs = outputs
        self.structure = structure
        self.file = file
        self.weights = weights

    def with_nodes(self, nodes: Iterable[Node]) -> Graph:
        """The same model with other nodes."""
        ends = self.outputs, self.structure
        return Graph(self.kind, self.name, self.inputs, tuple(nodes), *ends, self.file, self.weights)

    def node(self, name: str) -> Node | None:
        """The node of that name."""
        return self._by_name.get(name)

    @cached_property
    def calls(self) -> int:
        """How often a layer is called when the model runs, inside of all models among its layers too."""
        return sum(node.layer.graph.calls if isinstance(node.layer, Submodel) else 1 for node in self.nodes)

    @cached_property
    def _by_name(self) -> dict[str, Node]:
        return {node.name: node for node in self.nodes}
