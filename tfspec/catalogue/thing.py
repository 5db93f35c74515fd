"""The one grammar rule: a thing is its name, or a one-key mapping from its name to its arguments."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from tfspec.diagnostics import did_you_mean, nearest, one_of

from .declaration import Declaration
from .registry import declarations, family_of_word, find, words
from .strict import carried
from .wording import show_value

if TYPE_CHECKING:
    from .old_words import Advice

D = TypeVar("D", bound=Declaration)

LISTED = 12
"""Names of a family that fit on a line of help."""

LONGEST = 60
"""Letters of a name that a message repeats."""

_CALL = re.compile(r"(?:[\w.]+\.)?(\w+)(\(.*)?")
"""A name as Python has it: behind its module, or with arguments in brackets."""


def make_thing(root: type[D], value: object) -> D:
    """The declaration that a spec's value says.

    Raises:
        ValidationError: The arguments are wrong; its places start with the thing's name.
        PydanticCustomError: The value is no thing of this family.
    """
    if isinstance(value, Declaration):
        if isinstance(value, root):
            return value
        raise PydanticCustomError(
            "wrong_family",
            "{message}",
            {"message": f"`{value.written}` is {_an(value.family)}, not {_an(root.family)}"},
        )
    if isinstance(value, str):
        name, arguments = value, cast("object", {})
        way: tuple[str, ...] = ()
    else:
        name, arguments = name_and_arguments(root, value)
        way = (name,)
    cls = find(root.family, name)
    if cls is None:
        raise _unknown(root, name, arguments)
    if not isinstance(arguments, (dict, cls)):
        raise _no_arguments(cls, name, arguments)
    try:
        return cast("D", cls.model_validate(arguments).called(name))
    except ValidationError as error:
        raise under(error, way) from None


def name_and_arguments(root: type[Declaration], value: object) -> tuple[str, object]:
    """The two halves of a one-key mapping; a key without a value has no arguments."""
    if isinstance(value, dict) and len(value) == 1:
        ((name, arguments),) = value.items()
        return str(name), {} if arguments is None else arguments
    what = f"{_an(root.family)} is a name, or one name with its arguments"
    if not isinstance(value, dict):
        found = (
            "a list"
            if isinstance(value, (list, tuple))
            else f"`{'null' if value is None else str(value).lower() if isinstance(value, bool) else value}`"
        )
        raise _form(f"must be {_an(root.family)}, not {found}", root, _few(root) or what)
    if not value:
        raise _form(f"must be {_an(root.family)}, and is an empty mapping", root, _few(root) or what)
    raise _form(f"must be {_an(root.family)}, not a mapping with {len(value)} keys", root, _many_keys(root, value))


def _many_keys(root: type[Declaration], value: dict[Any, Any]) -> str:
    """What to write instead of a mapping with several keys."""
    known = [str(key) for key in value if find(root.family, str(key))]
    if len(known) > 1:
        both = _all_at_once(root, value)
        return f"write `{both.spelling()}: {show_value(value)}`" if both else f"keep one of {one_of(known, 'and')}"
    if known and value[known[0]] is None:
        return f"indent the arguments further than `{known[0]}`"
    if known:
        return f"write the arguments below `{known[0]}`: `{known[0]}: {{…}}`"
    named = [item for item in value.values() if isinstance(item, str) and find(root.family, item)]
    if named:
        return f"the name is the key: `{named[0]}: {{…}}`"
    return _few(root) or f"{_an(root.family)} is a name, or one name with its arguments"


def _all_at_once(root: type[Declaration], value: dict[Any, Any]) -> type[Declaration] | None:
    """The thing that takes all of these as its arguments."""
    for cls in declarations(root.family):
        with suppress(ValidationError):
            cls.model_validate(value)
            return cls
    return None


def _no_arguments(cls: type[Declaration], name: str, arguments: object) -> ValidationError:
    """The mistake of arguments without their names, with the names that they most likely have."""
    from .old_words import Advice, bare_arguments  # only a spec with a mistake pays for it

    named = bare_arguments(cls, arguments)
    advice = Advice({name: named}).help if named else f"write `{name}: {{…}}`, with the arguments by name"
    context = {"message": "arguments", "help": advice if cls.model_fields else None}
    kind = PydanticCustomError("arguments_form", "{message}", context)
    return ValidationError.from_exception_data(name, [InitErrorDetails(type=kind, loc=(name,), input=arguments)])


def _form(message: str, root: type[Declaration], advice: str) -> PydanticCustomError:
    context = {"message": message, "thing": _an(root.family), "help": advice}
    return PydanticCustomError("thing_form", "{message}", context)


def _few(root: type[Declaration]) -> str | None:
    """The kinds of a family that has so few of them that they can be listed; what Keras knows by name is left out."""
    known = [word for word in words(root.family) if word.islower()]
    if not 0 < len(known) <= 3:  # noqa: PLR2004 - such as the kinds of models
        return None
    return f"write it below its kind: {one_of(f'{word}: {{…}}' for word in known)}"


def make_default(cls: type[Declaration], field: str, word: str) -> Any:
    """What a field's default word stands for; the word itself where the field takes no things."""
    for part in _parts(cls.model_fields[field].annotation):
        if isinstance(part, type) and issubclass(part, Declaration) and part.is_root():
            return make_thing(part, word)
    return word


