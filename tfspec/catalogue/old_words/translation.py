"""From an old word to today's: of arguments with their values, of names, of values, of monitors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.registry import find
from tfspec.diagnostics import one_of

from .advice import LONGEST, Advice, Line, Use
from .calls import bare_arguments, lacking, named, read_call
from .inputs import INPUT

THINGS = ("initializer", "regularizer", "constraint", "activation")
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
    today = _todays(family, name)
    advice = _named(family, name, _by_name(today, arguments))
    if advice is None or not advice.line:
        return advice
    ((word, own),) = advice.line.items()
    said = arguments if isinstance(arguments, dict) else None
    if said and not own:
        return advice._replace(text=f"write `{word}`, without {one_of(said)}")
    return advice._replace(line={word: {}}) if own == said else advice


def call_advice(family: str, text: str) -> Advice | None:
    """How a spec says what a call of Keras makes; None where the family never had what is called."""
    word = text.partition("(")[0].rpartition(".")[2]
    cls = find(family, word) or _todays(family, word)
    if cls is None:
        return name_advice(family, word)
    advice = _called(family, text)
    ((today, own),) = advice.line.items() if advice else ((word, {}),)
    missing = lacking(cls, own) if advice else None
    if advice is None or missing is None or len(str(own)) > LONGEST:
        today = word if find(family, word) else cls.spelling()
        return Advice(text=f"write `{today}: {{…}}`, with the arguments by name")
    return advice._replace(line={today: {**own, **missing}})


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


def _todays(family: str, name: str) -> type[Declaration] | None:
    """The thing that an old name stands for, where it stands for one."""
    advice = _named(family, name, {})
    return find(family, next(iter(advice.line))) if advice and advice.line else None


def _by_name(cls: type[Declaration] | None, arguments: object) -> Line:
    """Arguments under their names, those that stand without them too."""
    if isinstance(arguments, Mapping):
        return {str(key): value for key, value in arguments.items()}
    if arguments is None or cls is None:
        return {}
    return bare_arguments(cls, arguments) or {}


def _named(family: str, name: str, said: Line) -> Advice | None:
    """What a thing of once is today with these arguments; None for a name that never was."""
    from .names import NAMES

    rule = NAMES.get(family, {}).get(name.rpartition(".")[2])
    if rule is None:
        return None
    advice = rule(said)
    if not advice.line:
        return advice
    ((today, own),) = advice.line.items()
    cls = find(family, today)
    return _translated(cls, today, own) if cls else advice


def _called(family: str, text: str) -> Advice | None:
    """The thing that a call made, as of today; None where the call cannot be read."""
    call = read_call(text)
    cls = (find(family, call.name) or _todays(family, call.name)) if call else None
    own = named(cls, call.values) if call and cls else None
    if call is None or cls is None or own is None:
        return None
    said = {**own, **call.words}
    return _translated(cls, call.name, said) if find(family, call.name) else _named(family, call.name, said)


def _translated(cls: type[Declaration], name: str, said: Line) -> Advice:
    """A thing with all of its arguments' old words said as of today."""
    today, besides, above = dict(said), list[str](), None
    for word in said:
        advice = None if word in cls.model_fields or word not in today else argument_advice(cls, word, said)
        if advice is None:
            continue
        for old in (word, *advice.takes):
            today.pop(old, None)
        if advice.place == INPUT:
            above = advice.line["input"]
        elif advice.place or advice.text:
            besides.append(advice.help)
        else:
            today |= advice.line
    told = tuple(dict.fromkeys(text for text in besides if not text.startswith("leave it out")))
    return Advice({name: {key: _today(key, value) for key, value in today.items()}}, besides=told, above=above)


def _today(argument: str, value: Any) -> Any:
    """A value in today's words: its own old ones, and those of the thing that it names."""
    from .values import VALUES

    if isinstance(value, str) and value in VALUES.get(argument, {}):
        return VALUES[argument][value]
    family = argument.rpartition("_")[2]
    if family not in THINGS:
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        ((name, arguments),) = value.items()
    elif isinstance(value, str):
        name, arguments = value, None
    else:
        return value
    cls = find(family, str(name))
    if cls is None:
        advice = _called(family, name) if "(" in str(name) else _named(family, name, _by_name(None, arguments))
    else:
        advice = _translated(cls, name, _by_name(cls, arguments))
    return value if advice is None or not advice.line else _shortest(advice.line)


def _shortest(line: Line) -> object:
    """A thing with its arguments, or just its name where it has none."""
    ((name, arguments),) = line.items()
    return line if arguments else name
