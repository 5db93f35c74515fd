"""Arguments as Keras's calls have them, without their names: `l2(0.01)`, `Dense: 10`, `Dense: [10, relu]`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.examples import SAMPLES
from tfspec.catalogue.layers.order import After, Before, in_keras_order
from tfspec.catalogue.registry import family_of_word, find

from .advice import Line
from .python import from_python, parsed, plain, rejoined_list, solved

LAST = ("NamedLoss", "NamedMetric", "Stepping", "Seeded", "ScaledByFans", "Schedule")
"""The classes whose arguments Keras's calls take after those of the classes below."""

FIRST = "learning_rate"
"""The one that all optimizers take, and that comes first."""


class Call(NamedTuple):
    """A call of Keras: of what, with arguments that have no names, and those that have."""

    name: str
    values: list[Any]
    words: dict[str, Any]


def read_call(text: str) -> Call | None:
    """The call that a text is; None where it is none with plain values."""
    tree = parsed(text) if text.endswith(")") else None
    if not isinstance(tree, ast.Call):
        return None
    try:
        return Call(_name(tree.func), [_value(item) for item in tree.args], _words(tree))
    except (ValueError, RecursionError):  # an argument that is no plain value
        return None


def named(cls: type[Declaration], values: list[Any]) -> dict[str, Any] | None:
    """Arguments under the names that they have in a call of Keras; None where it takes fewer."""
    names = positions(cls)
    return dict(zip(names, values, strict=False)) if len(values) <= len(names) else None


def bare_arguments(cls: type[Declaration], arguments: object) -> dict[str, Any] | None:
    """Arguments that stand without their names, under the names that they most likely have; None for a guess."""
    for candidate in _candidates(cls, arguments):
        missing = lacking(cls, candidate)
        if missing is not None:
            return {**candidate, **missing}
    return None


def lacking(cls: type[Declaration], arguments: Line) -> dict[str, Any] | None:
    """Arguments that a thing needs besides these, with what an example has there; None where it refuses these."""
    said = {key: value for key, value in arguments.items() if key != "from" or "from" in cls.model_fields}
    try:
        cls.model_validate(solved(said))
    except ValidationError as error:
        found = error.errors(include_url=False)
        if any(each["type"] != "missing" for each in found):
            return None
        own = [str(each["loc"][0]) for each in found if len(each["loc"]) == 1]
        return {name: sample(cls, name) for name in own}
    return {}


def sample(cls: type[Declaration], argument: str) -> Any:
    """What an example has there, where the declaration says one; else `…`."""
    return cls.example.get(argument, SAMPLES.get(argument, "…"))


def positions(cls: type[Declaration]) -> list[str]:
    """The arguments in the order in which a call of Keras takes them without their names."""
    fields = cls.model_fields
    shared = [name for each in reversed(cls.__mro__) if each.__name__ in LAST for name in _own(each)]
    last = [name for name in shared if name in fields and name != FIRST and _is_unmarked(fields[name])]
    return list(in_keras_order(fields, tuple(last)))


def _own(cls: type) -> list[str]:
    """The names that a class itself annotates."""
    return list(vars(cls).get("__annotations__", ()))


def _is_unmarked(field: FieldInfo) -> bool:
    """Whether nothing about a field says that it stands elsewhere in a call."""
    return not field.is_required() and not any(isinstance(mark, (After, Before)) for mark in field.metadata)


def _candidates(cls: type[Declaration], arguments: object) -> Iterator[dict[str, Any]]:
    """What the arguments may mean: the first one as a whole, or one after the other."""
    names = positions(cls)
    if isinstance(arguments, (list, tuple)):
        values = [from_python(item) if isinstance(item, str) else item for item in rejoined_list(arguments)]
        if getattr(cls, "takes_list", False):
            yield {"from": values}
        if names and values:
            yield {names[0]: values}
        if values and (own := named(cls, values)):
            yield own
    elif names and not isinstance(arguments, Mapping):
        yield {names[0]: from_python(arguments) if isinstance(arguments, str) else arguments}


def _name(function: ast.expr) -> str:
    """What is called, without the module that it is in."""
    if isinstance(function, (ast.Attribute, ast.Name)):
        return function.attr if isinstance(function, ast.Attribute) else function.id
    raise ValueError("no name")


def _words(call: ast.Call) -> dict[str, Any]:
    if any(word.arg is None for word in call.keywords):
        raise ValueError("arguments that a mapping holds")
    return {str(word.arg): _value(word.value) for word in call.keywords}


def _value(node: ast.expr) -> Any:
    """An argument: a plain value, the name of a thing, or another call."""
    if isinstance(node, (ast.Call, ast.Attribute, ast.Name)):
        word = _name(node.func if isinstance(node, ast.Call) else node)
        if family_of_word(word) is None:
            raise ValueError("a name of Python's own")
        return _inner(node) if isinstance(node, ast.Call) else word
    return plain(node)


def _inner(call: ast.Call) -> Any:
    """A thing that is made inside of a call."""
    name = _name(call.func)
    cls = find(str(family_of_word(name)), name)
    own = named(cls, [_value(item) for item in call.args]) if cls else None
    if own is None:
        raise ValueError("more arguments than it takes")
    arguments = {**own, **_words(call)}
    return {name: arguments} if arguments else name