def thing_to_data(thing: Declaration | str) -> object:
    """The shortest way to write a thing in a spec."""
    if isinstance(thing, str):
        return thing
    arguments = thing.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return {thing.written: arguments} if arguments else thing.written


def under(error: ValidationError, way: tuple[str | int, ...]) -> ValidationError:
    """The same mistakes, seen from further up."""
    return ValidationError.from_exception_data(error.title, carried(error, way))


def _parts(annotation: Any) -> list[Any]:
    return [annotation, *getattr(annotation, "__args__", ())]


def _unknown(root: type[Declaration], name: str, arguments: object) -> PydanticCustomError:
    called = _CALL.fullmatch(name)
    word = called[1] if called else name
    if refused := root.refuses.get(word):
        message = f"the {root.family} `{word}` cannot be said in a spec: {refused.why}"
        return PydanticCustomError("unknown_name", "{message}", {"message": message, "help": refused.instead})
    message = f"there is no {root.family} called `{name if len(name) <= LONGEST else name[:LONGEST] + '…'}`"
    old = _old_name(root, name, arguments)
    context = {"message": message, "help": _advise_name(root, name, old), "above": old.above if old else None}
    return PydanticCustomError("unknown_name", "{message}", context)


def _old_name(root: type[Declaration], name: str, arguments: object) -> Advice | None:
    """What is said today instead of a name of once, or a call of Keras."""
    from .old_words import call_advice, name_advice  # only a spec with a mistake pays for it

    called = _CALL.fullmatch(name)
    made = call_advice(root.family, name) if called and called[2] else None
    return made or name_advice(root.family, name, arguments)


def _advise_name(root: type[Declaration], name: str, old: Advice | None) -> str | None:
    """Which name was meant, or what the name is instead."""
    if name == "None":
        return "write `null`, or leave it out"
    if advice := root.hint(name):
        return advice
    if old:
        return old.help
    called = _CALL.fullmatch(name)
    if called and called[0] != called[1] and find(root.family, called[1]):
        return f"write `{called[1]}`"
    known = words(root.family)
    other = family_of_word(name)
    if other is None or nearest(name, [word for word in known if word.lower() == name.lower()]):
        advice = did_you_mean(name, known) or (did_you_mean(called[1], known) if called else None)
        if advice:
            return advice
    if other:
        return f"`{name}` is {_an(other)}"
    return f"use {one_of(known)}" if len(known) <= LISTED else None


def _an(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
