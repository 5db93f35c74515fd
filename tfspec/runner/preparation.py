"""Preparation: the layers of `data.prepare`, adapted to the training data and put before the model."""

from __future__ import annotations

from typing import Any, TypeAlias

import keras
import numpy as np

from tfspec.analysis import Analysis
from tfspec.backends.keras import alone_or_named, apply_graph, deep_stack, keras_input, precision, to_keras
from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.models import Layered
from tfspec.graph import Namer

CHUNK = 1024
"""Rows that are prepared at once: so few that images of ordinary size stay in the processor's cache."""

Array: TypeAlias = np.ndarray[Any, Any]
Arrays: TypeAlias = dict[str, Array]


class Preparation:
    """The layers that stand before each input of the model; none for inputs without any."""

    def __init__(self, analysis: Analysis) -> None:
        prepare = analysis.spec.data.prepare if analysis.spec.data else None
        self.analysis = analysis
        self.layers: dict[str, list[Any]] = {}
        namer = Namer([*analysis.inputs, *(node.layer_name for node in analysis.graph.nodes)])
        with precision(analysis.spec.precision):
            for name in analysis.inputs:
                declared: tuple[Layer, ...] = (prepare.get(name, ()) if isinstance(prepare, dict) else prepare) or ()
                if declared:
                    self.layers[name] = [to_keras(layer, name=namer.name(layer)) for layer in declared]

    def adapt(self, inputs: Arrays) -> None:
        """Let every layer that learns from data see the training inputs, prepared as far as it stands."""
        for name, layers in self.layers.items():
            values, done = inputs[name], 0
            for position, layer in enumerate(layers):
                if hasattr(layer, "adapt"):
                    values, done = _in_chunks(layers[done:position], values, self._dtype(name, done)), position
                    layer.adapt(values)

    def apply(self, inputs: Arrays) -> Arrays:
        """The inputs as the model is trained on them."""
        return {
            name: _in_chunks(self.layers[name], values, self._dtype(name)) if name in self.layers else values
            for name, values in inputs.items()
        }

    def _dtype(self, name: str, done: int = 0) -> str | None:
        """The dtype that the data is fed in; None behind the first layers, which have given it theirs."""
        feeds = self.analysis.feeds
        return feeds.inputs[name].type.dtype if feeds and not done else None

    def joined(self, model: keras.Model) -> keras.Model:
        """The model with its preparation in front, around the same layers: it takes the data as it comes."""
        if not self.layers or self.analysis.feeds is None:
            return model
        graph, feeds = self.analysis.graph, self.analysis.feeds.inputs
        given = {
            name: keras_input(name, feeds[name].type if name in self.layers else type_)
            for name, type_ in self.analysis.inputs.items()
        }
        prepared = dict(given)
        for name, layers in self.layers.items():
            for layer in layers:
                prepared[name] = layer(prepared[name])
        if not isinstance(self.analysis.spec.model, Layered):  # Keras has built it, with names of its own
            return keras.Model(alone_or_named(given), model(alone_or_named(prepared)), name=graph.name)
        trained = {node.layer_name: model.get_layer(node.layer_name) for node in graph.nodes}
        with deep_stack(len(trained)):
            return keras.Model(alone_or_named(given), apply_graph(graph, trained, prepared), name=graph.name)


def _in_chunks(layers: list[Any], values: Array, dtype: str | None) -> Array:
    """The values through the layers, as inference sees them, cast to `dtype` before where there is one."""
    prepared: Array | None = None
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        part: Any = chunk if dtype in (None, "string") else chunk.astype(dtype, copy=False)
        for layer in layers:
            part = layer(part, training=False)
        part = keras.ops.convert_to_numpy(part)
        if prepared is None:  # the first chunk tells what shape comes out
            prepared = np.empty((len(values), *part.shape[1:]), part.dtype)
        prepared[start : start + CHUNK] = part
    return values if prepared is None else prepared
