"""One line of a model's layers: a layer, what it takes, and what its results are called."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from .layers.layer import Layer
from .strict import carried
from .thing import make_thing, name_and_arguments, thing_to_data

Source: TypeAlias = str | tuple[str, ...] | dict[str, str | tuple[str, ...]]
"""What `from` says: a name, several by position, or names by call argument."""

FLOW = ("from", "as", "call")
"""The keys of a layer that speak of the graph, not of the layer."""


class Step(NamedTuple):
    """A use of a layer in a model."""

    layer: Layer
    source: Source | None = None
    results: tuple[str, ...] = ()
    call: dict[str, Any] = {}  # noqa: RUF012 - never changed

    @property
    def word(self) -> str:
        """The name under which the spec wrote the layer."""
        return self.layer.written

    def to_data(self) -> object:
        """The shortest way to write the step in a spec."""
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
    if isinstance(value, (str, Layer)):
        return Step(make_thing(Layer, value))
    name, arguments = name_and_arguments(Layer, value)
    if not isinstance(arguments, dict):
        return Step(make_thing(Layer, {name: arguments}))
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
        layer = make_thing(Layer, {name: own})
    except ValidationError as error:
        mistakes += carried(error)
    if mistakes:
        raise ValidationError.from_exception_data("Step", mistakes)
    return Step(layer, read.get("from"), read.get("as", ()), read.get("call", {}))


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
