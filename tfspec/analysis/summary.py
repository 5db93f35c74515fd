"""What a model is, in numbers: the table of layers, and totals."""

from __future__ import annotations

from typing import Any, NamedTuple

from tfspec.diagnostics import SpecError
from tfspec.graph import Graph, Value
from tfspec.spec import Spec
from tfspec.tensors import Length, Shape, TensorType, Weight

from .cost import Costs, total
from .problems import OTHER_BATCH
from .types import Types


class TensorRow(NamedTuple):
    """An input or output: its name, and its shape with the batch axis first (None: unknown)."""

    name: str
    shape: Shape
    dtype: str


class LayerRow(NamedTuple):
    """One use of a layer, what it takes and gives, and the weights that it owns.

    A layer that is used several times owns its weights in its first row; the others have none, and say
    in `weights_of` whose they use.
    """

    name: str
    layer: str
    sources: tuple[str, ...]
    outputs: tuple[TensorType, ...]
    weights: tuple[Weight, ...]
    weights_of: str | None = None

    @property
    def parameters(self) -> int:
        """The number of scalars in its weights."""
        return sum(weight.parameters for weight in self.weights)

    @property
    def bytes(self) -> int:
        """What its weights take in memory."""
        return sum(weight.bytes for weight in self.weights)


class Summary(NamedTuple):
    """What `show` prints and other tools read."""

    name: str
    inputs: tuple[TensorRow, ...]
    layers: tuple[LayerRow, ...]
    outputs: tuple[TensorRow, ...]
    costs: Costs
    batch: int | None = None
    """Examples of the batch that activations are reckoned for; one where it is not said."""

    def for_batch(self, batch: int | None) -> Summary:
        """The same for a batch of so many examples.

        Raises:
            SpecError: The model takes batches of another size alone.
        """
        if batch is not None and (not isinstance(batch, int) or isinstance(batch, bool)):
            raise TypeError(f"a batch is given as a whole number, not as {type(batch).__name__}")
        if batch is not None and batch < 1:
            raise ValueError(f"a batch has one example or more, not {batch}")
        fixed = next((row.shape[0] for row in self.inputs if row.shape[0] is not None), batch)
        if batch is not None and batch != fixed:
            message = f"the model takes batches of {fixed} examples, and not of {batch}"
            advice = f"ask for a batch of {fixed}, or leave `batch_size` out of the input"
            raise SpecError([OTHER_BATCH.problem(message, help=advice)])
        return self._replace(batch=batch)

    @property
    def operations(self) -> int | None:
        """Floating-point operations of a forward pass of one example; None where some are unknown."""
        return total(cost.operations for cost in self.costs.by_use)

    @property
    def bytes(self) -> dict[str, int | None]:
        """What weights, activations of the batch, gradients and the optimizer take in memory; None is unknown.

        Without `compile`, there are no gradients and no optimizer.
        """
        costs, training = self.costs.by_use, self.costs.training
        return {
            "weights": sum(row.bytes for row in self.layers),
            "activations": self.for_all_examples(total(cost.activations for cost in costs)),
            "gradients": total(cost.gradients for cost in costs) if training else None,
            "optimizer": total((training.bytes_once, *(cost.optimizer for cost in costs))) if training else None,
        }

    @property
    def unknown(self) -> dict[str, int]:
        """The number of uses of layers whose operations or activations are unknown."""
        costs = self.costs.by_use
        return {
            "operations": sum(cost.operations is None for cost in costs),
            "activations": sum(cost.activations is None for cost in costs),
        }

    def for_all_examples(self, size: int | None) -> int | None:
        """What so many bytes for an example are for the batch."""
        return None if size is None else size * (self.batch or 1)

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
                    "outputs": [{"shape": _dims(type_.shape), "dtype": type_.dtype} for type_ in row.outputs],
                    "weights": [
                        {"name": w.name, "shape": list(w.shape), "dtype": w.dtype, "trainable": w.trainable}
                        for w in row.weights
                    ],
                    "weights_of": row.weights_of,
                    "parameters": row.parameters,
                    "operations": cost.operations,
                    "bytes": {
                        "weights": row.bytes,
                        "activations": self.for_all_examples(cost.activations),
                        "gradients": cost.gradients,
                        "optimizer": cost.optimizer,
                    },
                }
                for row, cost in zip(self.layers, self.costs.by_use, strict=True)
            ],
            "outputs": [_tensor(row) for row in self.outputs],
            "parameters": {
                "total": self.parameters,
                "trainable": self.trainable_parameters,
                "non_trainable": self.parameters - self.trainable_parameters,
            },
            "operations": self.operations,
            "bytes": self.bytes,
            "batch": self.batch or 1,
            "unknown": self.unknown,
        }


def summarize(graph: Graph, types: Types, spec: Spec) -> Summary:
    """The summary of a graph whose types are all known."""
    first: dict[str, str] = {}
    rows = []
    results = _result_names(graph)
    outputs: dict[str, list[TensorType]] = {}
    for value, type_ in types.values.items():
        outputs.setdefault(value.maker, []).append(type_)
    for node in graph.nodes:
        owner = first.get(node.layer_name)
        first.setdefault(node.layer_name, node.name)
        weights = () if owner else types.weights[node.layer_name]
        if not spec.model.trainable:
            weights = tuple(weight._replace(trainable=False) for weight in weights)
        sources = tuple(results.get(value, value.maker) for value in node.values)
        rows.append(LayerRow(node.name, node.kind, sources, tuple(outputs[node.name]), weights, owner))
    return Summary(
        graph.name,
        tuple(TensorRow(given.name, *types.values[Value(given.name)]) for given in graph.inputs),
        tuple(rows),
        tuple(TensorRow(name, *types.values[value]) for name, value in graph.outputs.items()),
        Costs(graph, types, [row.weights for row in rows], spec),
    )


def _result_names(graph: Graph) -> dict[Value, str]:
    """The names that `as` gave to the results of layers with several; a single one is called as its row is."""
    several = (node for node in graph.nodes if len(node.results) > 1)
    return {Value(node.name, i): name for node in several for i, name in enumerate(node.results)}


def _tensor(row: TensorRow) -> dict[str, Any]:
    return {"name": row.name, "shape": _dims(row.shape), "dtype": row.dtype}


def _dims(shape: Shape) -> list[int | str | None]:
    """A shape as JSON says it: a dim that hangs on names is a text."""
    return [str(dim) if isinstance(dim, Length) else dim for dim in shape]
