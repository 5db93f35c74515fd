"""Preparation: the layers of `data.prepare`, adapted to the training data and put before the model."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from tfspec.analysis import Analysis
from tfspec.backends.keras import alone_or_named, apply_graph, deep_stack, keras_input, precision, to_keras
from tfspec.catalogue.layers.layer import Layer

CHUNK = 8192
"""Rows that are prepared at once."""

Arrays = dict[str, np.ndarray[Any, Any]]


class Preparation:
    """The layers that stand before each input of the model; none for inputs without any."""

    def __init__(self, analysis: Analysis) -> None:
        prepare = analysis.spec.data.prepare if analysis.spec.data else None
        self.analysis = analysis
        self.layers: dict[str, list[Any]] = {}
        with precision(analysis.spec.precision):
            for name in analysis.inputs:
                declared: tuple[Layer, ...] = (prepare.get(name, ()) if isinstance(prepare, dict) else prepare) or ()
                if declared:
                    self.layers[name] = [to_keras(layer) for layer in declared]

    def adapt(self, inputs: Arrays) -> None:
        """Let every layer that learns from data see the training inputs, prepared as far as it stands."""
        for name, layers in self.layers.items():
            values = inputs[name]
            for position, layer in enumerate(layers):
                if hasattr(layer, "adapt"):
                    layer.adapt(values)
                if position < len(layers) - 1:
                    values = _in_chunks([layer], values)

    def apply(self, inputs: Arrays) -> Arrays:
        """The inputs as the model is trained on them."""
        return {
            name: _in_chunks(self.layers[name], values) if name in self.layers else values
            for name, values in inputs.items()
        }

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
        trained = {node.layer_name: model.get_layer(node.layer_name) for node in graph.nodes}
        with deep_stack(len(trained)):
            return keras.Model(alone_or_named(given), apply_graph(graph, trained, prepared), name=graph.name)


def _in_chunks(layers: list[Any], values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The values through the layers, as inference sees them."""

    def through(part: Any) -> np.ndarray[Any, Any]:
        for layer in layers:
            part = layer(part, training=False)
        return keras.ops.convert_to_numpy(part)  # type: ignore[no-any-return] # Keras has no types

    parts = [through(values[start : start + CHUNK]) for start in range(0, len(values), CHUNK)]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]
