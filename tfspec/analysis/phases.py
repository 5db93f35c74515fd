"""Training and use: sizes that a layer leaves open because they differ there, tried with both."""

from __future__ import annotations

from dataclasses import replace

from tfspec.diagnostics import Problem
from tfspec.graph import Graph, Submodel
from tfspec.source import Tree
from tfspec.tensors import TensorType

from .types import infer_types

WHERE = {True: "these are the sizes in training", False: "these are the sizes outside of training"}


def check_phases(graph: Graph, inputs: dict[str, TensorType], tree: Tree, precision: str | None) -> list[Problem]:
    """What layers refuse in training alone, or in use alone; for a graph that is right as far as sizes are known."""
    for training, note in WHERE.items():
        settled = in_phase(graph, training=training)
        if settled is graph:
            return []
        if problems := infer_types(settled, inputs, tree, precision).problems:
            return [replace(problem, notes=(*problem.notes, note)) for problem in problems]
    return []


def in_phase(graph: Graph, *, training: bool) -> Graph:
    """The graph with every size as it is in training, or in use; itself where the two are the same."""
    nodes = []
    for node in graph.nodes:
        layer = node.layer
        if isinstance(layer, Submodel):
            inner = in_phase(layer.graph, training=training)
            nodes.append(node if inner is layer.graph else node._replace(layer=layer._replace(graph=inner)))
        else:
            settled = layer.in_phase(training=training)
            nodes.append(node if settled is layer else node._replace(layer=settled))
    if all(new is old for new, old in zip(nodes, graph.nodes, strict=True)):
        return graph
    return graph.with_nodes(nodes)
