"""What an old word meant, wherever it stood: for those who ask, and have no spec at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from tfspec.catalogue.registry import declarations
from tfspec.catalogue.wording import with_article

from .arguments import ARGUMENTS
from .names import NAMES
from .rewriting import of_the_optimizer
from .sections import SECTIONS
from .translation import argument_advice, name_advice

OPEN = "…"
"""Stands for a value that nobody has said."""


def meanings(word: str, sections: Mapping[str, type[BaseModel]]) -> dict[str, str]:
    """What to do today instead of a word, and for each what the word was; `sections` are the classes of a spec."""
    told: dict[str, str] = {}
    for place, advice in (*_names(word), *_arguments(word), *_keys(word, sections)):
        told.setdefault(advice, place)
    return told


def _names(word: str) -> Iterator[tuple[str, str]]:
    for family in NAMES:
        if advice := name_advice(family, word):
            yield with_article(family), advice.help


def _arguments(word: str) -> Iterator[tuple[str, str]]:
    for family, rules in ARGUMENTS.items():
        for cls in declarations(family) if rules.get(word, of_the_optimizer) is not of_the_optimizer else ():
            advice = None if word in cls.model_fields else argument_advice(cls, word, {word: OPEN})
            if advice:
                yield f"an argument of `{cls.spelling()}`", advice.help


def _keys(word: str, sections: Mapping[str, type[BaseModel]]) -> Iterator[tuple[str, str]]:
    for name, cls in sections.items():
        advice = argument_advice(cls, word, {word: OPEN}) if word in SECTIONS.get(cls.__name__.lower(), {}) else None
        if advice:
            yield f"a key of `{name}`" if name else "a key of a spec", advice.help
