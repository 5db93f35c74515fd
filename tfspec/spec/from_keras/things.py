"""One serialized object of Keras as a spec writes it: a word, or a word with its arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from pydantic import ValidationError

from tfspec.catalogue import Declaration, find
from tfspec.catalogue.registry import declarations
from tfspec.catalogue.resolution import made
from tfspec.diagnostics import one_of

from .cannot_say import CannotSayError

Config: TypeAlias = dict[str, Any]
Arguments: TypeAlias = dict[str, Any]

NOTHING: tuple[object, ...] = (None, False, "", [], {})
"""Values of arguments that mean that a thing does without something."""

NOT_ARGUMENTS = frozenset({"name", "data_format", "vocabulary_size", "oov_method"})
"""What configurations hold of things that do not take it: Keras's settings and what follows from arguments."""

LEARNT = {"num_bins": "bin_boundaries"}
"""Arguments that say how much is learnt from data, and those that hold what was."""


def thing_from_config(said: Config, family: str) -> tuple[type[Declaration], Arguments]:
    """The declaration of a serialized object, and its arguments without those that equal the defaults.

    Raises:
        CannotSayError: A spec has no words for it.
    """
    cls = declaration_of(said, family)
    config = said["config"]
    fields = cls.model_fields
    lost = {key: each for key, each in config.items() if key not in fields and key not in NOT_ARGUMENTS}
    if lost := {key: value for key, value in lost.items() if value not in NOTHING}:
        raise _unsayable(said, lost)
    arguments = {key: _value(cls, key, config[key]) for key in fields if key in config and not _is_settled(key, config)}
    try:
        thing = cls.model_validate(arguments)
    except ValidationError as error:
        keys = {str(each["loc"][0]) for each in error.errors() if each["loc"]} & set(arguments)
        raise _unsayable(said, {key: arguments[key] for key in sorted(keys)}) from None
    return cls, {key: value for key, value in arguments.items() if not _is_default(thing, key, value)}


def written(cls: type[Declaration], arguments: Arguments) -> object:
    """The shortest way to write a thing."""
    return {cls.spelling(): arguments} if arguments else cls.spelling()


def declaration_of(said: Config, family: str) -> type[Declaration]:
    """The declaration of a serialized object's class."""
    name, module = str(said["class_name"]), str(said.get("module") or "")
    if name == "function" or not (module == "keras" or module.startswith("keras.")):
        raise CannotSayError(
            f"{_called(said)} is code of its own, which a spec cannot say",
            "take the part without it, or build the model from layers of Keras",
        )
    cls = None
    if family == "activation":
        cls = None if module == "keras.layers" else _activation(name)
    elif is_operation(said):
        advice = "use the layer that does the same"
        raise CannotSayError(f"{_called(said)} is an operation, and a spec has only layers", advice)
    else:
        cls = find(family, name)
    if cls is None:
        raise CannotSayError(f"{_called(said)} is no {family} that a spec has a word for")
    return cls


def is_operation(said: Config) -> bool:
    """Whether an entry among layers is a function of `keras.ops`, such as the addition in `x + 1`."""
    return str(said.get("module") or "").startswith("keras.src.ops")


def _activation(name: str) -> type[Declaration] | None:
    """The activation whose operation has this name: `LeakyRelu` is `leaky_relu`."""
    plain = name.lower()
    return next((cls for cls in declarations("activation") if cls.spelling().replace("_", "") == plain), None)


def _unsayable(said: Config, arguments: Arguments) -> CannotSayError:
    """The mistake of arguments that a spec cannot say."""
    shown = (f"{key}: {value}" for key, value in arguments.items())
    return CannotSayError(f"{_called(said)} has {one_of(shown, 'and') or 'arguments'}, which a spec cannot say")


def _called(said: Config) -> str:
    """What a message calls a serialized object."""
    config = said["config"]
    if said["class_name"] == "function":
        return f"the function `{config}`"
    name = config.get("name") if isinstance(config, dict) else None
    return f"`{said['class_name']}`" + (f" called `{name}`" if name else "")


def _is_settled(key: str, config: Config) -> bool:
    """Whether an argument says how another one is learnt from data, and that one has been."""
    return bool(key in LEARNT and config.get(LEARNT[key]))


def _value(cls: type[Declaration], key: str, value: object) -> Any:
    """The value of an argument as a spec writes it."""
    families = list(_families(cls.model_fields[key].annotation))
    if families and isinstance(value, list):
        return [_thing(each, families[0]) for each in value]
    return _thing(value, families[0]) if families else plain(value)


def _thing(value: object, family: str) -> Any:
    """A thing that is an argument of another."""
    if isinstance(value, dict) and "class_name" in value:
        return written(*thing_from_config(value, family))
    return plain(value)


def plain(value: object) -> Any:
    """A value without Keras's marks: tuples and arrays as lists, dtype policies by their names."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    match value.get("class_name"):
        case "__tuple__":
            return plain(value["items"])
        case "__numpy__" | "__tensor__":
            return plain(value["config"]["value"])
        case None:
            return {key: plain(each) for key, each in value.items()}
        case name if str(name).endswith("DTypePolicy"):
            return value["config"]["name"]
        case name:
            raise CannotSayError(f"`{name}` is no value that a spec can say")


def _families(annotation: Any) -> Iterator[str]:
    """The families of things that a field takes, alone or in a list."""
    cls = made(annotation)
    if isinstance(cls, type) and issubclass(cls, Declaration) and cls.is_root():
        yield cls.family
    for part in getattr(annotation, "__args__", ()):
        yield from _families(part)


def _is_default(thing: Declaration, key: str, value: object) -> bool:
    """Whether an argument says what holds without it."""
    field = type(thing).model_fields[key]
    if field.is_required():
        return False
    if key == "dtype" and value == "float32" and field.default is None:
        return True
    default = field.get_default(call_default_factory=True)
    for family in _families(field.annotation):
        if family == "activation" and default is None:
            return value == "linear"
        if isinstance(value, str) and isinstance(default, str):
            return find(family, value) is find(family, default)
    return bool(getattr(thing, key) == default)
