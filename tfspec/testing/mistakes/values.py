"""Mistakes of values: of another kind than an argument takes, or beyond its bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from .whole import Found, Whole, by_name

Schema: TypeAlias = Mapping[str, Any]

PLAIN = ("integer", "number", "boolean", "string")


def other_version(whole: Whole) -> Iterator[Found]:
    """A version of the language that is to come."""
    yield Found({**whole.data, "tfspec": 2}, "TS203", ("tfspec",))


def negative_seed(whole: Whole) -> Iterator[Found]:
    """A seed below zero."""
    yield Found({**whole.data, "seed": -1}, "TS203", ("seed",))


def unknown_precision(whole: Whole) -> Iterator[Found]:
    """A precision that there is not."""
    yield Found({**whole.data, "precision": "float31"}, "TS203", ("precision",))


def negative_size(whole: Whole) -> Iterator[Found]:
    """An input of a negative size."""
    for path, said in _inputs(whole):
        for index in range(len(said["shape"])):
            place = (*path, "shape", index)
            yield Found(whole.with_(place, -1), "TS203", place)


def unknown_dtype(whole: Whole) -> Iterator[Found]:
    """An input of a dtype that there is not."""
    for path, said in _inputs(whole):
        yield Found(whole.with_(path, {**said, "dtype": "float31"}), "TS203", (*path, "dtype"))


def text_for_integer(whole: Whole) -> Iterator[Found]:
    """A text where a whole number belongs."""
    yield from _said(whole, "integer", lambda _: "many")


def fraction_for_integer(whole: Whole) -> Iterator[Found]:
    """A fraction where a whole number belongs."""
    yield from _said(whole, "integer", lambda _: 1.5)


def too_small_integer(whole: Whole) -> Iterator[Found]:
    """A whole number below the least."""
    yield from _said(whole, "integer", _below)


def text_for_number(whole: Whole) -> Iterator[Found]:
    """A text where a number belongs."""
    yield from _said(whole, "number", lambda _: "much")


def too_small_number(whole: Whole) -> Iterator[Found]:
    """A number below the least."""
    yield from _said(whole, "number", _below)


def too_large_number(whole: Whole) -> Iterator[Found]:
    """A number above the most."""
    yield from _said(whole, "number", lambda schema: schema.get("maximum", schema.get("exclusiveMaximum", None)), 1.0)


def text_for_boolean(whole: Whole) -> Iterator[Found]:
    """A text where `true` or `false` belongs."""
    yield from _said(whole, "boolean", lambda _: "perhaps")


def unknown_choice(whole: Whole) -> Iterator[Found]:
    """A word that is not among those to choose from."""
    yield from _said(whole, "enum", lambda _: "no_such_word")


def number_for_list(whole: Whole) -> Iterator[Found]:
    """A number where a list belongs."""
    yield from _said(whole, "array", lambda _: 0.5)


def nothing(whole: Whole) -> Iterator[Found]:
    """No value where one belongs."""
    for kind in (*PLAIN, "enum", "array"):
        yield from _said(whole, kind, lambda _: None, optional=False)


def _said(whole: Whole, kind: str, wrong: Any, more: float = 0, *, optional: bool = True) -> Iterator[Found]:
    """The arguments that are said and take values of a kind, with a wrong one; `optional` ones may be null too."""
    for step in whole.calls:
        properties = step.layer.model_json_schema()["properties"] if step.layer else {}
        for key in set(step.said or {}) & set(properties):
            schema = _schema(properties[key], optional=optional)
            if kind != ("enum" if "enum" in schema else schema.get("type")) or "x-family" in schema:
                continue
            value = wrong(schema)
            if value is not None or not optional:
                place = (*step.place, key)
                yield Found(whole.with_(place, value + more if more else value), "TS203", place)


def _schema(schema: Schema, *, optional: bool) -> Schema:
    """What an argument takes besides null."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    return choices[0] if optional and len(choices) == 1 else schema


def _below(schema: Schema) -> Any:
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    return None if least is None else least - 1


def _inputs(whole: Whole) -> Iterator[tuple[Any, Any]]:
    """The inputs of the model, each with the way to it."""
    if whole.is_sequential:
        yield (*whole.model, "input"), whole.at((*whole.model, "input"))
    else:
        for name, said in whole.at((*whole.model, "inputs")).items():
            yield (*whole.model, "inputs", name), said


MISTAKES = by_name(
    text_for_integer,
    fraction_for_integer,
    too_small_integer,
    text_for_number,
    too_small_number,
    too_large_number,
    text_for_boolean,
    unknown_choice,
    number_for_list,
    nothing,
    negative_size,
    unknown_dtype,
    negative_seed,
    unknown_precision,
    other_version,
)
