"""Keys that are known to the language, but belong in another place than where they stand."""

from __future__ import annotations

from tfspec.catalogue import Strict
from tfspec.source import Tree

from .document import Compile, Data, Fit, Spec, Split

SECTIONS: dict[str, type[Strict]] = {"compile": Compile, "fit": Fit, "data": Data, "data.split": Split}


def elsewhere(key: str, section: str, value: object, spec: Tree) -> str | None:
    """Where a key belongs that `section` does not have; None for a key that nothing has.

    `section` is dotted, and empty for the top of a spec. A word that was an argument of `compile()`
    or `fit()` once is told as of today.
    """
    if section not in SECTIONS and section:
        return None
    if section and key in Spec.model_fields:
        return f"`{key}` stands at the top of the spec, not in a section"
    places = [place for place, cls in SECTIONS.items() if place != section and key in cls.model_fields]
    if places:
        return f"`{key}` belongs below `{places[0]}`"
    from tfspec.catalogue.old_words import argument_advice  # only a spec with a mistake pays for it

    if argument_advice(SECTIONS.get(section, Spec), key, {key: value}):
        return None  # the section itself had the word, and says more of it
    others: dict[str, type[Strict]] = {**SECTIONS, "": Spec}
    found = (
        (place, argument_advice(cls, key, {**_said(spec, place), key: value}))
        for place, cls in others.items()
        if place != section
    )
    return next((advice.below(place).help for place, advice in found if advice), None)


def _said(spec: Tree, place: str) -> dict[str, object]:
    """What the spec says in a section."""
    tree, found = spec.nearest(tuple(place.split(".")) if place else ())
    content = tree.content if ".".join(map(str, found)) == place else None
    return {key: child.data for key, child in content.items()} if isinstance(content, dict) else {}
