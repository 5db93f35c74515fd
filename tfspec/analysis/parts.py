"""Parts: a shared model by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tfspec.diagnostics import SpecError, did_you_mean, one_of
from tfspec.graph import Graph, Submodel, Value

from .analyze import Analysis
from .problems import UNKNOWN_PART
from .types import Types


def part_of(analysis: Analysis, name: str) -> Analysis:
    """What is known of a shared model by itself: without data and compile step, its inputs those of its first call.

    Raises:
        SpecError: The spec shares no model of that name, or its model does not use it.
    """
    parts = shared_models(analysis)
    if name not in parts:
        message = f"`{name}` is no shared model that the spec uses"
        advice = did_you_mean(name, parts) or (f"it uses {one_of(list(parts), 'and')}" if parts else "it uses none")
        raise SpecError([UNKNOWN_PART.problem(message, help=advice)])
    submodel, types, _ = parts[name]
    model = submodel.source.model_copy(update={"trainable": submodel.trainable})
    left_out = {"data": None, "compile": None, "fit": None, "callbacks": ()}
    spec = analysis.spec.model_copy(update={"model": model, **left_out})
    inputs = {entry.name: types.values[Value(entry.name)] for entry in submodel.graph.inputs}
    return Analysis(spec, submodel.graph, types, None, None, inputs, [])


class Part(NamedTuple):
    """A shared model that is used: the types inside it, and the layers on the way to its first use, by name."""

    submodel: Submodel
    types: Types
    way: tuple[str, ...]


def shared_models(analysis: Analysis) -> dict[str, Part]:
    """The shared models that the model of a spec uses, by their words."""
    return {word: part for word, part in _parts(analysis.graph, analysis.types, ()) if word}


def _parts(graph: Graph, types: Types, way: tuple[str, ...]) -> Iterator[tuple[str | None, Part]]:
    """All models among the layers, once each, with the words of those that are shared."""
    for name, node in {node.layer_name: node for node in graph.nodes}.items():
        if isinstance(node.layer, Submodel):
            part = Part(node.layer, types.inner[name], (*way, name))
            yield node.shared, part
            yield from _parts(node.layer.graph, part.types, part.way)
