"""From a name in a spec to its declaration, importing only the file that holds it."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from .declaration import Declaration
from .names import NAMES
from .refused import Refused
from .resolution import made


def find(family: str, name: str) -> type[Declaration] | None:
    """The declaration that a family has under a name, an alias or an identifier, or None."""
    entry = NAMES.get(family, {}).get(name)
    if entry is None:
        return None
    module, cls = entry
    return cast("type[Declaration]", made(getattr(import_module(f"tfspec.catalogue.{module}"), cls)))


def words(family: str) -> list[str]:
    """Every word that the family answers to: names, aliases and identifiers."""
    return list(NAMES.get(family, ()))


def families() -> list[str]:
    """The families, in the order of the table."""
    return list(NAMES)


def declarations(family: str) -> list[type[Declaration]]:
    """All declarations of a family, each once, by name."""
    found = {entry: find(family, name) for name, entry in NAMES.get(family, {}).items()}
    return [cls for cls in found.values() if cls is not None]


def refusals(name: str) -> dict[str, Refused]:
    """By family, why specs have nothing of a name that Keras has in it."""
    tables = {family: declarations(family)[0].refuses for family in families()}
    return {family: refuses[name] for family, refuses in tables.items() if name in refuses}


def family_of_word(name: str) -> str | None:
    """A family that knows the name, for messages that tell what it is instead."""
    return next((family for family, table in NAMES.items() if name in table), None)
