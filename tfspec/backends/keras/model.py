"""From a graph to a Keras model."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras

from tfspec.analysis import Analysis
from tfspec.analysis.types import Types
from tfspec.catalogue.applications.application import Application
from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.diagnostics import Path
from tfspec.graph import Bound, Graph, Node, Submodel, Value
from tfspec.tensors import TensorType, without_names

from .applications import build_application
from .objects import freeze, to_keras
from .saved import load_saved


def build_model(analysis: Analysis) -> keras.Model:
    """The Keras model of a spec without errors, its weights freshly drawn; not compiled.

    Layers, weights and outputs have the names that the analysis gives them. A model of several
    inputs takes a mapping by input name; outputs come as the spec gives them: one tensor, a list
    or a mapping.
    """
    with precision(analysis.spec.precision), deep_stack(analysis.graph.calls):
        model, graph, tree = analysis.spec.model, analysis.graph, analysis.spec.tree
        return build_submodel(Submodel(graph, model, model.written, tree, model.trainable), analysis.types, ("model",))


def build_submodel(submodel: Submodel, types: Types, path: Path) -> keras.Model:
    """The Keras model of a model at its place in a spec: known by name, or written out layer by layer."""
    if isinstance(submodel.source, Application):
        model = build_application(submodel, path)
    elif submodel.graph.file is not None:
        model = load_saved(submodel.graph.file, submodel.graph.name, path, submodel.tree)
    else:
        model = build_graph(submodel.graph, types)
    if not submodel.trainable:
        model.trainable = False
    return model


def build_graph(graph: Graph, types: Types) -> keras.Model:
    """The Keras model of a graph whose types are all known."""
    inputs = {entry.name: types.values[Value(entry.name)] for entry in graph.inputs}
    given = {name: keras_input(name, type_) for name, type_ in inputs.items()}
    layers = build_layers(graph, types)
    is_plain = len(layers) == len(graph.nodes) and not any(map(_needs_more, graph.nodes))
    if graph.kind == "sequential" and is_plain:  # a chain of Keras calls each layer once, with nothing but a tensor
        model = keras.Sequential([*given.values(), *layers.values()], name=graph.name)
    else:
        model = keras.Model(alone_or_named(given), apply_graph(graph, layers, given), name=graph.name)
    for node in graph.nodes:
        if not node.layer.trainable:
            freeze(layers[node.layer_name])  # again, for layers that are made inside when it is built
    return model


def _needs_more(node: Node) -> bool:
    """Whether a layer is called with more than a tensor: with arguments, or with a list of a single one."""
    return bool(node.call) or (isinstance(node.layer, Layer) and node.layer.takes_list)


def build_layers(graph: Graph, types: Types) -> dict[str, Any]:
    """The Keras layers of a graph by name, each made once; a model among them is built from its own graph."""
    layers: dict[str, Any] = {}
    for node in graph.nodes:
        if node.layer_name not in layers:
            layers[node.layer_name] = _build_layer(node, types)
    return layers


def _build_layer(node: Node, types: Types) -> Any:
    if not isinstance(node.layer, Submodel):
        return to_keras(node.layer, name=node.layer_name)
    return build_submodel(node.layer, types.inner[node.layer_name], node.path)


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
    return keras.Input(shape=without_names(type_.shape[1:]), batch_size=type_.shape[0], dtype=type_.dtype, name=name)


def alone_or_named(tensors: dict[str, Any]) -> Any:
    """A single input as it is, several by name: how the models of a spec take their inputs."""
    return next(iter(tensors.values())) if len(tensors) == 1 else tensors


def apply_graph(graph: Graph, layers: dict[str, Any], inputs: dict[str, Any]) -> Any:
    """What the layers of a graph give for these inputs, in the structure that the spec gives its outputs."""
    tensors: dict[Value, Any] = {Value(name): tensor for name, tensor in inputs.items()}
    for node in graph.nodes:
        results = call(layers[node.layer_name], node, tensors)
        for index, result in enumerate(_flat(results)):
            tensors[Value(node.name, index)] = result
    outputs = {name: tensors[value] for name, value in graph.outputs.items()}
    if graph.structure == "mapping":
        return outputs
    return list(outputs.values()) if graph.structure == "list" else next(iter(outputs.values()))


def _flat(results: Any) -> list[Any]:
    """The single tensors of what a layer gives: stacked cells give states in lists, models give mappings."""
    if isinstance(results, dict):  # Keras would put them in the order of their names
        return list(results.values())
    flat: list[Any] = keras.tree.flatten(results)
    return flat


def call(layer: Any, node: Node, tensors: dict[Value, Any]) -> Any:
    """What a Keras layer, or a model among the layers, gives for the tensors that a node takes."""
    if isinstance(node.layer, Submodel):
        names = (entry.name for entry in node.layer.graph.inputs)
        given = {name: tensors[value] for name, value in zip(names, node.values, strict=True)}
        return layer(alone_or_named(given), **node.call)
    positional = [_tensors(bound, node, tensors) for bound in node.positional]
    named = {name: _tensors(bound, node, tensors) for name, bound in node.named.items()}
    parameters = call_signature(type(node.layer)).parameters.values()
    if node.layer.takes_list or any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return layer([*positional, *named.values()], **node.call)
    return layer(*positional, **named, **node.call)


def _tensors(bound: Bound, node: Node, tensors: dict[Value, Any]) -> Any:
    if isinstance(bound, Value):
        return tensors[bound]
    assert not isinstance(node.layer, Submodel)  # noqa: S101 - whose inputs take one tensor each
    return node.layer.grouped([tensors[value] for value in bound])
