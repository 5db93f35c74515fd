"""Strategies for wrong specs: a right one with one mistake, and the problem that it must cause."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, cast

from hypothesis import strategies as st

from tfspec.analysis import Analysis, analyze
from tfspec.catalogue import find
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Path
from tfspec.graph import Node
from tfspec.spec import load
from tfspec.tensors import is_float

Data = dict[str, Any]


class Broken(NamedTuple):
    """A wrong spec, and what `check` must say of it: this code at this path, and no other error."""

    name: str
    data: Data
    code: str
    path: Path


def broken(spec: Data) -> st.SearchStrategy[Broken]:
    """A right spec with one mistake in it.

    >>> broken({"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["ELU"]}}}).example()
    Broken(name='a misspelt layer', data={...}, code='TS204', path=('model', 'sequential', 'layers', 0))
    """
    kinds: dict[str, list[Broken]] = {}
    for mistake in mistakes(spec):
        kinds.setdefault(mistake.name, []).append(mistake)
    return st.sampled_from(list(kinds.values())).flatmap(st.sampled_from)


@st.composite
def broken_specs(draw: st.DrawFn) -> Broken:
    """Wrong specs: any right spec, with one mistake in it."""
    from .models import specs

    return draw(broken(draw(specs(plain=True))))


def mistakes(spec: Data) -> Iterator[Broken]:
    """Every mistake that can be put into a right spec."""
    analysis = analyze(load(spec))
    for mistake in MISTAKES:
        for changed, code, path in mistake(copy.deepcopy(spec), analysis):
            name = cast("str", mistake.__doc__).rstrip(".")
            yield Broken(name[0].lower() + name[1:], changed, code, path)


Found = Iterator[tuple[Data, str, Path]]


def _unknown_section(spec: Data, _: Analysis) -> Found:
    """A section that is not known."""
    yield {**spec, "optimiser": "adam"}, "TS201", ("optimiser",)


def _other_version(spec: Data, _: Analysis) -> Found:
    """A version of the language that is to come."""
    yield {**spec, "tfspec": 2}, "TS203", ("tfspec",)


def _misspelt_argument(spec: Data, analysis: Analysis) -> Found:
    """A misspelt argument."""
    for node, arguments, path in _written(spec, analysis):
        for key in [key for key in arguments if _is_optional(node.layer, key)]:
            wrong = f"{key}_s"
            yield (
                _with(spec, path, {wrong if name == key else name: arguments[name] for name in arguments}),
                "TS201",
                (
                    *path,
                    wrong,
                ),
            )


def _missing_argument(spec: Data, analysis: Analysis) -> Found:
    """A required argument left out."""
    for node, arguments, path in _written(spec, analysis):
        needed = [name for name, field in type(node.layer).model_fields.items() if field.is_required()]
        for key in needed:
            rest = {name: value for name, value in arguments.items() if name != key}
            yield _with(spec, path, rest), "TS202", path


def _wrong_value(spec: Data, analysis: Analysis) -> Found:
    """A text where a whole number belongs."""
    for node, arguments, path in _written(spec, analysis):
        properties = type(node.layer).model_json_schema()["properties"]
        for key in arguments:
            if properties.get(key, {}).get("type") == "integer":
                yield _with(spec, (*path, key), "many"), "TS203", (*path, key)


def _misspelt_layer(spec: Data, analysis: Analysis) -> Found:
    """A misspelt layer."""
    layers = _layers(analysis)
    for index, step in enumerate(_at(spec, layers)):
        word, arguments = (step, None) if isinstance(step, str) else next(iter(step.items()))
        wrong = f"{word}ed"
        if find("layer", wrong) is None:
            yield (
                _with(spec, (*layers, index), wrong if arguments is None else {wrong: arguments}),
                "TS204",
                (
                    *layers,
                    index,
                ),
            )


def _too_large_window(spec: Data, analysis: Analysis) -> Found:
    """A window longer than its axis."""
    for node, arguments, path in _written(spec, analysis):
        layer: Any = node.layer
        is_window = getattr(layer, "padding", None) == "valid" and not hasattr(layer, "output_padding")
        for key in ("kernel_size", "pool_size"):
            if is_window and key in arguments and _sizes_known(node, analysis) and not hasattr(layer, "states"):
                yield _with(spec, (*path, key), 999), "TS412", path


def _from_nobody(spec: Data, analysis: Analysis) -> Found:
    """A `from` that names nobody."""
    if analysis.graph.kind == "functional":
        for _, arguments, path in _written(spec, analysis):
            if isinstance(arguments.get("from"), str):
                yield _with(spec, (*path, "from"), "nobody"), "TS302", (*path, "from")


def _output_of_nobody(spec: Data, analysis: Analysis) -> Found:
    """An output that names nobody."""
    if analysis.graph.kind == "functional" and "compile" not in spec:
        path: Path = ("model", "functional", "outputs")
        yield _with(spec, path, "nobody"), "TS302", path


def _twice_the_same_name(spec: Data, analysis: Analysis) -> Found:
    """Two layers of one name."""
    if analysis.graph.kind == "sequential":
        written = list(_written(spec, analysis))
        for (_, first, there), (_, second, path) in pairwise(written):
            changed = _with(spec, there, {**first, "name": "twin"})
            yield _with(changed, path, {**second, "name": "twin"}), "TS301", (*path, "name")


def _unknown_call_argument(spec: Data, analysis: Analysis) -> Found:
    """A call argument that the layer does not take."""
    for _, arguments, path in _written(spec, analysis):
        yield _with(spec, path, {**arguments, "call": {"trainning": True}}), "TS305", (*path, "call", "trainning")


def _mismatching_merge(spec: Data, analysis: Analysis) -> Found:
    """A merge of two sizes."""
    if analysis.graph.kind == "functional":
        inputs = {**spec["model"]["functional"]["inputs"], "one": {"shape": [3]}, "other": {"shape": [4]}}
        changed = _with(spec, ("model", "functional", "inputs"), inputs)
        layers = [*spec["model"]["functional"]["layers"], {"Add": {"from": ["one", "other"]}}]
        path = ("model", "functional", "layers", len(layers) - 1, "Add")
        if "compile" not in spec and len(inputs) > 3:  # noqa: PLR2004 - else the layers after `x` must say that they take it
            yield _with(changed, _layers(analysis), layers), "TS413", path


def _wrong_head(spec: Data, analysis: Analysis) -> Found:
    """Logits where the loss expects probabilities."""
    (output,) = analysis.summary.outputs if len(analysis.summary.outputs) == 1 else (None,)
    if analysis.graph.kind == "sequential" and output and len(output.shape) > 1 and isinstance(output.shape[-1], int):
        layers = [*spec["model"]["sequential"]["layers"], {"Dense": {"units": 3}}]
        if is_float(output.dtype):
            changed = {**_with(spec, _layers(analysis), layers), "compile": {"loss": "categorical_crossentropy"}}
            yield changed, "TS440", ("compile", "loss")


def _misspelt_loss(spec: Data, _: Analysis) -> Found:
    """A misspelt loss."""
    yield {**spec, "compile": {"loss": "mean_squared_errors"}}, "TS204", ("compile", "loss")


def _misspelt_optimizer(spec: Data, _: Analysis) -> Found:
    """A misspelt optimizer."""
    yield {**spec, "compile": {**spec.get("compile", {}), "optimizer": "adamm"}}, "TS204", ("compile", "optimizer")


def _unknown_monitor(spec: Data, _: Analysis) -> Found:
    """A callback that watches what nothing produces."""
    if "compile" in spec:
        path: Path = ("callbacks", 0, "EarlyStopping", "monitor")
        yield {**spec, "callbacks": [{"EarlyStopping": {"monitor": "val_nothing"}}]}, "TS450", path


def _loss_of_nobody(spec: Data, _: Analysis) -> Found:
    """A loss for an output that is not there."""
    yield {**spec, "compile": {"loss": {"nobody": "mse"}}}, "TS430", ("compile", "loss", "nobody")


MISTAKES: tuple[Callable[[Data, Analysis], Found], ...] = (
    _unknown_section,
    _other_version,
    _misspelt_layer,
    _misspelt_argument,
    _missing_argument,
    _wrong_value,
    _too_large_window,
    _from_nobody,
    _output_of_nobody,
    _twice_the_same_name,
    _unknown_call_argument,
    _mismatching_merge,
    _wrong_head,
    _misspelt_loss,
    _misspelt_optimizer,
    _unknown_monitor,
    _loss_of_nobody,
)


def _layers(analysis: Analysis) -> Path:
    return ("model", analysis.graph.kind, "layers")


def _written(spec: Data, analysis: Analysis) -> Iterator[tuple[Any, Data, Path]]:
    """The layers that are written with arguments: the node, the arguments, and the way to them."""
    layers = _layers(analysis)
    for index, (step, node) in enumerate(zip(_at(spec, layers), analysis.graph.nodes, strict=False)):
        if isinstance(step, dict) and isinstance(node.layer, Layer) and node.layer_name == node.name:
            ((word, arguments),) = step.items()
            yield node, arguments, (*layers, index, word)


def _is_optional(layer: Layer, key: str) -> bool:
    field = type(layer).model_fields.get(key)
    return field is not None and not field.is_required()


def _sizes_known(node: Node, analysis: Analysis) -> bool:
    return all(isinstance(size, int) for size in analysis.types.values[node.values[0]].shape[1:])


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _with(spec: Data, path: Path, value: Any) -> Data:
    """The spec with another value at a path."""
    changed = copy.deepcopy(spec)
    *way, last = path
    _at(changed, tuple(way))[last] = value
    return changed
