"""From a text to its tree, whichever of the two notations it is written in."""

from __future__ import annotations

from tfspec.diagnostics import SpecError, Text

from .limits import MAX_BYTES
from .problems import JSON_SYNTAX, NOT_A_MAPPING, UNCLOSED, UNREADABLE, shown
from .tree import Tree


def load_tree(text: Text) -> Tree:
    """The tree of a spec's text; its top is a mapping.

    A text whose name ends in `.json` is JSON. One that begins with a bracket is read as JSON
    if it can be, since JSON may hold what YAML's reader does not take (tabs, for one);
    everything else is YAML.

    Raises:
        SpecError: the text has mistakes; as many of them as can be told apart are in it.
    """
    if len(text.content) > MAX_BYTES:
        cure = "keep data in files of its own, and name them under `data`"
        message = f"`{text.name}` is longer than {MAX_BYTES:,} characters"
        raise SpecError([UNREADABLE.problem(message, help=cure)])
    if text.content.startswith("\ufeff"):
        text = Text(text.name, text.content[1:])
    return _mapping(_read(text))


def _read(text: Text) -> Tree:
    named_json = text.name.lower().endswith(".json")
    if not named_json and not text.content.lstrip().startswith(("{", "[")):
        from .yaml import read_yaml

        return read_yaml(text)
    from .json import read_json

    try:
        return read_json(text)
    except SpecError as error:
        syntax = any(problem.code in (JSON_SYNTAX.id, UNCLOSED.id) for problem in error.problems)
        if named_json or not syntax:
            raise
        return _read_yaml_instead(text, error)


def _read_yaml_instead(text: Text, json_error: SpecError) -> Tree:
    """The tree of a text in brackets that is no JSON; mistakes are told in the notation that was meant."""
    from .yaml import read_yaml

    try:
        return read_yaml(text)
    except SpecError:
        if text.content.lstrip(" \t\r\n{[").startswith('"'):
            raise json_error from None
        raise


def _mapping(tree: Tree) -> Tree:
    if isinstance(tree.content, dict):
        return tree
    cure = "begin with `tfspec: 1` and a `model`"
    if isinstance(tree.content, list):
        message = "a spec is a mapping, and this is a list"
    else:
        written = shown(str(tree.content)) if isinstance(tree.content, str) else "a single value"
        message = f"a spec is a mapping, and this is {written}"
        if isinstance(tree.content, str) and ":" in tree.content:
            cure = "write a space after each colon, as in `tfspec: 1`"
    raise SpecError([NOT_A_MAPPING.problem(message, span=tree.span, help=cure)])
