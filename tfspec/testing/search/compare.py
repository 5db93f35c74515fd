"""What tfspec says of a spec beside what Keras builds from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from tfspec.analysis import Analysis, analyze
from tfspec.analysis.types import Types, in_precision
from tfspec.catalogue.layers.layer import Layer
from tfspec.graph import Graph, Node, Submodel, Value
from tfspec.spec import Loadable, load
from tfspec.tensors import TensorType, is_float, policy, without_names
from tfspec.testing.running import WRONG_OUTPUT, opens_sizes

Doubts = dict[Value, str]
"""The values of which Keras's symbolic answer is not to be trusted: their `dtype`, or their `shape` too."""


class Disagreement(NamedTuple):
    """Something that tfspec says of a spec, and Keras's other answer."""

    what: str
    tfspec: str
    keras: str


class Part(NamedTuple):
    """A model that is compared: the whole, or one among its layers."""

    graph: Graph
    types: Types
    model: Any
    precision: str | None


def disagreements(source: Loadable) -> list[Disagreement]:
    """What Keras does otherwise than tfspec says, for a spec without errors.

    The model is built; its names, shapes, dtypes and weights are compared layer by layer, in the
    models among the layers too, then those of a real call, where all layers run on a CPU.
    """
    import keras

    from tfspec.backends.keras import build

    from .calling import real_disagreements

    keras.utils.clear_session(free_memory=False)  # a search of the whole memory for each spec is dear
    analysis = analyze(load(source))
    try:
        model = build(analysis.spec)
        outputs = model.outputs  # a chain has none where Keras failed on a layer and kept that to itself
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is its answer
        return [Disagreement("building", "no problem", said(error))]
    whole = Part(analysis.graph, analysis.types, model, analysis.spec.precision)
    doubts = doubtful(whole.graph, whole.types, whole.precision, {})
    found = [*_layers(whole, doubts), *_ends(analysis, model, outputs, doubts)]
    if not any(_is_misbuilt(node, doubts) for node in used(whole.graph)):
        found += _totals(analysis, model)
    return found or list(real_disagreements(analysis, whole))


def _ends(analysis: Analysis, model: Any, outputs: list[Any], doubts: Doubts) -> Iterator[Disagreement]:
    inputs = {row.name: (without_names(row.shape), row.dtype) for row in analysis.summary.inputs}
    theirs = {tensor.name: (tuple(tensor.shape), tensor.dtype) for tensor in model.inputs}
    yield from differ("inputs", inputs, theirs)
    names = list(analysis.graph.outputs)
    is_mapping = analysis.graph.structure == "mapping"
    by_name = model.output if is_mapping else dict(zip(names, outputs, strict=True))
    for row in analysis.summary.outputs:
        value, tensor = analysis.graph.outputs[row.name], by_name[row.name]
        yield from _type_differs(f"output `{row.name}`", TensorType(row.shape, row.dtype), tensor, doubts.get(value))


def _layers(part: Part, doubts: Doubts) -> Iterator[Disagreement]:
    """What differs in the layers of a model, and in the models among them."""
    import keras

    from .arguments import arguments_differ

    built = {layer.name: layer for layer in part.model.layers if not isinstance(layer, keras.layers.InputLayer)}
    needed = used(part.graph)
    yield from differ("layers", sorted({node.layer_name for node in needed}), sorted(built))
    calls: Counter[str] = Counter()
    for node in part.graph.nodes:
        call = calls[node.layer_name]
        calls[node.layer_name] += 1
        if node not in needed or node.layer_name not in built:
            continue
        layer = built[node.layer_name]
        yield from _results_differ(node, part, layer._inbound_nodes[call].output_tensors, doubts)  # noqa: SLF001 - the only way to the results of a second call
        if call:
            continue
        if isinstance(node.layer, Submodel):
            inner = Part(node.layer.graph, part.types.inner[node.layer_name], layer, part.precision)
            yield from _layers(inner, doubtful(inner.graph, inner.types, inner.precision, {}))
        elif not _is_misbuilt(node, doubts):
            yield from _weights_differ(node, part, layer)
            yield from arguments_differ(node.layer, layer)


def _is_misbuilt(node: Node, doubts: Doubts) -> bool:
    """Whether Keras makes the weights of a layer for a shape that is not to be trusted."""
    return "shape" in [doubts.get(value) for value in node.values]


