"""What a model is, in numbers: the table of layers, and totals."""

from __future__ import annotations

from typing import Any, NamedTuple

from tfspec.graph import Graph, Value
from tfspec.tensors import Shape, TensorType, Weight

from .types import Types


class TensorRow(NamedTuple):
    """An input or output: its name, and its shape with the batch axis first (None: unknown)."""

    name: str
    shape: Shape
    dtype: str


class LayerRow(NamedTuple):
    """One use of a layer, what it takes and gives, and the weights that it owns.

    A layer that is used several times owns its weights in its first row; the others have none.
    """

    name: str
    layer: str
    sources: tuple[str, ...]
    outputs: tuple[TensorType, ...]
    weights: tuple[Weight, ...]

    @property
    def parameters(self) -> int:
        """The number of scalars in its weights."""
        return sum(weight.parameters for weight in self.weights)


class Summary(NamedTuple):
    """What `show` prints and other tools read."""

    name: str
    inputs: tuple[TensorRow, ...]
    layers: tuple[LayerRow, ...]
    outputs: tuple[TensorRow, ...]

    @property
    def trainable_parameters(self) -> int:
        """Scalars that training changes."""
        return sum(w.parameters for row in self.layers for w in row.weights if w.trainable)

    @property
    def parameters(self) -> int:
        """Scalars in all weights."""
        return sum(row.parameters for row in self.layers)

    def to_dict(self) -> dict[str, Any]:
        """The summary under the stable keys of `show --format json`."""
        return {
            "name": self.name,
            "inputs": [_tensor(row) for row in self.inputs],
            "layers": [
                {
                    "name": row.name,
                    "layer": row.layer,
                    "from": list(row.sources),
                    "outputs": [{"shape": list(type_.shape), "dtype": type_.dtype} for type_ in row.outputs],
                    "weights": [
                        {"name": w.name, "shape": list(w.shape), "dtype": w.dtype, "trainable": w.trainable}
                        for w in row.weights
                    ],
                    "parameters": row.parameters,
                }
                for row in self.layers
            ],
            "outputs": [_tensor(row) for row in self.outputs],
            "parameters": {
                "total": self.parameters,
                "trainable": self.trainable_parameters,
                "non_trainable": self.parameters - self.trainable_parameters,
            },
        }


def summarize(graph: Graph, types: Types) -> Summary:
    """The summary of a graph whose types are all known."""
    seen: set[str] = set()
    rows = []
    results = _result_names(graph)
    outputs: dict[str, list[TensorType]] = {}
    for value, type_ in types.values.items():
        outputs.setdefault(value.maker, []).append(type_)
    for node in graph.nodes:
        weights = () if node.layer_name in seen else types.weights[node.layer_name]
        seen.add(node.layer_name)
        sources = tuple(results.get(value, value.maker) for value in node.values)
        rows.append(LayerRow(node.name, type(node.layer).__name__, sources, tuple(outputs[node.name]), weights))
    return Summary(
        graph.name,
        tuple(TensorRow(given.name, *types.values[Value(given.name)]) for given in graph.inputs),
        tuple(rows),
        tuple(TensorRow(name, *types.values[value]) for name, value in graph.outputs.items()),
    )


def _result_names(graph: Graph) -> dict[Value, str]:
    """The names that `as` gave to results."""
    return {Value(node.name, i): name for node in graph.nodes for i, name in enumerate(node.results)}


def _tensor(row: TensorRow) -> dict[str, Any]:
    return {"name": row.name, "shape": list(row.shape), "dtype": row.dtype}
