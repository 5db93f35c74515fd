"""Mistakes of shapes and dtypes: layers that do not take what reaches them, and results that nobody names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from tfspec.analysis.types import in_precision
from tfspec.catalogue import find
from tfspec.catalogue.layers.inner import check_stands_alone
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Path, Refusal
from tfspec.graph import Node
from tfspec.tensors import TensorType, are_known

from .whole import Data, Finder, Found, Step, Whole, by_name

IMAGE, SEQUENCE, VECTOR = {"shape": [6, 6, 3]}, {"shape": [5, 3]}, {"shape": [4]}


class Misfit(NamedTuple):
    """A layer that refuses certain inputs, and where that is told: at an argument, or at the layer itself."""

    code: str
    inputs: Data
    layer: Data
    way: Path = ()

    @property
    def word(self) -> str:
        """The name of the layer."""
        return next(iter(self.layer))

    def found(self, whole: Whole) -> Iterator[Found]:
        """The spec with that layer at its end: a graph gets inputs for it, a chain must give what it refuses."""
        if whole.is_sequential:
            if self._is_refused(whole):
                changed, path = whole.followed(self.layer)
                yield self._at(changed, path)
        elif whole.has_sources:
            step = self.layer
            if "from" not in step[self.word]:
                (source,) = self.inputs
                step = {self.word: {**step[self.word], "from": source}}
            changed, path = whole.followed(step, inputs=self.inputs)
            yield self._at(changed, path)

    def _at(self, changed: Data, path: Path) -> Found:
        return Found(changed, self.code, (*path, self.word, *self.way), is_key=not self.way)

    def _is_refused(self, whole: Whole) -> bool:
        """Whether the declaration refuses what a chain gives, for the same reason."""
        cls, said = cast("type[Layer]", find("layer", self.word)), self.layer[self.word]
        outputs = list(whole.analysis.graph.outputs.values())
        given = whole.analysis.types.of(outputs[0]) if outputs else None
        if given is None or "from" in said or "as" in said:
            return False
        try:
            layer = in_precision(cls.model_validate(said), whole.data.get("precision"))
            check_stands_alone(layer)
            layer.apply(given)
            list(layer.built_weights(given))
        except Refusal as refusal:
            return refusal.code.id == self.code and (not self.way or refusal.field == self.way[0])
        except ValidationError:
            return False
        return False


def _two(one: list[int | None], other: list[int | None]) -> Data:
    return {"one": {"shape": one}, "other": {"shape": other}}


MISFITS: dict[str, Misfit] = {
    "an image without channels": Misfit(
        "TS410", {"one": {"shape": [5, 5]}}, {"Conv2D": {"filters": 2, "kernel_size": 1}}
    ),
    "features of which nobody knows how many": Misfit("TS411", {"one": {"shape": [None]}}, {"Dense": {"units": 2}}),
    "a window longer than a short axis": Misfit("TS412", {"one": SEQUENCE}, {"MaxPooling1D": {"pool_size": 9}}),
    "a merge of two sizes": Misfit("TS413", _two([3], [4]), {"Add": {"from": ["one", "other"]}}),
    "a target shape of another size": Misfit(
        "TS414", {"one": VECTOR}, {"Reshape": {"target_shape": [5, 97]}}, ("target_shape",)
    ),
    "texts where numbers belong": Misfit("TS415", {"one": {**VECTOR, "dtype": "string"}}, {"Dense": {"units": 2}}),
    "whole numbers where floating-point numbers belong": Misfit(
        "TS415", {"one": {**SEQUENCE, "dtype": "int32"}}, {"Conv1D": {"filters": 2, "kernel_size": 1}}
    ),
    "an activation that halves the features": Misfit(
        "TS416", {"one": VECTOR}, {"Dense": {"units": 4, "activation": "glu"}}, ("activation",)
    ),
    "a wrapper around a layer that it cannot wrap": Misfit(
        "TS417", {"one": SEQUENCE}, {"Bidirectional": {"layer": {"Dense": {"units": 2}}}}, ("layer",)
    ),
    "a padding with which the layer cannot run": Misfit(
        "TS418",
        {"one": IMAGE},
        {"Conv2DTranspose": {"filters": 2, "kernel_size": 2, "strides": 2, "padding": "same", "output_padding": 0}},
        ("output_padding",),
    ),
    "strides with a dilation": Misfit(
        "TS419",
        {"one": SEQUENCE},
        {"Conv1D": {"filters": 2, "kernel_size": 1, "strides": 2, "dilation_rate": 2}},
        ("dilation_rate",),
    ),
    "an axis that the tensor does not have": Misfit(
        "TS420", {"one": VECTOR}, {"LayerNormalization": {"axis": 7}}, ("axis",)
    ),
    "three tensors where two belong": Misfit("TS421", _two([3], [3]), {"Subtract": {"from": ["one", "other", "one"]}}),
    "tensors that cannot stand behind each other": Misfit(
        "TS422", _two([4, 2], [5, 2]), {"Concatenate": {"from": ["one", "other"]}}
    ),
    "a query and a value that do not fit together": Misfit(
        "TS423", _two([4, 2], [5, 3]), {"Attention": {"from": ["one", "other"]}}
    ),
    "a state of another size": Misfit(
        "TS424",
        _two([4, 2], [5]),
        {"GRU": {"units": 3, "dtype": "float32", "from": {"sequence": "one", "initial_state": ["other"]}}},
    ),
    "a vocabulary that is not there": Misfit(
        "TS427",
        {"one": {**VECTOR, "dtype": "string"}},
        {"StringLookup": {"vocabulary": "no-such-file.txt"}},
        ("vocabulary",),
    ),
    "a policy that the layer cannot have": Misfit(
        "TS428",
        {"one": SEQUENCE},
        {"Conv1D": {"filters": 2, "kernel_size": 1, "dtype": "int8_from_float32"}},
        ("dtype",),
    ),
    "an input that the layer does not cast": Misfit(
        "TS429",
        {"one": SEQUENCE},
        {"Conv1D": {"filters": 2, "kernel_size": 1, "dtype": "mixed_float16", "autocast": False}},
        ("autocast",),
    ),
    "several results without names": Misfit(
        "TS401", {"one": SEQUENCE}, {"GRU": {"units": 2, "dtype": "float32", "return_state": True}}
    ),
    "more names than results": Misfit(
        "TS402", {"one": SEQUENCE}, {"GRU": {"units": 2, "dtype": "float32", "as": ["one_result", "another"]}}, ("as",)
    ),
}


def too_large_window(whole: Whole) -> Iterator[Found]:
    """A window longer than its axis."""
    for step, node in _made(whole):
        layer: Any = node.layer
        is_window = getattr(layer, "padding", None) == "valid" and not hasattr(layer, "output_padding")
        for key in ("kernel_size", "pool_size"):
            if is_window and key in (step.said or {}) and not hasattr(layer, "states"):
                given = whole.analysis.types.of(node.values[0])
                if given is not None and are_known(given.shape[1:]):
                    yield Found(whole.with_((*step.place, key), 999), "TS412", step.place, is_key=True)


def mismatching_merge(whole: Whole) -> Iterator[Found]:
    """A merge of tensors that are there, and do not fit together."""
    if not whole.is_sequential:
        named = [*whole.at((*whole.model, "inputs")), *(name for step in whole.outer if (name := _name(step)))]
        values = {value.maker: type_ for value, type_ in whole.analysis.types.values.items() if not value.index}
        for one in named:
            for other in named:
                if _differ(values.get(one), values.get(other)):
                    changed, path = whole.followed({"Multiply": {"from": [one, other]}})
                    yield Found(changed, "TS413", (*path, "Multiply"), is_key=True)


def no_shape(whole: Whole) -> Iterator[Found]:
    """An input whose shape nobody says."""
    if whole.is_sequential:
        place = (*whole.model, "input")
        yield Found(whole.without(place), "TS403", whole.model, is_key=True, path=place)
    else:
        for name in whole.at((*whole.model, "inputs")):
            place = (*whole.model, "inputs", name)
            yield Found(whole.with_(place, None), "TS403", place, is_key=True)


def shared_by_two_sizes(whole: Whole) -> Iterator[Found]:
    """A shared layer for tensors of two sizes."""
    if whole.has_sources:
        first, second = {"both": {"from": "one", "name": "left"}}, {"both": {"from": "other", "name": "right"}}
        changed, path = whole.followed(first, second, inputs=_two([3], [4]))
        changed["shared"] = {**changed.get("shared", {}), "both": {"Dense": {"units": 2}}}
        yield Found(changed, "TS404", (*path, "both"), is_key=True)


def _made(whole: Whole) -> Iterator[tuple[Step, Node]]:
    """The steps of the model that are written out as they are, and what became of them."""
    nodes = {node.path: node for node in whole.analysis.graph.nodes}
    if not {"blocks", "vars"} & set(whole.data) and "repeat" not in str(whole.data):
        yield from ((step, nodes[step.place]) for step in whole.outer if step.said and step.place in nodes)


def _name(step: Step) -> str | None:
    """The name that a step gives itself, if it is no computed one."""
    name: str | None = (step.said or {}).get("name")
    return None if name is None or "${" in name else name


def _differ(one: TensorType | None, other: TensorType | None) -> bool:
    """Whether two tensors cannot be multiplied: along the last axis both have sizes, none of them 1."""
    if one is None or other is None or one.rank != other.rank or one.dtype != other.dtype or one.dtype == "string":
        return False
    sizes = (one.last, other.last)
    return one.rank > 1 and are_known(sizes) and 1 not in sizes and sizes[0] != sizes[1]


MISTAKES: dict[str, Finder] = {
    **{name: misfit.found for name, misfit in MISFITS.items()},
    **by_name(too_large_window, mismatching_merge, no_shape, shared_by_two_sizes),
}
