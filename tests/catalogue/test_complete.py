"""Whether all of Keras has a place: each public name and argument is declared, or refused with a reason.

A new Keras fails here first, and says by name what is new.
"""

from __future__ import annotations

import importlib
import inspect
from operator import attrgetter
from typing import Any

import keras
import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from tfspec.catalogue import Declaration, declarations, find, make_thing, words
from tfspec.catalogue.refused import A_TOOL

FAMILIES = {
    "layers": "layer",
    "optimizers": "optimizer",
    "optimizers.schedules": "schedule",
    "losses": "loss",
    "metrics": "metric",
    "callbacks": "callback",
    "initializers": "initializer",
    "regularizers": "regularizer",
    "constraints": "constraint",
    "activations": "activation",
}
"""Module of Keras, and the family that it holds."""

MODULES = {family: module for module, family in FAMILIES.items()}
DECLARED = [cls for family in MODULES for cls in declarations(family) if cls.keras]

ONLY_HERE = {"Constant", "Lamb", "lamb", "CategoricalGeneralizedCrossEntropy", "categorical_generalized_cross_entropy"}
"""Words for classes that Keras's `get` leaves out of its table, or cannot make."""


def public(module: str) -> dict[str, Any]:
    """What a module of Keras offers by name."""
    offered = vars(attrgetter(module)(keras))
    return {
        name: thing
        for name, thing in offered.items()
        if not name.startswith("_") and (inspect.isclass(thing) or inspect.isfunction(thing))
    }


def root(family: str) -> type[Declaration]:
    return next(cls for cls in declarations(family)[0].__mro__ if issubclass(cls, Declaration) and cls.is_root())


def unexplained(module: str) -> set[str]:
    """Public names that are neither declared nor refused."""
    family = FAMILIES[module]
    return set(public(module)) - set(words(family)) - set(root(family).refuses)


def outlived(module: str) -> set[str]:
    """Names that are refused although Keras does not have them, or although they are declared."""
    refused = set(root(FAMILIES[module]).refuses)
    return (refused - set(public(module)) - set(looked_up(module))) | (refused & set(words(FAMILIES[module])))


def looked_up(module: str) -> dict[str, Any]:
    """The words that Keras's `get` looks up."""
    return dict(getattr(importlib.import_module(f"keras.src.{module}"), "ALL_OBJECTS_DICT", {}))


def unsaid(cls: type[Declaration]) -> set[str]:
    """Parameters of the Keras call that are neither fields nor left out with a reason."""
    call = inspect.signature(getattr(attrgetter(cls.keras)(keras), cls.spelling())).parameters.values()
    named = {each.name for each in call if each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)}
    fields = {field.alias or name for name, field in cls.model_fields.items()}
    return named - fields - set(cls.omits) - ({"x"} if cls.family == "activation" else set())


@pytest.mark.parametrize("module", FAMILIES)
def test_every_name_is_declared_or_refused(module: str) -> None:
    assert unexplained(module) == set(), f"new in Keras {keras.__version__}: declare them, or say why not"


@pytest.mark.parametrize("module", FAMILIES)
def test_every_refused_name_is_keras_s(module: str) -> None:
    assert outlived(module) == set(), f"gone from Keras {keras.__version__}, or declared meanwhile"


@pytest.mark.parametrize("cls", DECLARED, ids=lambda cls: f"{cls.family}-{cls.spelling()}")
def test_every_declaration_is_in_keras(cls: type[Declaration]) -> None:
    assert cls.spelling() in public(cls.keras), f"gone from Keras {keras.__version__}"


@pytest.mark.parametrize("cls", DECLARED, ids=lambda cls: f"{cls.family}-{cls.spelling()}")
def test_every_parameter_is_said_or_omitted(cls: type[Declaration]) -> None:
    assert unsaid(cls) == set(), f"new in Keras {keras.__version__}: declare them, or say why not"
    assert all(cls.omits.values())


def test_what_is_new_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks above can fail: on a new name, on a new parameter, on a name that went away."""

    class Huber:
        def __init__(self, delta: float = 1.0, sharpness: float = 0.0) -> None: ...

    monkeypatch.setattr(keras.losses, "Cauchy", type("Cauchy", (), {}), raising=False)
    assert unexplained("losses") == {"Cauchy"}
    monkeypatch.setattr(keras.losses, "Huber", Huber)
    huber = find("loss", "Huber")
    assert huber is not None
    assert unsaid(huber) == {"sharpness"}
    monkeypatch.delattr(keras.callbacks, "LambdaCallback")
    assert outlived("callbacks") == {"LambdaCallback"}


REFUSED = [(family, name) for family in MODULES for name in root(family).refuses]


@pytest.mark.parametrize(("family", "name"), REFUSED, ids=lambda text: text)
def test_a_refused_name_is_told_with_its_reason(family: str, name: str) -> None:
    refused = root(family).refuses[name]
    for spelling in (name, f"keras.{MODULES[family]}.{name}", {name: {"a": 1}}):
        with pytest.raises(PydanticCustomError) as caught:
            make_thing(root(family), spelling)
        context = caught.value.context or {}
        assert context["message"] == f"the {family} `{name}` cannot be said in a spec: {refused.why}"
        assert context["help"] == refused.instead
    assert refused.why[0].islower() or refused is A_TOOL or refused.why.startswith("Keras ")
    assert not refused.why.endswith(".")


def known_to_keras(family: str, word: str) -> bool:
    """Whether `get` makes something of a word; it gives no arguments, and fails where some are needed."""
    try:
        attrgetter(MODULES[family])(keras).get(word)
    except (TypeError, ValueError, KeyError):
        return False
    return True


def is_known(family: str, word: str) -> bool:
    """Whether a spec may say the word, though the thing may need arguments."""
    try:
        make_thing(root(family), word)
    except ValidationError:
        return True
    except PydanticCustomError:
        return False
    return True


def with_get() -> list[str]:
    return [family for family, module in MODULES.items() if hasattr(attrgetter(module)(keras), "get")]


def spellings(family: str) -> set[str]:
    """The words of both sides, and each of them in other letters."""
    known = set(words(family)) | set(looked_up(MODULES[family]))
    changed = {change(word) for word in known for change in (str.lower, str.upper, str.title, str.swapcase)}
    return known | changed | {word.replace("_", "") for word in known}


@pytest.mark.parametrize("family", [family for family in with_get() if family not in ("layer", "optimizer")])
def test_the_words_are_keras_s_letter_for_letter(family: str) -> None:
    """Small and capital letters as well: `mse` and `MSE`, and no `Mse`."""
    here = {
        word for cls in declarations(family) for word in (cls.spelling(), *cls.aliases, *cls.identifiers) if cls.keras
    }
    of_compile = set(words(family)) - here
    public_classes = {name for name, thing in public(MODULES[family]).items() if inspect.isclass(thing)}
    for word in sorted(spellings(family) - of_compile - ONLY_HERE - public_classes):
        refused = word in root(family).refuses
        assert is_known(family, word) is (known_to_keras(family, word) and not refused), word


def test_optimizers_in_other_letters_are_advised() -> None:
    """Keras takes `aDaM`; a spec is read by people, and has a capital spelling and a small one."""
    table = looked_up("optimizers")
    for cls in declarations("optimizer"):
        other = cls.spelling().swapcase()
        if other.lower() not in table or other in words("optimizer"):
            continue
        assert table[other.lower()].__name__ == cls.__name__
        with pytest.raises(PydanticCustomError) as caught:
            make_thing(root("optimizer"), other)
        assert (caught.value.context or {})["help"] == f"did you mean `{cls.spelling()}`?"
