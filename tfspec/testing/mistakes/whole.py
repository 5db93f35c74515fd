"""A right spec as mistakes see it: its data, its steps wherever they are written, and what is known of them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, cast

from tfspec.analysis import Analysis, analyze
from tfspec.catalogue import find
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Path
from tfspec.spec import load

Data: TypeAlias = dict[str, Any]

LISTS = ("layers", "then", "else")
"""The keys whose lists hold steps."""

MODELS = ("sequential", "functional")
"""The steps that hold steps of their own."""

SECTIONS = ("model", "shared", "blocks")
"""Where steps are written."""


class Found(NamedTuple):
    """A spec with one mistake: the problem's code, and the way to the value, or its key, at which it is told."""

    data: Data
    code: str
    place: Path
    is_key: bool = False
    path: Path | None = None
    """The way that the problem tells, where that is not the way to its place."""


Finder: TypeAlias = "Callable[[Whole], Iterator[Found]]"


class Step(NamedTuple):
    """An entry of a list of layers: its word, and what it says besides, if it is a mapping."""

    path: Path
    word: str
    said: Data | None

    @property
    def layer(self) -> type[Layer] | None:
        """The layer of the catalogue that it names; None for what the spec makes itself."""
        return cast("type[Layer] | None", find("layer", self.word))

    @property
    def place(self) -> Path:
        """The way to its word: the key of a mapping, or the entry itself."""
        return self.path if self.said is None else (*self.path, self.word)

    @property
    def is_key(self) -> bool:
        """Whether its word is a key."""
        return self.said is not None

    def saying(self, **more: Any) -> Data:
        """The entry with more arguments, or others; `from_` stands for `from`."""
        return {self.word: {**(self.said or {}), **{key.rstrip("_"): value for key, value in more.items()}}}


class Whole:
    """A right spec."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.kind: str = next(iter(data["model"]))
        self.model: Path = ("model", self.kind)
        self.layers: Path = (*self.model, "layers")

    @cached_property
    def analysis(self) -> Analysis:
        """What is known of it."""
        return analyze(load(self.data))

    @property
    def is_sequential(self) -> bool:
        """Whether its model is a chain."""
        return self.kind == "sequential"

    @cached_property
    def steps(self) -> list[Step]:
        """Every step, wherever it is written; `if`, `repeat` and models among layers hold steps and are none."""
        return [step for section in SECTIONS for step in _steps(self.data.get(section), (section,))]

    @property
    def calls(self) -> list[Step]:
        """The steps that name a layer of the catalogue."""
        return [step for step in self.steps if step.layer]

    @property
    def outer(self) -> list[Step]:
        """The steps that name a layer in the list of the model itself."""
        return [step for step in self.calls if step.path[:-1] == self.layers]

    @property
    def bare(self) -> Data:
        """The spec without what comes after the model."""
        return {key: value for key, value in self.data.items() if key not in ("compile", "fit", "callbacks")}

    @property
    def has_sources(self) -> bool:
        """Whether more inputs change nothing: the first step says what it takes, or can be told to."""
        return not self.is_sequential and bool(self._sourced())

    def at(self, path: Path) -> Any:
        """The value at a path."""
        return at(self.data, path)

    def with_(self, path: Path, value: Any, data: Data | None = None) -> Data:
        """The spec with another value at a path."""
        changed = copy.deepcopy(self.data if data is None else data)
        *way, last = path
        at(changed, tuple(way))[last] = value
        return changed

    def without(self, path: Path) -> Data:
        """The spec without what stands at a path."""
        changed = copy.deepcopy(self.data)
        *way, last = path
        del at(changed, tuple(way))[last]
        return changed

    def followed(self, *steps: Any, inputs: Data | None = None) -> tuple[Data, Path]:
        """The bare spec with steps behind the others, and more inputs; and the way to the last of the steps."""
        layers = [*(self._sourced() if inputs else self.at(self.layers)), *steps]
        changed = self.with_(self.layers, layers, self.bare)
        if inputs:
            at(changed, self.model)["inputs"].update(inputs)
        return changed, (*self.layers, len(layers) - 1)

    def _sourced(self) -> list[Any]:
        """The model's layers, of which the first says what it takes; none where it cannot be told to."""
        first, *rest = self.at(self.layers)
        ((word, said),) = first.items() if isinstance(first, dict) and len(first) == 1 else ((first, {}),)
        if not isinstance(word, str) or word == "repeat":
            return []
        (source, *_) = self.at((*self.model, "inputs"))
        return [{word: {"from": source, **said}}, *rest]


def by_name(*finders: Finder) -> dict[str, Finder]:
    """Mistakes by what they are called: their docstrings, as parts of a sentence."""
    texts = [(finder.__doc__ or "").rstrip(".") for finder in finders]
    return {text[:1].lower() + text[1:]: finder for text, finder in zip(texts, finders, strict=True)}


def at(data: Any, path: Path) -> Any:
    """The value at a path of plain data."""
    for key in path:
        data = data[key]
    return data


def _steps(value: Any, path: Path) -> Iterator[Step]:
    """The steps in a part of a spec."""
    if isinstance(value, list) and path[-1] in LISTS:
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield Step((*path, index), item, None)
            elif len(item) == 1 and "repeat" not in item:
                ((word, said),) = item.items()
                yield Step((*path, index), word, said)
                yield from _steps(said if word in MODELS else None, (*path, index, word))
            else:
                yield from _steps(item, (*path, index))
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _steps(child, (*path, key))
