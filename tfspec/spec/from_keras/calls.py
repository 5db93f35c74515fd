"""The uses of layers in a functional model: what each takes, and what it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tfspec.catalogue import find
from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType

from .cannot_say import CannotSayError
from .things import Arguments, Config


class Result(NamedTuple):
    """Tensor number `index` of what use number `use` of a layer gives."""

    layer: str
    use: int = 0
    index: int = 0  # type: ignore[assignment] # hides the method of tuples, which nobody needs here


class Call(NamedTuple):
    """A use: the results that it takes, by position or by name, and the rest of its arguments."""

    positional: tuple[Any, ...]
    named: dict[str, Any]
    plain: dict[str, object]

    @property
    def needed(self) -> list[Result]:
        """Every result that it takes."""
        return list(results_in([self.positional, self.named]))


def results_in(value: object) -> Iterator[Result]:
    """All results in a structure, in order."""
    if isinstance(value, Result):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from results_in(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from results_in(each)


def read_call(node: Config, types: dict[Result, TensorType], operations: set[str]) -> Call:
    """A use of a layer, from one of its `inbound_nodes`; the types of what it takes are put into `types`.

    Masks that `operations` compute are left out: Keras makes them itself, from a layer such as `Embedding`.
    """
    args = [_read(each, types) for each in node["args"]]
    while args and args[-1] is None:
        args.pop()
    kwargs = {key: _read(value, types) for key, value in node["kwargs"].items()}
    named = {key: value for key, value in kwargs.items() if any(results_in(value))}
    rest = {key: value for key, value in kwargs.items() if key not in named and value is not None}
    masks = {key for key, value in named.items() if key.endswith("mask") and _makers(value) <= operations}
    return Call(tuple(args), {key: value for key, value in named.items() if key not in masks}, rest)


def _makers(value: object) -> set[str]:
    return {result.layer for result in results_in(value)}


def _read(value: object, types: dict[Result, TensorType]) -> Any:
    if isinstance(value, list):
        return [_read(each, types) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "__keras_tensor__":
        config = value["config"]
        result = Result(*config["keras_history"])
        types[result] = TensorType(tuple(config["shape"]), config["dtype"])
        return result
    if value.get("class_name") == "__tuple__":
        return [_read(each, types) for each in value["items"]]
    return {key: _read(each, types) for key, each in value.items()}


def bound(call: Call, word: str) -> tuple[list[Any], dict[str, Any]]:
    """What a layer takes, as `from` says it: by position alone, or by name.

    Raises:
        CannotSayError: It takes something that a spec cannot give.
    """
    cls = layer_class(word)
    parameters = call_signature(cls).parameters.values()
    ports = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
    is_open = cls.takes_list or any(each.kind is each.VAR_POSITIONAL for each in parameters)
    positional = list(call.positional)
    if is_open and len(positional) == 1 and isinstance(positional[0], list):
        positional = positional[0]
    if not call.named and all(isinstance(each, Result) for each in positional):
        return positional, {}
    named = {**dict(zip(ports, positional, strict=False)), **call.named}
    named = {key: _flat(value) for key, value in named.items() if value is not None}
    for key, value in named.items():
        taken = value if isinstance(value, list) else [value]
        if key not in ports or is_open or not all(isinstance(each, Result) for each in taken):
            raise CannotSayError(f"`{word}` is called with a `{key}` that a spec cannot say")
    return [], named


def _flat(value: Any) -> Any:
    """What is taken under a name, without the lists in a list: a stack of cells has its states one after the other."""
    if not isinstance(value, list):
        return value
    return [inner for each in value for inner in (_flat(each) if isinstance(each, list) else [each])]


def plain_arguments(call: Call, word: str | None) -> Arguments:
    """What stands under `call`: the arguments that are no tensors, without their defaults."""
    parameters = call_signature(layer_class(word)).parameters if word else {}
    said: Arguments = {}
    for key, value in call.plain.items():
        parameter = parameters.get(key)
        if key == "training":
            said[key] = value
        elif parameter is None or parameter.kind is not parameter.KEYWORD_ONLY:
            raise CannotSayError(f"`{word or 'a model'}` is called with `{key}: {value}`, which a spec cannot say")
        elif value != parameter.default:
            said[key] = value
    return said


def count_results(word: str, arguments: Arguments, call: Call, types: dict[Result, TensorType]) -> int:
    """How many tensors a layer gives; one where its declaration refuses what it takes, as the analysis will tell."""
    positional, named = bound(call, word)
    try:
        layer = layer_class(word).model_validate(arguments)
        outputs = layer.apply(
            *(types[each] for each in positional),
            **{key: _types(each, types) for key, each in named.items()},
            **plain_arguments(call, word),
        )
    except Refusal:
        return 1
    return 1 if isinstance(outputs, TensorType) else len(outputs)


def _types(value: Result | list[Result], types: dict[Result, TensorType]) -> Any:
    return tuple(types[each] for each in value) if isinstance(value, list) else types[value]


def layer_class(word: str) -> type[Layer]:
    """The declaration of a layer that is known to have one."""
    cls = find("layer", word)
    assert cls is not None  # noqa: S101 - the word comes from it
    assert issubclass(cls, Layer)  # noqa: S101 - the family says so
    return cls
