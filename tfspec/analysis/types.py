"""Types: the shape and dtype of every value, and the weights of every layer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tfspec.catalogue.layers.layer import Argument, Layer, Outputs, inner_layers
from tfspec.diagnostics import Path, Problem, Refusal
from tfspec.graph import Bound, Graph, Node, Value
from tfspec.source import Tree
from tfspec.tensors import TensorType, Weight, show_shape
from tfspec.tensors.problems import EMPTY_WINDOW

from .problems import MANY_RESULTS, RESULT_COUNT

STATIONS = 7
"""Shapes that a note about a shrinking axis lists."""


class Types:
    """What the pass found: types by value, weights by the name of the layer that owns them."""

    def __init__(self, values: dict[Value, TensorType]) -> None:
        self.values = values
        self.weights: dict[str, tuple[Weight, ...]] = {}
        self.problems: list[Problem] = []

    def of(self, value: Value) -> TensorType | None:
        """The type of a value, or None where a mistake further up hides it."""
        return self.values.get(value)


def infer_types(graph: Graph, inputs: dict[str, TensorType], tree: Tree, precision: str | None) -> Types:
    """The types of all values that follow from the inputs' types.

    A layer that refuses its input is reported, and what hangs on it is left out in silence.
    """
    types = Types({Value(name): type_ for name, type_ in inputs.items()})
    for node in graph.nodes:
        _infer_node(node, graph, types, tree, precision)
    return types


def chain_types(
    layers: tuple[Layer, ...], start: TensorType, path: Path, tree: Tree, precision: str | None
) -> tuple[TensorType | None, list[Problem]]:
    """The type that a chain of layers gives, as `prepare` applies them."""
    value: TensorType = start
    for index, layer in enumerate(layers):
        place = (*path, index)
        if isinstance(tree.nearest(place)[0].content, dict):
            place = (*place, layer.written)
        try:
            with_policy = in_precision(layer, precision)
            result = with_policy.apply(value)
            list(with_policy.built_weights(value))
        except Refusal as refusal:
            return None, [to_problem(refusal, layer, (value,), place, tree)]
        value = result if isinstance(result, TensorType) else result[0]
    return value, []


def _infer_node(node: Node, graph: Graph, types: Types, tree: Tree, precision: str | None) -> None:
    if not node.arguments or any(types.of(value) is None for value in node.values):
        return
    layer = in_precision(node.layer, precision)
    positional = tuple(_types_of(bound, types) for bound in node.positional)
    named = {name: _types_of(bound, types) for name, bound in node.named.items()}
    call = {name: value for name, value in node.call.items() if name != "training"}
    try:
        outputs = layer.apply(*positional, **named, **call)
        weights = tuple(layer.built_weights(*positional, **named))
    except Refusal as refusal:
        problem = to_problem(refusal, node.layer, positional, node.path, tree)
        if refusal.code is EMPTY_WINDOW:
            problem = replace(problem, notes=(*refusal.notes, *_sizes_on_the_way(node, graph, types)))
        types.problems.append(problem)
        return
    types.weights.setdefault(node.layer_name, weights)
    _record(node, outputs, graph, types, tree)


def _sizes_on_the_way(node: Node, graph: Graph, types: Types) -> tuple[str, ...]:
    """How the sizes came to be what they are: the shapes from the input on, each once."""
    shapes: list[str] = []
    maker: Node | None = node
    while maker is not None and maker.values:
        value = maker.values[0]
        type_ = types.of(value)
        if type_ is not None and show_shape(type_.shape) not in shapes[-1:]:
            shapes.append(show_shape(type_.shape))
        maker = graph.node(value.maker)
    shown = shapes[::-1] if len(shapes) <= STATIONS else [shapes[-1], "…", *shapes[STATIONS - 2 :: -1]]
    return (f"its input is {shown[0]}",) if len(shown) == 1 else (f"sizes on the way here: {' → '.join(shown)}",)


def _record(node: Node, outputs: Outputs, graph: Graph, types: Types, tree: Tree) -> None:
    results = (outputs,) if isinstance(outputs, TensorType) else outputs
    if node.results and len(node.results) != len(results):
        types.problems.append(
            RESULT_COUNT.problem(
                f"`{node.layer.written}` gives {_results(len(results))}, and `as` names {len(node.results)}",
                path=(*node.path, "as"),
                span=tree.span_at((*node.path, "as")),
            )
        )
        return
    if len(results) > 1 and not node.results:
        where = "" if graph.kind == "functional" else " in a functional model"
        names = ", ".join(f"{node.name}_{index}" for index in range(len(results)))
        types.problems.append(
            MANY_RESULTS.problem(
                f"`{node.layer.written}` gives {_results(len(results))}, which have no names",
                path=node.path,
                span=tree.span_at(node.path, key=True),
                help=f"name them{where}: `as: [{names}]`",
            )
        )
        return
    for index, result in enumerate(results):
        types.values[Value(node.name, index)] = result


def in_precision(layer: Layer, precision: str | None) -> Layer:
    """The layer under the spec's dtype policy, the layers inside it too, where it has none of its own."""
    if precision in (None, "float32"):
        return layer
    changes: dict[str, Any] = {} if layer.dtype else {"dtype": precision}
    inside = inner_layers(layer)
    for name, value in layer.said.items():
        if isinstance(value, Layer) and value in inside:
            changes[name] = in_precision(value, precision)
    return layer.model_copy(update=changes) if changes else layer


def to_problem(refusal: Refusal, layer: Layer, inputs: tuple[Argument, ...], path: Path, tree: Tree) -> Problem:
    """A layer's refusal at its place: the argument at fault where it was written, else the layer."""
    place = (*path, refusal.field) if refusal.field else path
    written = refusal.field is not None and tree.nearest(place)[1] == place
    taken = [str(type_) for value in inputs for type_ in ((value,) if isinstance(value, TensorType) else value or ())]
    shown = all(text.partition(") ")[0] in refusal.message for text in taken)
    note = (f"its input is {' and '.join(taken)}",) if taken and not shown and not refusal.notes else ()
    return refusal.code.problem(
        f"`{layer.written}` {refusal.message}",
        path=place if written else path,
        span=tree.span_at(place) if written else tree.span_at(path, key=True),
        notes=(*refusal.notes, *note),
        help=refusal.help,
    )


def _types_of(bound: Bound, types: Types) -> Argument:
    if isinstance(bound, Value):
        return types.values[bound]
    return tuple(types.values[value] for value in bound)


def _results(number: int) -> str:
    return "one result" if number == 1 else f"{number} results"
