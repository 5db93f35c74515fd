"""Vocabularies in files: the words take the place of the path, which is kept for writing the spec back out."""

from __future__ import annotations

from pathlib import Path

from tfspec.catalogue.layers.layer import Layer
from tfspec.graph import Graph
from tfspec.graph.graph import Submodel
from tfspec.spec import Spec


def read_vocabularies(spec: Spec, graph: Graph, root: Path) -> tuple[Spec, Graph]:
    """The spec's preparation and its graph with the words of every file that a layer names, looked for from `root`.

    A file that cannot be used stands there as what is wrong with it, and its layer refuses its input with that.
    """
    graph = _read_graph(graph, root)
    if spec.data is None or not spec.data.prepare:
        return spec, graph
    said = spec.data.prepare
    chains = said.values() if isinstance(said, dict) else (said,)
    if any(_names_file(layer) for layers in chains for layer in layers):
        prepare = (
            {name: _read_all(layers, root) for name, layers in said.items()}
            if isinstance(said, dict)
            else _read_all(said, root)
        )
        spec = spec.model_copy(update={"data": spec.data.model_copy(update={"prepare": prepare})})
    return spec, graph


def _read_graph(graph: Graph, root: Path) -> Graph:
    """The graph itself where no layer in it names a file."""
    if not any(_names_file(node.layer) for node in graph.nodes):
        return graph
    return graph.with_nodes(node._replace(layer=_read(node.layer, root)) for node in graph.nodes)


def _names_file(layer: Layer | Submodel) -> bool:
    if isinstance(layer, Submodel):
        return any(_names_file(node.layer) for node in layer.graph.nodes)
    return isinstance(getattr(layer, "vocabulary", None), str)


def _read_all(layers: tuple[Layer, ...], root: Path) -> tuple[Layer, ...]:
    return tuple(_read_layer(layer, root) for layer in layers)


def _read(layer: Layer | Submodel, root: Path) -> Layer | Submodel:
    if isinstance(layer, Submodel):
        return layer._replace(graph=_read_graph(layer.graph, root))
    return _read_layer(layer, root)


def _read_layer(layer: Layer, root: Path) -> Layer:
    path = getattr(layer, "vocabulary", None)
    if not isinstance(path, str):
        return layer
    from tfspec.catalogue.layers.vocabulary import from_file  # only a spec with a vocabulary file pays for it

    words = from_file(path, root, is_numbers=type(layer).spelling() == "IntegerLookup")
    return layer.model_copy(update={"vocabulary": words})
