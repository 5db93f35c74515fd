"""What a value of a spec means: things with all their arguments, whatever was left out and whichever word was used."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from tfspec.catalogue import Declaration, Strict, thing_to_data
from tfspec.catalogue.layers.vocabulary import FromFile
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.steps import FLOW, Shared, Step


class Change(NamedTuple):
    """A setting with its value in either spec; None where it has none."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Meant:
    """A thing, or a section of a spec, with all its arguments; `written` is what the spec says of it."""

    word: str
    arguments: dict[str, Any]
    written: object = field(compare=False, repr=False)


def meaning(value: Any) -> Any:
    """A value with its defaults written out; two that mean the same are equal."""
    if isinstance(value, Declaration):
        return _thing(value)
    if isinstance(value, Strict):
        return Meant("", arguments_of(value), value.model_dump(mode="json", exclude_unset=True, by_alias=True))
    if isinstance(value, Step):
        flow = dict(zip(FLOW, (value.source, value.results, value.call), strict=True))
        return Meant("", {"layer": meaning(value.layer), **flow}, value.to_data())
    if isinstance(value, Shared):
        return Meant(value.written, {"name": value.name}, value.written)
    if isinstance(value, dict):
        return {key: meaning(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)) and not isinstance(value, FromFile):
        return [meaning(item) for item in value]
    return value


def _thing(thing: Declaration) -> Meant | None:
    """A thing with all its arguments; the activation that changes nothing is none."""
    if thing.family == "activation" and thing.spelling() == "linear":
        return None
    arguments = arguments_of(thing)
    if isinstance(thing, Metric):
        arguments["name"] = thing.history_name
    return Meant(thing.spelling(), arguments, thing_to_data(thing))


def arguments_of(thing: Strict) -> dict[str, Any]:
    """All arguments of a thing by name, those that were left out with their defaults."""
    said = thing.model_fields_set
    fields = type(thing).model_fields.items()
    return {
        entry.alias or name: meaning(getattr(thing, name)) if name in said else _default(type(thing), name)
        for name, entry in fields
    }


@cache
def _default(cls: type[Strict], name: str) -> Any:
    """What an argument means that is left out."""
    value = cls.model_fields[name].get_default(call_default_factory=True)
    if isinstance(value, str):
        from tfspec.catalogue.thing import make_default

        value = make_default(cls, name, value)  # type: ignore[arg-type] # a section of a spec has fields as well
    return meaning(value)


def changes(before: Any, after: Any, path: str = "") -> list[Change]:
    """The innermost values that are different, with the way to them."""
    if isinstance(before, Meant) and isinstance(after, Meant) and before.word == after.word:
        path = f"{path}.{before.word}" if before.word and before.arguments else path
        return changes(before.arguments, after.arguments, path)
    if isinstance(before, dict) and isinstance(after, dict):
        keys = dict.fromkeys((*before, *after))
        ways = ((key, f"{path}.{key}".lstrip(".")) for key in keys)
        return [change for key, way in ways for change in changes(before.get(key), after.get(key), way)]
    if isinstance(before, list) and isinstance(after, list) and any(map(_has_parts, before + after)):
        pairs = enumerate(zip_longest(before, after))
        return [change for index, (b, a) in pairs for change in changes(b, a, f"{path}[{index}]")]
    if before == after and isinstance(before, bool) == isinstance(after, bool):
        return []
    return [Change(path, _written(before), _written(after))]


def _has_parts(value: Any) -> bool:
    return isinstance(value, (dict, Meant))


def _written(value: Any) -> Any:
    """A value as a spec writes it."""
    if isinstance(value, Meant):
        return value.written
    if isinstance(value, FromFile):
        return value.path
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items()}
    return [_written(item) for item in value] if isinstance(value, (list, tuple)) else value
