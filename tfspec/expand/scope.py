"""What names stand for, and trees with their `${…}` computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from tfspec.diagnostics import Label, Problem, Span, SpecError
from tfspec.programs import ProgramError, Template, Value, read_template
from tfspec.source import Tree

from .problems import BAD_EXPRESSION, TOO_MUCH

MAX_VALUES = 3_000_000
"""Values that a spec may hold once it is written out."""


LESS = "repeat less, or use fewer blocks in blocks"


class Budget:
    """How many values are written out so far, in one spec."""

    def __init__(self) -> None:
        self.values = 0

    def count(self, values: int, span: Span | None) -> None:
        """Take so many values more.

        Raises:
            SpecError: They are more than any spec needs.
        """
        self.values += values
        if self.values > MAX_VALUES:
            message = f"written out, the spec holds more than {MAX_VALUES:,} values"
            raise SpecError([TOO_MUCH.problem(message, span=span, help=LESS)])


class Scope:
    """Names and the trees that they stand for: variables, a block's parameters, a repeat's index."""

    def __init__(self, trees: Mapping[str, Tree], budget: Budget) -> None:
        self.trees = dict(trees)
        self.values: dict[str, Value] = {name: tree.data for name, tree in trees.items()}
        self.budget = budget

    def define(self, name: str, tree: Tree) -> None:
        """Let a name stand for a tree."""
        self.trees[name] = tree
        self.values[name] = tree.data

    def extended(self, trees: Mapping[str, Tree]) -> Scope:
        """The scope with more names, which hide those of the same name."""
        scope = Scope({}, self.budget)
        scope.trees = {**self.trees, **trees}
        scope.values = {**self.values, **{name: tree.data for name, tree in trees.items()}}
        return scope

    def computed(self, tree: Tree) -> Tree:
        """The tree with every `${…}` in it replaced by its value; what is plain is shared.

        Raises:
            SpecError: An expression is wrong; it carries all that are.
        """
        problems: list[Problem] = []
        result = self._computed(tree, problems)
        if problems:
            raise SpecError(problems)
        return result

    def _computed(self, tree: Tree, problems: list[Problem]) -> Tree:
        content = tree.content
        if isinstance(content, str):
            return self._text(tree, content, problems) if "${" in content else tree
        if isinstance(content, dict):
            entries = {key: self._computed(child, problems) for key, child in content.items()}
            if all(entries[key] is child for key, child in content.items()):
                return tree
            return tree.holding(entries)
        if isinstance(content, list):
            items = [self._computed(child, problems) for child in content]
            return tree if all(a is b for a, b in zip(items, content, strict=True)) else tree.holding(items)
        return tree

    def _text(self, tree: Tree, text: str, problems: list[Problem]) -> Tree:
        try:
            template = read_template(text)
            if template.is_whole and (found := self._bound(template)):
                return self._brought(found, tree)
            value = template.value(self.values)
        except ProgramError as error:
            problems.append(to_problem(error, tree))
            return tree.holding(None)
        return self._made(value, tree, self._origins(template))

    def _bound(self, template: Template) -> Tree | None:
        """The tree that a bare name stands for."""
        text = template.pieces[0].expression.text.strip()
        return self.trees.get(text)

    def _brought(self, found: Tree, tree: Tree) -> Tree:
        """What a name stands for, put where the name is used; a scalar's place is that of its use."""
        if isinstance(found.content, (dict, list)):
            self.budget.count(1 + sum(1 for _ in found.walk()), tree.span)
            uses = (Label(tree.span, "used here"),) if tree.span else ()
            return Tree(found.content, found.span, tree.key_span, tree.uses + uses + found.uses)
        uses = (Label(found.span, "its value"),) if found.span else ()
        return Tree(found.content, tree.span, tree.key_span, tree.uses + found.uses + uses)

    def _origins(self, template: Template) -> tuple[Label, ...]:
        """Where the names in a template got their values."""
        found = [(name, self.trees[name]) for name in sorted(template.names) if name in self.trees]
        return tuple(Label(tree.span, f"the value of `{name}`") for name, tree in found if tree.span)

    def _made(self, value: Value, tree: Tree, uses: tuple[Label, ...]) -> Tree:
        """The tree of a computed value; all of it stands where the expression stands."""
        self.budget.count(1, tree.span)
        if isinstance(value, dict):
            content = {key: self._made(item, Tree(None, tree.span), ()) for key, item in value.items()}
            return Tree(content, tree.span, tree.key_span, tree.uses + uses)
        if isinstance(value, list):
            items = [self._made(item, Tree(None, tree.span), ()) for item in value]
            return Tree(items, tree.span, tree.key_span, tree.uses + uses)
        return Tree(value, tree.span, tree.key_span, tree.uses + uses)


def to_problem(error: ProgramError, tree: Tree) -> Problem:
    """The problem of an expression, at its place inside the text where that can be told."""
    return BAD_EXPRESSION.problem(error.message, span=_inside(error, tree), help=error.help)


def _inside(error: ProgramError, tree: Tree) -> Span | None:
    """The characters of the spec's text that an error speaks of; all of the value where it is written otherwise."""
    span, text = tree.span, str(tree.content)
    if span is None or span.line != span.end_line:
        return span and span._replace(uses=tree.uses)
    line = span.text.lines[span.line - 1]
    written = line[span.column - 1 : span.end_column - 1]
    at = written.find(text)
    if at < 0:
        return span._replace(uses=tree.uses)
    begin = span.column + at + error.start
    return span._replace(column=begin, end_column=max(begin + 1, begin + error.end - error.start), uses=tree.uses)


def refuse(problem: Problem) -> NoReturn:
    """Stop at a problem that leaves nothing to go on with."""
    raise SpecError([problem])
