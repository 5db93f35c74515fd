"""What stands in a file and was not asked for: blocks that nothing uses, profiles, all of a library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tfspec.catalogue.flow import Steps
from tfspec.diagnostics import Path, Problem, in_file_order
from tfspec.expand import RESERVED, WORD
from tfspec.expand.unread import find_bad_expressions
from tfspec.programs import has_expression
from tfspec.source import Tree

from .document import Spec
from .errors import to_problems
from .problems import BAD_ARGUMENTS, MISSING_KEY, UNKNOWN_KEY, UNKNOWN_NAME
from .texts import plain_data

STEPS = TypeAdapter[Any](Steps)

NESTED = ("sequential", "functional")
"""Models among layers, whose own layers are looked at one by one."""

STEP_LISTS = ("layers", "prepare")
"""Keys of lists of layers."""

LEFT_OUT = frozenset(("vars", "blocks", "shared"))
"""Sections of a profile that hold names of the author's, or what is written out first."""


def find_in_unread(tree: Tree) -> list[Problem]:
    """What is wrong with the blocks and profiles of a spec's own file, whatever values they get."""
    problems = [problem for name, block in _entries(tree, "blocks") for problem in _in_block(name, block)]
    for name, profile in _entries(tree, "profiles"):
        problems += find_bad_expressions(profile, ("profiles", name))
        problems += _in_profile(name, profile)
    return in_file_order(problems)


def find_in_shared(tree: Tree) -> Iterator[Problem]:
    """What is wrong with what a file shares, as far as it is not computed."""
    for name, thing in _entries(tree, "shared"):
        yield from find_bad_expressions(thing, ("shared", name))
        yield from _in_item(thing, ("shared", name))


def find_in_variables(tree: Tree) -> Iterator[Problem]:
    """The expressions in the variables of a file that are none."""
    for name, value in _entries(tree, "vars"):
        yield from find_bad_expressions(value, ("vars", name))


def _in_block(name: str, block: Tree) -> Iterator[Problem]:
    way: Path = ("blocks", name)
    yield from find_bad_expressions(block, way)
    layers = block.child("layers")
    if layers is not None:
        yield from find_in_layers(layers, (*way, "layers"))


def _entries(tree: Tree, section: str) -> list[tuple[str, Tree]]:
    found = tree.child(section)
    return list(found.content.items()) if found is not None and isinstance(found.content, dict) else []


def find_in_layers(layers: Tree, way: Path) -> Iterator[Problem]:
    """What is wrong with layers that are not written out, each looked at by itself; `way` leads to them."""
    for index, item in enumerate(layers.content if isinstance(layers.content, list) else []):
        yield from _in_item(item, (*way, index))


def _in_item(item: Tree, way: Path) -> Iterator[Problem]:
    """What is wrong with a layer, or with those inside of a condition, a repeat or a model."""
    content = item.content
    if isinstance(content, dict) and "if" in content:
        for key in ("then", "else"):
            yield from find_in_layers(content.get(key, Tree(None)), (*way, key))
    elif isinstance(content, dict) and len(content) == 1:
        ((word, said),) = content.items()
        if word == "repeat" or word in NESTED:
            yield from find_in_layers(said.child("layers") or Tree(None), (*way, word, "layers"))
        elif _is_layer(word):
            yield from _in_layer(item, way)
    elif isinstance(content, str) and _is_layer(content):
        yield from _in_layer(item, way)


def _is_layer(word: str) -> bool:
    """Whether a word must be that of a layer, since nothing that a spec makes can be called so."""
    return not has_expression(word) and not re.fullmatch(WORD, word) and word not in RESERVED


def _in_layer(item: Tree, way: Path) -> list[Problem]:
    """What is wrong with a layer, whatever the values are that it computes."""
    try:
        STEPS.validate_python([plain_data(item)])
    except ValidationError as error:
        layers = Tree([item])
        problems = [each for each in to_problems(error, layers) if not _hangs_on_values(each, layers)]
        return [replace(each, path=(*way, *each.path[1:])) for each in problems]
    return []


def _in_profile(name: str, profile: Tree) -> Iterator[Problem]:
    """What is wrong with the part of a spec that a profile says; what it does not say stands elsewhere."""
    content = profile.content if isinstance(profile.content, dict) else {}
    part = _without_layers(profile.holding({key: child for key, child in content.items() if key not in LEFT_OUT}))
    try:
        Spec.model_validate({"tfspec": 1, **plain_data(part)})
    except ValidationError as error:
        for each in to_problems(error, part):
            if each.code not in {MISSING_KEY.id, BAD_ARGUMENTS.id} and not _hangs_on_values(each, part):
                advice = (
                    None if (each.help or "").endswith("which it needs?") else each.help
                )  # it may be said elsewhere
                yield replace(each, path=("profiles", name, *each.path), help=advice)


def _without_layers(tree: Tree) -> Tree:
    """A part of a spec without its layers, among which may be blocks, conditions and repeats."""
    content = tree.content
    if isinstance(content, dict):
        return tree.holding({key: _without_layers(child) for key, child in content.items() if key not in STEP_LISTS})
    return tree


def _hangs_on_values(problem: Problem, tree: Tree) -> bool:
    """Whether something that is computed may be all that is wrong; of a word or a key it never is."""
    value = tree.nearest(problem.path)[0]
    if problem.code in {UNKNOWN_KEY.id, MISSING_KEY.id}:
        return False
    if problem.code == UNKNOWN_NAME.id:
        return isinstance(value.content, str) and has_expression(value.content)
    around = tree if problem.code == BAD_ARGUMENTS.id else value
    return any(isinstance(each.content, str) and has_expression(each.content) for _, each in around.walk())
