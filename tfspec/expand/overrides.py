"""Overrides: single values laid over a spec from outside, as `--set path=value` says them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tfspec.diagnostics import Problem, SpecError, Text, did_you_mean
from tfspec.source import Tree, load_tree

from .problems import BAD_OVERRIDE

STEP = re.compile(r"[^.\[\]]+|\[-?\d+\]")


def apply_overrides(tree: Tree, assignments: Sequence[str]) -> Tree:
    """The tree with every assignment laid over it, in order.

    A path goes through keys and list positions, `model.sequential.layers[1].Dense.units`;
    positions count from 0, and from the end where they are negative. The value is read as YAML.
    A key that is not there is added, a thing that was written as its bare name gets arguments.

    Raises:
        SpecError: An assignment has no path or no value, or leads where nothing can stand.
    """
    problems: list[Problem] = []
    for assignment in assignments:
        try:
            tree = _apply(tree, assignment)
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return tree


def _apply(tree: Tree, assignment: str) -> Tree:
    path, mark, written = assignment.partition("=")
    steps = _steps(path)
    if not mark or steps is None:
        _refuse(assignment, f"`{assignment}` is no assignment", "write `path=value`, such as `fit.epochs=3`")
        return tree
    value = _value(written)
    return _replaced(tree, steps, value, assignment)


def _steps(path: str) -> list[str | int] | None:
    found = STEP.findall(path)
    if not found or re.sub(r"[.\[\]]", "", path) != re.sub(r"[\[\]]", "", "".join(found)):
        return None
    return [int(step[1:-1]) if step.startswith("[") else step for step in found]


def _value(written: str) -> Tree:
    """The tree of a value; its places are those of the assignment."""
    if not written.strip():
        return Tree(None)
    wrapped = load_tree(Text("--set", f"value: {written}\n"))
    value = wrapped.child("value")
    return value if value is not None else Tree(None)


def _replaced(tree: Tree, steps: list[str | int], value: Tree, assignment: str) -> Tree:
    if not steps:
        return Tree(value.content, value.span or tree.span, tree.key_span)
    step, *rest = steps
    content = tree.content
    if isinstance(content, list):
        index = int(step) if isinstance(step, int) or step.lstrip("-").isdigit() else None
        if index is None or not -len(content) <= index < len(content):
            _refuse(assignment, f"the list at `{step}` of `{assignment}` has {len(content)} items", "count from 0")
            return tree
        items = list(content)
        items[index] = _replaced(items[index], rest, value, assignment)
        return Tree(items, tree.span, tree.key_span)
    if isinstance(content, str) and isinstance(step, str) and step == content:
        content = {content: Tree({}, tree.span, tree.span)}
    if isinstance(content, dict) and isinstance(step, str):
        child = content.get(step, Tree({} if rest else None, None, None))
        return Tree({**content, step: _replaced(child, rest, value, assignment)}, tree.span, tree.key_span)
    if content is None and isinstance(step, str):
        return Tree({step: _replaced(Tree({} if rest else None), rest, value, assignment)}, tree.span, tree.key_span)
    known = [content] if isinstance(content, str) else []
    _refuse(assignment, f"nothing can stand at `{step}` of `{assignment}`", did_you_mean(str(step), known))
    return tree


def _refuse(assignment: str, message: str, advice: str | None) -> None:
    text = Text("--set", assignment)
    from tfspec.diagnostics import Span

    raise SpecError([BAD_OVERRIDE.problem(message, span=Span(text, 1, 1, 1, len(assignment) + 1), help=advice)])
