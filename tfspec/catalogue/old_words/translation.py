"""From an old word to today's: of arguments with their values, of names, of values, of monitors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.registry import find
from tfspec.diagnostics import one_of

from .advice import LONGEST, Advice, Line, Use
from .calls import call_to_data

THINGS = ("initializer", "regularizer", "constraint")
"""Families whose things are the values of arguments that end in their name."""


def argument_advice(cls: type[BaseModel], word: str, said: Line) -> Advice | None:
    """What an argument is today that a thing or a section does not have; None for a word that was never one."""
    from .arguments import ARGUMENTS
    from .sections import SECTIONS

    rule = (ARGUMENTS | SECTIONS).get(_owner(cls), {}).get(word)
    advice = rule(Use(cls, word, said)) if rule else None
    if advice is None or advice.place:
        return advice
    return advice._replace(line={key: _today(key, value) for key, value in advice.line.items()})


def name_advice(family: str, name: str, arguments: object = None) -> Advice | None:
    """What a thing is called today, with its arguments where they change; None for a name that never was."""
    from .names import NAMES

    word = name.partition("(")[0].rpartition(".")[2]
    rule = NAMES.get(family, {}).get(word)
    if rule is None:
        return None
    said = {str(key): value for key, value in arguments.items()} if isinstance(arguments, dict) else {}
    advice = rule(said)
    if not advice.line:
        return advice
    ((today, named),) = advice.line.items()
    cls = find(family, today)
    translated = _translated(cls, named) if cls else named
    if said and not translated:
        return advice._replace(text=f"write `{today}`, without {one_of(said)}")
    if translated == said:
        return advice._replace(line={today: {}}, text=f"write `{today}`")
    return advice._replace(line={today: translated})


def call_advice(family: str, text: str) -> str | None:
    """How a spec says what a call of Keras makes; None where the text is no call with plain values."""
    today = call_to_data(family, text)
    return Advice(today).help if isinstance(today, dict) and len(str(today)) <= LONGEST else None


def value_advice(argument: str, value: str, choices: Iterable[str]) -> str | None:
    """What to write for a value that an argument took once, out of those that it takes."""
    from .values import VALUES

    today = VALUES.get(argument, {}).get(value)
    return f"write `{argument}: {today}`" if today and today in choices else None


def monitor_advice(watched: str, known: Iterable[str]) -> str | None:
    """The value of the history that an old one is today, out of those that there are."""
    from .values import MONITORS

    prefix = "val_" if watched.startswith("val_") else ""
    found = [prefix + today for today in MONITORS.get(watched.removeprefix("val_"), ())]
    return next((today for today in found if today in known), None)


def _owner(cls: type[BaseModel]) -> str:
    """What the table calls it: a family, or a section of the spec."""
    return cls.family if issubclass(cls, Declaration) else cls.__name__.lower()


def _translated(cls: type[BaseModel], said: Line) -> dict[str, Any]:
    """Arguments with all of their old words said as of today."""
    today = dict(said)
    for word in said:
        if word not in cls.model_fields and (advice := argument_advice(cls, word, said)) and not advice.place:
            for old in advice.takes:
                today.pop(old, None)
            today |= advice.line
    return today


def _today(argument: str, value: Any) -> Any:
    """A value in today's words: its own old ones, and those of the thing that it names."""
    from .values import VALUES

    if isinstance(value, str) and value in VALUES.get(argument, {}):
        return VALUES[argument][value]
    family = argument.rpartition("_")[2]
    if family not in THINGS:
        return value
    if isinstance(value, str) and value.isidentifier():
        advice = None if find(family, value) else name_advice(family, value)
        return next(iter(advice.line), value) if advice else value
    if isinstance(value, str):
        value = call_to_data(family, value)
    if not isinstance(value, Mapping) or len(value) != 1:
        return value
    ((name, arguments),) = value.items()
    cls = find(family, str(name))
    if cls is None:
        advice = name_advice(family, str(name), arguments)
        return advice.line if advice and advice.line else value
    if isinstance(arguments, Mapping):
        return {name: _translated(cls, arguments)}
    return {name: {next(iter(cls.model_fields)): arguments}} if isinstance(arguments, (int, float)) else value
