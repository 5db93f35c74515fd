"""The words that a spec makes, its blocks and what it shares: each must be free, and stand for one thing."""

from __future__ import annotations

import re

from tfspec.diagnostics import Label, Problem
from tfspec.source import Tree

from .problems import BAD_NAME, CLASH
from .variables import usable
from .words import RESERVED, WORD


def check_words(blocks: Tree | None, shared: Tree | None) -> list[Problem]:
    """What is wrong with the names of blocks and shared things."""
    made, others = _entries(blocks), _entries(shared)
    problems = [_bad_word("blocks", name, tree, "a block") for name, tree in made.items() if not _is_free(name)]
    problems += [
        _bad_word("shared", name, tree, "something shared") for name, tree in others.items() if not _is_free(name)
    ]
    return problems + [_clash(name, made[name], tree) for name, tree in others.items() if name in made]


def _entries(section: Tree | None) -> dict[str, Tree]:
    """What stands in a section by name, as far as it can be read."""
    if section is None or not isinstance(section.content, dict):
        return {}
    return {name: entry.used(*section.uses) for name, entry in section.content.items()}


def _is_free(name: str) -> bool:
    return re.fullmatch(WORD, name) is not None


def _bad_word(section: str, name: str, tree: Tree, kind: str) -> Problem:
    advice = "give it another name"
    if name in RESERVED:
        message = f"`{name}` means something else in a spec"
    else:
        message = f"`{name}` is no name for {kind}: it must be in lower case, so that it hides no layer"
        snake = usable(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", name).lower())
        advice = f"write `{snake}`" if _is_free(snake) else advice
    span = tree.key_span and tree.key_span._replace(uses=tree.uses)
    return BAD_NAME.problem(message, path=(section, name), span=span, help=advice)


def _clash(name: str, block: Tree, shared: Tree) -> Problem:
    labels = (Label(block.key_span, "the block"),) if block.key_span else ()
    span = shared.key_span and shared.key_span._replace(uses=shared.uses)
    message = f"`{name}` is a block, and something shared as well"
    return CLASH.problem(message, path=("shared", name), span=span, labels=labels, help="rename one of them")
