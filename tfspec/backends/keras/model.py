"""From a graph to a Keras model."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras

from tfspec.analysis import Analysis
from tfspec.catalogue.layers.layer import call_signature
from tfspec.graph import Bound, Graph, Node, Value
from tfspec.tensors import TensorType

from .objects import to_keras


def build_model(analysis: Analysis) -> keras.Model:
    """The Keras model of a spec without errors, its weights freshly drawn; not compiled.

    Layers, weights and outputs have the names that the analysis gives them. A model of several
    inputs takes a mapping by input name; outputs come as the spec gives them: one tensor, a list
    or a mapping.
    """
    graph = analysis.graph
    with precision(analysis.spec.precision), deep_stack(len(graph.nodes)):
        if graph.kind == "sequential":
            return _sequential(graph, analysis.inputs)
        return _functional(graph, analysis.inputs)


@contextmanager
def precision(policy: str | None) -> Iterator[None]:
    """Keras's dtype policy set to the spec's for a while."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy or "float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


@contextmanager
def deep_stack(layers: int) -> Iterator[None]:
    """Room for Keras to walk back through a chain of layers, which it does by recursion."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 1000 + 6 * layers))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def keras_input(name: str, type_: TensorType) -> Any:
    """The symbolic input of a type; its batch axis is open unless the type says its size."""
    return keras.Input(shape=type_.shape[1:], batch_size=type_.shape[0], dtype=type_.dtype, name=name)


def _sequential(graph: Graph, inputs: dict[str, TensorType]) -> keras.Model:
    given = [keras_input(entry.name, inputs[entry.name]) for entry in graph.inputs]
    layers = [to_keras(node.layer, name=node.name) for node in graph.nodes]
    return keras.Sequential([*given, *layers], name=graph.name)


def _functional(graph: Graph, inputs: dict[str, TensorType]) -> keras.Model:
    given = {entry.name: keras_input(entry.name, inputs[entry.name]) for entry in graph.inputs}
    layers = {node.layer_name: to_keras(node.layer, name=node.layer_name) for node in graph.nodes}
    return keras.Model(alone_or_named(given), apply_graph(graph, layers, given), name=graph.name)


def alone_or_named(tensors: dict[str, Any]) -> Any:
    """A single input as it is, several by name: how the models of a spec take their inputs."""
    return next(iter(tensors.values())) if len(tensors) == 1 else tensors


def apply_graph(graph: Graph, layers: dict[str, Any], inputs: dict[str, Any]) -> Any:
    """What the layers of a graph give for these inputs, in the structure that the spec gives its outputs."""
    tensors: dict[Value, Any] = {Value(name): tensor for name, tensor in inputs.items()}
    for node in graph.nodes:
        results = call(layers[node.layer_name], node, tensors)
        for index, result in enumerate(results if isinstance(results, (list, tuple)) else [results]):
            tensors[Value(node.name, index)] = result
    outputs = {name: tensors[value] for name, value in graph.outputs.items()}
    if graph.structure == "mapping":
        return outputs
    return list(outputs.values()) if graph.structure == "list" else next(iter(outputs.values()))


def call(layer: Any, node: Node, tensors: dict[Value, Any]) -> Any:
    """What a Keras layer gives for the tensors that a node takes."""
    positional = [_tensors(bound, tensors) for bound in node.positional]
    named = {name: _tensors(bound, tensors) for name, bound in node.named.items()}
    parameters = call_signature(type(node.layer)).parameters.values()
    if node.layer.takes_list or any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return layer([*positional, *named.values()], **node.call)
    return layer(*positional, **named, **node.call)


def _tensors(bound: Bound, tensors: dict[Value, Any]) -> Any:
    return tensors[bound] if isinstance(bound, Value) else [tensors[value] for value in bound]
