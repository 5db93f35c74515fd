"""Types: the shape and dtype of every value, and the weights of every layer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tfspec.catalogue.layers.inner import check_stands_alone, input_note
from tfspec.catalogue.layers.layer import Argument, Layer, Outputs
from tfspec.catalogue.problems import UNKNOWN_SIZE
from tfspec.diagnostics import Path, Problem, Refusal
from tfspec.graph import Bound, Graph, GraphInput, Node, Submodel, Value
from tfspec.source import Tree
from tfspec.tensors import TensorType, Weight, are_known, differ, show_shape
from tfspec.tensors.problems import EMPTY_WINDOW

from .named_lengths import input_shape
from .problems import MANY_RESULTS, RESULT_COUNT, UNFIT
from .sharing import Call, misfit

CLOSE_SIZES = "put `Resizing`, `CenterCrop` or a global pooling layer behind the layer that leaves a size open"
"""What helps where the inputs have known sizes, and a layer has not: `RandomCrop` crops in training alone."""

STATIONS = 7
"""Shapes that a note about a shrinking axis lists."""


class Types:
    """What the pass found: types by value, weights by the name of the layer that owns them.

    `inner` holds what was found inside the models among the layers, by the names of those; `first` the
    first calls of shared layers, by their words.
    """

    def __init__(self, values: dict[Value, TensorType]) -> None:
        self.values = values
        self.weights: dict[str, tuple[Weight, ...]] = {}
        self.inner: dict[str, Types] = {}
        self.first: dict[str, Call] = {}
        self.problems: list[Problem] = []

    def results(self, node: Node) -> list[TensorType]:
        """The types of all that a use of a layer gives, as far as they are known."""
        results: list[TensorType] = []
        while (type_ := self.values.get(Value(node.name, len(results)))) is not None:
            results.append(type_)
        return results

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
            check_stands_alone(layer)
            result = with_policy.apply(value)
            list(with_policy.built_weights(value))
        except Refusal as refusal:
            return None, [to_problem(refusal, layer, (value,), place, tree)]
        value = result if isinstance(result, TensorType) else result[0]
    return value, []


def _infer_node(node: Node, graph: Graph, types: Types, tree: Tree, precision: str | None) -> None:
    if not node.arguments or any(types.of(value) is None for value in node.values):
        return
    positional = tuple(_types_of(bound, types) for bound in node.positional)
    named = {name: _types_of(bound, types) for name, bound in node.named.items()}
    if isinstance(node.layer, Submodel):
        given = [type_ for type_ in (*positional, *named.values()) if isinstance(type_, TensorType)]
        results = _infer_submodel(node, node.layer, given, types, tree, precision)
        if results:
            _record(node, results if len(results) > 1 else results[0], graph, types, tree)
        return
    layer = in_precision(node.layer, precision)
    call = {name: value for name, value in node.call.items() if name != "training"}
    try:
        check_stands_alone(layer)
        outputs = layer.apply(*positional, **named, **call)
        weights = tuple(layer.built_weights(*positional, **named))
    except Refusal as refusal:
        problem = to_problem(refusal, layer, positional, node.path, tree)
        if refusal.code is EMPTY_WINDOW:
            problem = replace(problem, notes=(*refusal.notes, *_sizes_on_the_way(node, graph, types)))
        elif refusal.code is UNKNOWN_SIZE and _opens_sizes(node, graph, types):
            problem = replace(problem, notes=_sizes_on_the_way(node, graph, types), help=CLOSE_SIZES)
        types.problems.append(problem)
        return
    types.weights.setdefault(node.layer_name, weights)
    if node.shared:
        tensors = tuple(types.values[value] for value in node.values)
        this = Call(node, layer, tensors, weights, tree.span_at(node.path, key=True))
        if problem_of_call := misfit(this, types.first.setdefault(node.shared, this)):
            types.problems.append(problem_of_call)
            return
    _record(node, outputs, graph, types, tree)


def _infer_submodel(  # noqa: PLR0913, PLR0917 - all that a layer needs, and what it is called with
    node: Node, submodel: Submodel, given: list[TensorType], types: Types, tree: Tree, precision: str | None
) -> tuple[TensorType, ...]:
    """What a model among the layers gives; nothing, with the problems told, where it does not take what it is given.

    Its weights are those that its own inputs call for, however often it is called; what it gives hangs
    on what it is given at this call.
    """
    precision = None if submodel.graph.file else precision  # a saved model has policies of its own
    inner = types.inner.get(node.layer_name)
    if inner is None:
        declared = {
            entry.name: said_type(entry, type_) for entry, type_ in zip(submodel.graph.inputs, given, strict=True)
        }
        inner = infer_types(submodel.graph, declared, submodel.tree, precision)
        types.inner[node.layer_name] = inner
        types.problems += inner.problems
        types.weights[node.layer_name] = _weights_inside(submodel, inner)
    entries = submodel.graph.inputs
    taken = [inner.values[Value(entry.name)] for entry in entries]
    for entry, wanted, type_ in zip(entries, taken, given, strict=True):
        if not _fits(wanted, type_):
            message = f"`{submodel.written}` takes {wanted} as `{entry.name}`, and is given {type_}"
            if len(entries) == 1:
                message = f"`{submodel.written}` takes {wanted}, and is given {type_}"
            span = tree.span_at(node.path, key=True)
            advice = submodel.source.fitting(type_.shape)
            types.problems.append(UNFIT.problem(message, path=node.path, span=span, help=advice))
            return ()
    if inner.problems:
        return ()
    called = {
        entry.name: type_.with_dtype(want.dtype) for entry, want, type_ in zip(entries, taken, given, strict=True)
    }
    found = inner
    if called != dict(zip(called, taken, strict=True)):
        found = infer_types(submodel.graph, called, submodel.tree, precision)
        types.problems += found.problems
    results = [found.of(value) for value in submodel.graph.outputs.values()]
    return () if None in results else tuple(type_ for type_ in results if type_ is not None)


def said_type(entry: GraphInput, given: TensorType) -> TensorType:
    """The type that an input says, or else that of what it is given."""
    if entry.said is None:
        return given
    return TensorType((entry.said.batch_size, *input_shape(entry.said.shape)), entry.said.dtype)


def _fits(wanted: TensorType, given: TensorType) -> bool:
    sizes = zip(wanted.shape[1:], given.shape[1:], strict=False)
    return (
        wanted.rank == given.rank
        and not any(differ(a, b) for a, b in sizes)
        and (wanted.dtype == "string") == (given.dtype == "string")
    )


def _weights_inside(submodel: Submodel, inner: Types) -> tuple[Weight, ...]:
    """The weights of all layers inside a model, each once, named by the way to them."""
    return tuple(
        weight._replace(name=f"{layer}/{weight.name}", trainable=weight.trainable and submodel.trainable)
        for layer, weights in inner.weights.items()
        for weight in weights
    )


def _opens_sizes(node: Node, graph: Graph, types: Types) -> bool:
    """Whether a layer is given sizes that are open, behind the batch axis, where the inputs have none."""
    entries = [type_ for entry in graph.inputs if (type_ := types.of(Value(entry.name))) is not None]
    given = [types.values[value] for value in node.values]
    return all(are_known(type_.shape[1:]) for type_ in entries) and not all(are_known(x.shape[1:]) for x in given)


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
    changes: dict[str, Any] = {} if layer.dtype or layer.own_policy else {"dtype": precision}
    for name, value in layer.said.items():
        if isinstance(value, Layer):
            changes[name] = in_precision(value, precision)
        elif isinstance(value, tuple) and any(isinstance(item, Layer) for item in value):
            changes[name] = tuple(in_precision(item, precision) for item in value)
    return layer.model_copy(update=changes) if changes else layer


def to_problem(refusal: Refusal, layer: Layer, inputs: tuple[Argument, ...], path: Path, tree: Tree) -> Problem:
    """A layer's refusal at its place: the argument at fault where it was written, else the layer."""
    own = tree.nearest((*path, *refusal.way))[1]
    place = (*own, refusal.field) if refusal.field else own
    written = refusal.field is not None and tree.nearest(place)[1] == place
    return refusal.code.problem(
        f"`{refusal.subject or layer.written}` {refusal.message}",
        path=place if written else own,
        span=tree.span_at(place) if written else tree.span_at(own, key=True),
        notes=(*refusal.notes, *(() if refusal.way else input_note(refusal, inputs))),
        help=refusal.help,
    )


def _types_of(bound: Bound, types: Types) -> Argument:
    if isinstance(bound, Value):
        return types.values[bound]
    return tuple(types.values[value] for value in bound)


def _results(number: int) -> str:
    return "one result" if number == 1 else f"{number} results"
