"""What a model costs: the operations of a forward pass, and bytes of weights, outputs and training.

Numbers are exact or unknown (None), as soon as a size that they hang on is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from tfspec.catalogue.layers.layer import Argument
from tfspec.catalogue.optimizer_state import LOSS_SCALE, state_beside, state_once
from tfspec.catalogue.optimizers import Optimizer
from tfspec.graph import Bound, Graph, Node, Submodel, Value
from tfspec.spec import Spec
from tfspec.tensors import Dim, Weight, add, multiply, width

from .types import Types, infer_types


class Training(NamedTuple):
    """What training adds to a model: an optimizer, and whether the loss is scaled around it."""

    optimizer: Optimizer
    is_scaled: bool
    root: str
    """What the paths of weights begin with, in a Keras model."""

    @property
    def bytes_once(self) -> int:
        """What the optimizer keeps whatever the weights are."""
        return state_once(self.optimizer) + LOSS_SCALE * self.is_scaled

    def bytes_beside(self, layer: str, weights: Iterable[Weight]) -> int:
        """What the optimizer keeps beside the weights of a layer."""
        trained = (weight for weight in weights if weight.trainable)
        return sum(state_beside(self.optimizer, weight, f"{self.root}{layer}/{weight.name}") for weight in trained)


class Cost(NamedTuple):
    """What one use of a layer costs; None is unknown, and for training also: there is none."""

    operations: int | None
    """Floating-point operations of a forward pass of one example."""
    activations: int | None
    """Bytes of its outputs for one example."""
    gradients: int | None
    """Bytes of the gradients of its weights."""
    optimizer: int | None
    """Bytes that the optimizer keeps beside its weights."""


class Costs:
    """What all uses of layers cost, worked out when somebody asks; most only want to know shapes and weights."""

    def __init__(self, graph: Graph, types: Types, owned: list[tuple[Weight, ...]], spec: Spec) -> None:
        self.graph = graph
        self.types = types
        self.owned = owned
        """For each use, the weights that it is the first to use."""
        self.spec = spec

    @cached_property
    def training(self) -> Training | None:
        """What trains the model; None where the spec says no `compile`."""
        return _training(self.spec, self.graph)

    @cached_property
    def by_use(self) -> tuple[Cost, ...]:
        """The cost of every use, in the order of the graph."""
        return tuple(map(self._cost, self.graph.nodes, self.owned))

    def _cost(self, node: Node, weights: tuple[Weight, ...]) -> Cost:
        trained = sum(weight.bytes for weight in weights if weight.trainable)
        return Cost(
            *_forward(node, self.types, self.spec.precision),
            trained if self.training else None,
            self.training.bytes_beside(node.layer_name, weights) if self.training else None,
        )


def total(numbers: Iterable[int | None]) -> int | None:
    """The sum, unknown if any of the numbers is."""
    return known(add(*numbers))


def known(dim: Dim) -> int | None:
    """A number, or None where a length hangs on names."""
    return dim if isinstance(dim, int) else None


def _training(spec: Spec, graph: Graph) -> Training | None:
    if spec.compile is None:
        return None
    optimizer: Optimizer = spec.compile.effective("optimizer")
    is_scaled = spec.precision == "mixed_float16" and spec.compile.auto_scale_loss
    root = f"{graph.name}/" if graph.kind == "sequential" else ""
    return Training(optimizer, is_scaled and optimizer.spelling() != "LossScaleOptimizer", root)


def _forward(node: Node, types: Types, precision: str | None) -> tuple[int | None, int | None]:
    """The operations of a use of a layer, and the bytes of its outputs; of a model those of all its layers."""
    if isinstance(node.layer, Submodel):
        inner = _types_inside(node, node.layer, types, precision)
        parts = [_forward(part, inner, precision) for part in node.layer.graph.nodes]
        return total(operations for operations, _ in parts), total(size for _, size in parts)
    call = {name: value for name, value in node.call.items() if name != "training"}
    positional = (_argument(bound, types) for bound in node.positional)
    named = {name: _argument(bound, types) for name, bound in node.named.items()}
    sizes = (multiply(output.elements, width(output.dtype)) for output in types.results(node))
    return known(node.layer.operations(*positional, **named, **call)), known(add(*sizes))


def _types_inside(node: Node, submodel: Submodel, types: Types, precision: str | None) -> Types:
    """The types inside a model at one of its calls, which are those of its own inputs if it is given the same."""
    inner = types.inner[node.layer_name]
    names = [entry.name for entry in submodel.graph.inputs]
    given = [types.values[value] for value in node.values]
    called = {name: x.with_dtype(inner.values[Value(name)].dtype) for name, x in zip(names, given, strict=True)}
    if all(inner.values[Value(name)] == x for name, x in called.items()):
        return inner
    return infer_types(submodel.graph, called, submodel.tree, precision)


def _argument(bound: Bound, types: Types) -> Argument:
    if isinstance(bound, Value):
        return types.values[bound]
    return tuple(types.values[value] for value in bound)
