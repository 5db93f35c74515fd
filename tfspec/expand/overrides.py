"""Overrides: single values laid over a spec from outside, as `--set path=value` says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from tfspec.diagnostics import Problem, Span, SpecError, Text, did_you_mean, one_of
from tfspec.source import Tree, load_tree

from .problems import BAD_OVERRIDE

SET = "--set"
VARIABLE = "--var"
"""What messages call an assignment, where a file has its name."""

FILES = ("extends", "use", "profiles")
"""Sections that are read before anything is laid over a spec."""

LISTED = 12
"""Names that a line of help lists."""

STEP = r"[^.\[\]]+|\[-?\d+\]"
PATH = r"(?:[^.\[\]]+)(?:\.[^.\[\]]+|\[-?\d+\])*"

WRAPPED = "value:\n  "
"""The key below which a value is read, since the top of a text must be a mapping."""


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
            tree = _Override(assignment).laid_over(tree)
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return tree


def apply_variables(tree: Tree, assignments: Sequence[str]) -> Tree:
    """The tree with other values of its variables, as `--var name=value` gives them.

    Raises:
        SpecError: An assignment has no name or no value, or the spec has no such variable.
    """
    problems: list[Problem] = []
    for assignment in assignments:
        try:
            tree = _Override(assignment, VARIABLE).laid_over_variables(tree)
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return tree


class _Override:
    """One assignment, whose text messages show."""

    def __init__(self, assignment: str, option: str = SET) -> None:
        self.text = Text(option, assignment)
        self.path, self.mark, self.written = assignment.partition("=")

    def laid_over(self, tree: Tree) -> Tree:
        """The tree with the value in its place."""
        if not self.mark or not re.fullmatch(PATH, self.path):
            self._refuse(f"`{self.text.content}` is no assignment", "write `path=value`, such as `fit.epochs=3`")
        steps = [int(step[1:-1]) if step[0] == "[" else step for step in re.findall(STEP, self.path)]
        if steps[0] in FILES:
            self._refuse(f"`{steps[0]}` has been read before anything is laid over the spec", "change the spec itself")
        return self._replaced(tree, steps, (), self._value())

    def laid_over_variables(self, tree: Tree) -> Tree:
        """The tree with the value for a variable that it has."""
        if not self.mark or not re.fullmatch(r"\w+", self.path):
            self._refuse(f"`{self.text.content}` is no assignment", "write `name=value`, such as `width=64`")
        variables = tree.child("vars")
        known = variables.content if variables is not None and isinstance(variables.content, dict) else {}
        if self.path not in known:
            has = f"it has {one_of(list(known)[:LISTED], 'and')}" if known else "variables stand under `vars`, by name"
            self._refuse(f"the spec has no variable `{self.path}`", did_you_mean(self.path, known) or has)
        return self._replaced(tree, ["vars", self.path], (), self._value())

    def _value(self) -> Tree:
        """The tree of the value; its places are those in the assignment."""
        if not self.written.strip():
            return Tree(None)
        try:
            value = load_tree(Text(self.text.name, WRAPPED + self.written)).child("value")
        except SpecError as error:
            raise SpecError(
                [replace(problem, span=self._shifted(problem.span)) for problem in error.problems]
            ) from None
        return self._moved(value) if value else Tree(None)

    def _moved(self, tree: Tree) -> Tree:
        content = tree.content
        if isinstance(content, dict):
            content = {key: self._moved(child) for key, child in content.items()}
        elif isinstance(content, list):
            content = [self._moved(child) for child in content]
        return Tree(content, self._shifted(tree.span), self._shifted(tree.key_span))

    def _shifted(self, span: Span | None) -> Span | None:
        """A place in the wrapped value as a place in the assignment."""
        if span is None:
            return None
        by = len(self.path) + len(self.mark) - 2  # what stands before the value, less the indentation
        column, end_column = (
            position + by if line == 2 else position  # noqa: PLR2004 - the line below the key
            for line, position in ((span.line, span.column), (span.end_line, span.end_column))
        )
        return Span(self.text, max(1, span.line - 1), max(1, column), max(1, span.end_line - 1), max(1, end_column))

    def _replaced(self, tree: Tree, steps: list[str | int], way: tuple[str | int, ...], value: Tree) -> Tree:
        """The tree with the value at the end of the steps."""
        if not steps:
            return Tree(value.content, value.span or self._place(), tree.key_span or self._place())
        step, *rest = steps
        content = tree.content
        if isinstance(content, list):
            index = self._position(step, content, way)
            items = list(content)
            items[index] = self._replaced(items[index], rest, (*way, index), value)
            return tree.holding(items)
        if isinstance(step, int):
            self._refuse(f"`{_shown(way)}` is no list, and has no position {step}", None)
        if isinstance(content, str) and step == content:
            content = {content: Tree({}, tree.span, tree.span)}
        if content is None:
            content = {}
        if not isinstance(content, dict):
            written = f"`{content}`" if isinstance(content, (int, float, str)) else "a value"
            advice = (did_you_mean(step, [content]) or self._whole(way, steps)) if isinstance(content, str) else None
            self._refuse(f"`{_shown(way)}` is {written}, and has no `{step}` below it", advice)
        if step not in content and rest and len(content) == 1 and _is_item(way):
            (word,) = content
            inside = f"its layers are at `{_shown((*way, word, 'layers'))}`" if word == "repeat" else None
            self._refuse(f"`{_shown(way)}` is `{word}`, not `{step}`", did_you_mean(step, content) or inside)
        child = content.get(step) or Tree({} if rest else None, self._place(), self._place())
        return tree.holding({**content, step: self._replaced(child, rest, (*way, step), value)})

    def _whole(self, way: tuple[str | int, ...], steps: list[str | int]) -> str | None:
        """How to put another thing, with the argument that the last steps lead to, in the place of one."""
        if len(steps) == 1 or not all(isinstance(step, str) for step in steps):
            return None
        opening = "".join(f"{{{step}: " for step in steps)
        whole = f"{_shown(way)}={opening}{self.written}{'}' * len(steps)}"
        return f"to put another thing in its place, write `{self.text.name} '{whole}'`"

    def _position(self, step: str | int, content: list[Tree], way: tuple[str | int, ...]) -> int:
        """The position that a step means in a list."""
        if isinstance(step, str) and not re.fullmatch(r"-?\d+", step):
            self._refuse(
                f"`{_shown(way)}` is a list, and `{step}` is no position",
                f"write `{_shown(way)}[0]` for the first item",
            )
        index = int(step)
        if not -len(content) <= index < len(content):
            number = f"{len(content)} item{'s' if len(content) != 1 else ''}"
            advice = "positions count from 0, in the list as it is written"
            self._refuse(f"`{_shown(way)}` has {number}, and none at position {index}", advice)
        return index % len(content)

    def _place(self) -> Span:
        """The path, which is the place of everything that the assignment adds."""
        return Span(self.text, 1, 1, 1, len(self.path) + 1)

    def _refuse(self, message: str, advice: str | None) -> NoReturn:
        raise SpecError([BAD_OVERRIDE.problem(message, span=self._place(), help=advice)])


def _is_item(way: tuple[str | int, ...]) -> bool:
    return bool(way) and isinstance(way[-1], int)


def _shown(way: tuple[str | int, ...]) -> str:
    """A path as it is written."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).removeprefix(".") or "the spec"