def _results_differ(node: Node, part: Part, theirs: list[Any], doubts: Doubts) -> Iterator[Disagreement]:
    results = part.types.results(node)
    if len(theirs) != len(results):
        yield Disagreement(f"results of {node.kind} `{node.name}`", str(len(results)), str(len(theirs)))
        return
    order = list(range(len(results)))
    if isinstance(node.layer, Submodel) and node.layer.graph.structure == "mapping":
        order = sorted(order, key=list(node.layer.graph.outputs).__getitem__)  # as Keras flattens a mapping
    for index, tensor in zip(order, theirs, strict=True):
        doubt = doubts.get(Value(node.name, index))
        yield from _type_differs(f"result {index} of {node.kind} `{node.name}`", results[index], tensor, doubt)


def _weights_differ(node: Node, part: Part, layer: Any) -> Iterator[Disagreement]:
    name = node.layer_name
    weights = [
        (_uncounted(weight.path.split(f"{name}/", 1)[-1]), tuple(weight.shape), weight.trainable, weight.dtype)
        for weight in layer.weights
        if "seed_generator" not in weight.path
    ]
    ours = [(_uncounted(w.name), w.shape, w.trainable, w.dtype) for w in part.types.weights[name]]
    yield from differ(f"weights of {node.kind} `{name}`", ours, weights)


def used(graph: Graph) -> list[Node]:
    """The nodes that some output hangs on: Keras leaves the others out of a functional model."""
    if graph.kind == "sequential":
        return list(graph.nodes)
    needed = {value.maker for value in graph.outputs.values()}
    for node in reversed(graph.nodes):
        if node.name in needed:
            needed |= {value.maker for value in node.values}
    return [node for node in graph.nodes if node.name in needed]


def _totals(analysis: Analysis, model: Any) -> Iterator[Disagreement]:
    """What differs in the totals of the summary, without the layers that Keras leaves out."""
    graph, summary = analysis.graph, analysis.summary
    left_out = {node.layer_name for node in graph.nodes} - {node.layer_name for node in used(graph)}
    idle = [weight for name in left_out for weight in analysis.types.weights[name]]
    ours = summary.parameters - sum(weight.parameters for weight in idle)
    yield from differ("parameters", ours, model.count_params())
    ours = summary.trainable_parameters - sum(weight.parameters for weight in idle if weight.trainable)
    yield from differ("trainable parameters", ours, sum(w.shape.num_elements() for w in model.trainable_weights))


def doubtful(graph: Graph, types: Types, precision: str | None, given: Doubts) -> Doubts:
    """The values whose symbolic type in Keras is not to be trusted, with those of the inputs that are `given`."""
    found = dict(given)
    for node in graph.nodes:
        before = {value: found[value] for value in node.values if value in found}
        if isinstance(node.layer, Submodel):
            entries = zip(node.layer.graph.inputs, node.values, strict=True)
            inputs = {Value(entry.name): before[value] for entry, value in entries if value in before}
            inner = doubtful(node.layer.graph, types.inner[node.layer_name], precision, inputs)
            results = enumerate(node.layer.graph.outputs.values())
            found |= {Value(node.name, index): inner[value] for index, value in results if value in inner}
            continue
        layer = in_precision(node.layer, precision)
        casts = layer.autocast and is_float(policy(layer.dtype).compute)
        guessed = layer.keeps_dtype and not (casts and all(is_float(types.values[v].dtype) for v in node.values))
        for index in range(len(types.results(node))):
            if "shape" in before.values() or _is_misjudged(layer, index):
                found[Value(node.name, index)] = "shape"
            elif before or guessed:
                found[Value(node.name, index)] = "dtype"
    return found


def _is_misjudged(layer: Layer, index: int) -> bool:
    """Whether the shape that Keras says of a result is known to be wrong."""
    return opens_sizes(layer) or (index > 0 and type(layer).__name__ in WRONG_OUTPUT)


def _type_differs(what: str, ours: TensorType, theirs: Any, doubt: str | None) -> Iterator[Disagreement]:
    if doubt != "shape":
        yield from differ(f"shape of {what}", without_names(ours.shape), tuple(theirs.shape))
    if doubt is None:
        yield from differ(f"dtype of {what}", ours.dtype, theirs.dtype)


def differ(what: str, ours: Any, theirs: Any) -> Iterator[Disagreement]:
    """The disagreement of two answers, if there is one."""
    if ours != theirs:
        yield Disagreement(what, str(ours), str(theirs))


def said(error: Exception) -> str:
    """What an exception says, in a line."""
    plain = re.sub(r"\x1b\[\d*m", "", str(error))  # Keras prints in bold
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    return f"{type(error).__name__}: {' '.join(lines)[:600]}"


def _uncounted(name: str) -> str:
    """A weight's name without the numbers that Keras counts inner layers by."""
    return re.sub(r"_\d+(?=/)", "", name)
