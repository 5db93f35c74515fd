"""What tfspec says of a spec beside what a real call of its model gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tfspec.analysis import Analysis
from tfspec.analysis.types import Types, in_precision, infer_types
from tfspec.graph import Graph, Submodel, Value
from tfspec.tensors import TensorType
from tfspec.testing.data import make_batch
from tfspec.testing.running import layers_of, obstacle, opens_sizes

from .compare import Disagreement, Part, differ, said, used

OF_THE_DATA = re.compile(
    r"is not in \[0, \d+\)|Input values must be in the range|not in vocabulary|must be non-negative"
)
"""Failures of numbers, not of shapes: a number that no row of an `Embedding` has."""

OF_OPEN_SIZES = re.compile(r"Incompatible shapes")
"""Failures of sizes that are only known when the model runs, behind layers that leave them open."""


def real_disagreements(analysis: Analysis, whole: Part) -> Iterator[Disagreement]:
    """What a real call gives otherwise, in use and in training, where all layers run on a CPU."""
    if not runs(whole.graph, whole.types, whole.precision):
        return
    try:
        batch = make_batch(analysis, 0)
    except ValueError:
        return
    types = {name: TensorType(tuple(array.shape), analysis.inputs[name].dtype) for name, array in batch.inputs.items()}
    known = infer_types(analysis.graph, types, analysis.spec.tree, analysis.spec.precision).values
    loose = _behind_crops(whole)
    for training in (False, True):
        try:
            outputs = whole.model(as_fed(batch.inputs), training=training)
            by_value = _results(analysis, whole.model, batch.inputs, training=training)
        except Exception as error:  # noqa: BLE001 - whatever it raises is Keras's answer
            if not OF_THE_DATA.search(str(error)) and not (loose and OF_OPEN_SIZES.search(str(error))):
                yield Disagreement(f"a real call with training={training}", "no problem", said(error))
            return
        named = {analysis.graph.outputs[name]: tensor for name, tensor in _by_name(analysis, outputs).items()}
        for what, tensors in (("real output of", named), ("real result of", by_value)):
            for value, tensor in tensors.items():
                yield from _real_differs(f"{what} `{value.maker}`", known[value], tensor, is_loose=value in loose)


def _behind_crops(whole: Part) -> set[Value]:
    """The values behind layers that do nothing outside of training, where they do not even cast."""
    found: set[Value] = set()
    for node in whole.graph.nodes:
        opens = any(map(opens_sizes, layers_of(node.layer.graph) if isinstance(node.layer, Submodel) else [node.layer]))
        if opens or not found.isdisjoint(node.values):
            found |= {Value(node.name, index) for index in range(len(whole.types.results(node)))}
    return found


def runs(graph: Graph, types: Types, precision: str | None) -> bool:
    """Whether all layers run on a CPU as they are."""
    for node in graph.nodes:
        if isinstance(node.layer, Submodel):
            if not runs(node.layer.graph, types.inner[node.layer_name], precision):
                return False
        elif obstacle(in_precision(node.layer, precision), [types.values[value] for value in node.values]):
            return False
    return True


def _by_name(analysis: Analysis, outputs: Any) -> dict[str, Any]:
    names = list(analysis.graph.outputs)
    if isinstance(outputs, dict):
        return outputs
    return dict(zip(names, outputs if isinstance(outputs, (list, tuple)) else [outputs], strict=True))


def as_fed(values: Mapping[str, Any]) -> Any:
    """Values as a Keras model of a spec takes them: alone, or by name where there are several.

    Texts become tensors, and all beside them, since a call takes no mixture: a model can be called with arrays
    of texts, but `fit` and `predict` refuse those.
    """
    has_texts = any(value.dtype.kind == "O" for value in values.values())
    fed = {name: _as_tensor(value) for name, value in values.items()} if has_texts else values
    return next(iter(fed.values())) if len(fed) == 1 else fed


def _as_tensor(array: Any) -> Any:
    import keras

    return keras.ops.convert_to_tensor(array, dtype="string" if array.dtype.kind == "O" else None)


def _results(analysis: Analysis, model: Any, inputs: dict[str, Any], *, training: bool) -> dict[Value, Any]:
    """What each layer gives, one after the other."""
    import keras

    from tfspec.backends.keras.model import call

    given: dict[Value, Any] = {
        Value(name): keras.ops.convert_to_tensor(array, dtype=analysis.inputs[name].dtype)
        for name, array in inputs.items()
    }
    found: dict[Value, Any] = {}
    for node in used(analysis.graph):
        keywords = {**node.call, "training": training}  # which has the last word in Keras
        results = call(model.get_layer(node.layer_name), node._replace(call=keywords), {**given, **found})
        flat = list(results.values()) if isinstance(results, dict) else keras.tree.flatten(results)
        found |= {Value(node.name, index): result for index, result in enumerate(flat)}
    return found


def _real_differs(what: str, ours: TensorType, theirs: Any, *, is_loose: bool) -> Iterator[Disagreement]:
    import keras

    shape = tuple(theirs.shape)
    fits = len(shape) == len(ours.shape) and all(a is None or a == b for a, b in zip(ours.shape, shape, strict=True))
    if not fits:
        yield Disagreement(f"shape of {what}", str(tuple(ours.shape)), str(shape))
    if not is_loose:
        yield from differ(f"dtype of {what}", ours.dtype, keras.backend.standardize_dtype(theirs.dtype))
