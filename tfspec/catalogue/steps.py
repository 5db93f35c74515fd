"""One line of a model's layers: a layer, what it takes, and what its results are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeAlias, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from tfspec.diagnostics import nearest

from .declaration import Declaration
from .layers.layer import Layer
from .registry import find, words
from .strict import carried
from .thing import make_thing, name_and_arguments, thing_to_data

Source: TypeAlias = str | tuple[str, ...] | dict[str, str | tuple[str, ...]]
"""What `from` says: a name, several by position, or names by call argument."""

FLOW = ("from", "as", "call")
"""The keys of a layer that speak of the graph, not of the layer."""

SHARED: ContextVar[frozenset[str]] = ContextVar("SHARED", default=frozenset())
"""The names under `shared` in the spec that is read now: words of layers."""


@contextmanager
def knowing(shared: Iterable[str]) -> Iterator[None]:
    """Let the names of shared layers and models be words of layers for a while."""
    token = SHARED.set(frozenset(shared))
    try:
        yield
    finally:
        SHARED.reset(token)


class Shared(NamedTuple):
    """A use of a shared layer or model: by which word, and what this use is called."""

    written: str
    name: str | None = None


Callee: TypeAlias = Declaration | Shared
"""What a step calls: a layer, a model among layers, or something shared."""


class Step(NamedTuple):
    """A use of a layer in a model; a model among layers, and something shared, is used like a layer."""

    layer: Callee
    source: Source | None = None
    results: tuple[str, ...] = ()
    call: dict[str, Any] = {}  # noqa: RUF012 - never changed

    @property
    def word(self) -> str:
        """The name under which the spec wrote the layer."""
        return self.layer.written

    @property
    def name(self) -> str | None:
        """The name that the spec gives the layer."""
        name: str | None = getattr(self.layer, "name", None)
        return name

    def to_data(self) -> object:
        """The shortest way to write the step in a spec."""
        if isinstance(self.layer, Shared):
            layer: object = {self.word: {"name": self.name}} if self.name else self.word
        else:
            layer = thing_to_data(self.layer)
        said = (_plain(self.source), list(self.results), self.call)
        flow = {key: value for key, value in zip(FLOW, said, strict=True) if value}
        if not flow:
            return layer
        ((word, arguments),) = layer.items() if isinstance(layer, dict) else ((layer, {}),)
        return {word: {**cast("dict[str, object]", arguments), **flow}}


def make_step(value: object) -> Step:
    """The step that a spec's value says.

    Raises:
        ValidationError: Something is wrong with it; all of it is told.
        PydanticCustomError: The value is no layer at all.
    """
    if isinstance(value, Step):
        return value
    if isinstance(value, (str, Declaration)):
        return Step(_make_callee(value))
    name, arguments = name_and_arguments(Layer, value)
    if not isinstance(arguments, dict):
        return Step(make_callee(value))
    own = {key: argument for key, argument in arguments.items() if key not in FLOW}
    mistakes: list[InitErrorDetails] = []
    read: dict[str, Any] = {}
    for key, reader in (("from", _read_source), ("as", _read_results), ("call", _read_call)):
        if key in arguments:
            try:
                read[key] = reader(arguments[key])
            except PydanticCustomError as error:
                mistakes.append(InitErrorDetails(type=error, loc=(name, key), input=arguments[key]))
    try:
        layer = _make_callee(name, own)
    except ValidationError as error:
        mistakes += carried(error)
    if mistakes:
        raise ValidationError.from_exception_data("Step", mistakes)
    return Step(layer, read.get("from"), read.get("as", ()), read.get("call", {}))


def _make_callee(word: str | Declaration, arguments: dict[str, object] | None = None) -> Callee:
    """What a step calls, by its word, and by its arguments where the word stands with some, or with none of them."""
    if isinstance(word, str) and word in SHARED.get():
        return _make_shared(word, arguments or {})
    return make_callee(word if arguments is None else {word: arguments})


CALLED = ("layer", "model")
"""The families whose things can stand among layers."""


def make_callee(value: object) -> Declaration:
    """The layer or model that a spec's value says.

    Raises:
        ValidationError: Its arguments are wrong.
        PydanticCustomError: The value is neither.
    """
    if isinstance(value, Declaration):
        return value if value.family in CALLED else make_thing(Layer, value)
    if isinstance(value, str):
        return make_thing(_root(value), value)
    return make_thing(_root(name_and_arguments(Layer, value)[0]), value)


def _root(word: str) -> type[Declaration]:
    """The family that a word among layers is looked for in."""
    if find("layer", word) or not (find("model", word) or _is_nearly_model(word)):
        return Layer
    from .models import Model  # whose fields hold steps

    return Model


def _is_nearly_model(word: str) -> bool:
    """Whether a word that means nothing is most likely that of a model, misspelt."""
    return not nearest(word, words("layer")) and bool(nearest(word, words("model")))


def _make_shared(word: str, arguments: dict[str, object]) -> Shared:
    """A use of something shared, which takes no arguments but its name."""
    mistakes = [
        InitErrorDetails(type=_not_for_use(word), loc=(word, key), input=value)
        for key, value in arguments.items()
        if key != "name"
    ]
    name = arguments.get("name")
    if name is not None and (not isinstance(name, str) or not name):
        mistakes.append(InitErrorDetails(type=expected("a name"), loc=(word, "name"), input=name))
    if mistakes:
        raise ValidationError.from_exception_data("Shared", mistakes)
    return Shared(word, cast("str | None", name))


def _not_for_use(word: str) -> PydanticCustomError:
    """The mistake of an argument where something shared is used."""
    advice = f"say it under `shared`, where `{word}` is made: every use calls the same weights"
    context = {"message": "unknown key", "known": ["name", *FLOW], "help": advice, "owner": word, "noun": "argument"}
    return PydanticCustomError("unknown_key", "{message}", context)


def _read_source(value: object) -> Source:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, dict) and value and all(_is_name_or_names(item) for item in value.values()):
        return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    raise expected("a name, a list of names, or a mapping from call arguments to names")


def _read_results(value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if isinstance(names, (list, tuple)) and names and all(isinstance(name, str) and name for name in names):
        return tuple(names)
    raise expected("a list of names, one for each result")


def _read_call(value: object) -> dict[str, Any]:
    if isinstance(value, dict) and all(
        item is None or isinstance(item, (bool, int, float, str)) for item in value.values()
    ):
        return value
    raise expected("a mapping from call arguments to plain values")


def expected(what: str) -> PydanticCustomError:
    """The mistake of a value that is something else than `what`."""
    return PydanticCustomError("sizes", "{message}", {"message": f"must be {what}", "expected": what})


def _is_name_or_names(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, (list, tuple)) and bool(value) and all(isinstance(item, str) for item in value)
    )


def _plain(source: Source | None) -> object:
    if isinstance(source, tuple):
        return list(source)
    if isinstance(source, dict):
        return {key: list(item) if isinstance(item, tuple) else item for key, item in source.items()}
    return source
