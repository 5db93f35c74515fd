"""What names stand for, and trees with their `${…}` computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from tfspec.diagnostics import Label, Problem, Span, SpecError, one_of
from tfspec.programs import ProgramError, Steps, Template, Value, escaped, has_expression, read_template, unescaped
from tfspec.source import Tree

from .budget import Budget, too_deep
from .problems import BAD_EXPRESSION

LISTED = 12
"""Names that a line of help lists."""

MAX_USES = 8
"""Places that a value remembers to have come by; of more, those nearest to where it was written."""


class Scope(Mapping[str, Value]):
    """Names and the trees that they stand for: variables, a block's parameters, a repeat's index.

    As a mapping it gives the plain values, which are made when an expression asks for them. `hidden`
    is the scope around the use of a block, of which the block sees nothing.
    """

    def __init__(
        self, trees: Mapping[str, Tree], budget: Budget, outer: Scope | None = None, hidden: Scope | None = None
    ) -> None:
        self.trees = dict(trees)
        self.budget = budget
        self.outer = outer
        self.hidden = hidden
        self._values: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        scope = self._holder(name)
        if scope is None:
            raise KeyError(name)
        return scope.own_value(name)

    def __iter__(self) -> Iterator[str]:
        seen = set[str]()
        scope: Scope | None = self
        while scope is not None:
            yield from (name for name in scope.trees if name not in seen)
            seen.update(scope.trees)
            scope = scope.outer

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._holder(name) is not None

    def tree(self, name: str) -> Tree | None:
        """The tree that a name stands for, or None."""
        scope = self._holder(name)
        return scope.trees[name] if scope is not None else None

    def own_value(self, name: str) -> Value:
        """What an expression reckons with for one of its own names."""
        if name not in self._values:
            tree = self.trees[name]
            if isinstance(tree.content, (dict, list)):
                self.budget.count(self.budget.measure(tree).size, tree.span)
            self._values[name] = unescaped(tree.data)
        return self._values[name]

    def define(self, name: str, tree: Tree) -> None:
        """Let a name stand for a tree."""
        self.trees[name] = tree

    def extended(self, trees: Mapping[str, Tree], hidden: Scope | None = None) -> Scope:
        """The scope with more names, which hide those of the same name."""
        return Scope(trees, self.budget, self, hidden)

    def computed(self, tree: Tree) -> Tree:
        """The tree with every `${…}` in it replaced by its value; what is plain is shared.

        Raises:
            SpecError: An expression is wrong, and it carries all that are; or there are too many values.
        """
        problems: list[Problem] = []
        result = self._computed(tree, problems)
        if problems:
            raise SpecError(problems)
        return result

    def opened(self, tree: Tree) -> Tree:
        """What a text with an expression stands for; anything else as it is, whatever it holds.

        Raises:
            SpecError: The expression is wrong.
        """
        content = tree.content
        return self.computed(tree) if isinstance(content, str) and has_expression(content) else tree

    def _holder(self, name: str) -> Scope | None:
        """The innermost scope that has a name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.trees:
            scope = scope.outer
        return scope

    def _computed(self, tree: Tree, problems: list[Problem]) -> Tree:
        content = tree.content
        if isinstance(content, str):
            return self._text(tree, content, problems) if has_expression(content) else tree
        if not isinstance(content, (dict, list)):
            return tree
        measure = self.budget.measure(tree)
        if measure.is_plain:
            self.budget.count(measure.size, tree.span)
            return tree
        self.budget.count(1, tree.span)
        if isinstance(content, dict):
            problems += [_not_a_key(key, child) for key, child in content.items() if has_expression(key)]
            return tree.holding({key: self._computed(child, problems) for key, child in content.items()})
        return tree.holding([self._computed(child, problems) for child in content])

    def _text(self, tree: Tree, text: str, problems: list[Problem]) -> Tree:
        try:
            template = read_template(text)
            if template.is_whole and (found := self.tree(template.pieces[0].expression.text.strip())):
                return self._brought(found, tree)
            value = self._reckoned(template, tree)
        except ProgramError as error:
            problems.append(self._problem(error, tree))
            return tree.holding(None)
        return self._made(value, tree, self._origins(template))

    def _problem(self, error: ProgramError, tree: Tree) -> Problem:
        """The problem of an expression, at its place inside the text where that can be told."""
        advice = error.help or (error.name and self._cure(error.name))
        return BAD_EXPRESSION.problem(error.message, span=place_in(error, tree), help=advice)

    def _cure(self, name: str) -> str:
        """How to let a name stand for something here."""
        scope: Scope | None = self
        while scope is not None and scope.hidden is None:
            scope = scope.outer
        if scope is not None and scope.hidden is not None and name in scope.hidden:
            return "a block does not see it: make it a parameter, and give it where the block is used"
        cure = (
            "give it a value under `vars`" if scope is None else "make it a parameter, or give it a value under `vars`"
        )
        known = list(islice(self, LISTED))
        return f"{cure}; here there is {one_of(known, 'and')}" if known else cure

    def _reckoned(self, template: Template, tree: Tree) -> Value:
        """The value of a text, its steps taken from the budget."""
        steps = Steps()
        try:
            return template.value(self, steps)
        finally:
            self.budget.count_steps(steps.taken, tree.span)

    def _brought(self, found: Tree, tree: Tree) -> Tree:
        """What a name stands for, put where the name is used; a scalar's place is that of its use."""
        if isinstance(found.content, (dict, list)):
            measure = self.budget.measure(found)
            if measure.is_deep:
                raise too_deep(tree.span)
            self.budget.count(measure.size, tree.span)
            uses = (Label(tree.span, "used here"),) if tree.span else ()
            return Tree(found.content, found.span, tree.key_span, (tree.uses + uses + found.uses)[-MAX_USES:])
        uses = (Label(found.span, "its value"),) if found.span else ()
        return Tree(found.content, tree.span, tree.key_span, (tree.uses + found.uses + uses)[-MAX_USES:])

    def _origins(self, template: Template) -> tuple[Label, ...]:
        """Where the names in a template got their values."""
        found = [(name, self.tree(name)) for name in sorted(template.names)]
        labels = [Label(tree.span, f"the value of `{name}`") for name, tree in found if tree and tree.span]
        return tuple(labels[:MAX_USES])

    def _made(self, value: Value, tree: Tree, uses: tuple[Label, ...]) -> Tree:
        """The tree of a computed value; all of it stands where the expression stands."""
        self.budget.count(1, tree.span)
        uses = (tree.uses + uses)[-MAX_USES:]
        if isinstance(value, dict):
            content = {key: self._made(item, Tree(None, tree.span), ()) for key, item in value.items()}
            return Tree(content, tree.span, tree.key_span, uses)
        if isinstance(value, list):
            items = [self._made(item, Tree(None, tree.span), ()) for item in value]
            return Tree(items, tree.span, tree.key_span, uses)
        return Tree(escaped(value) if isinstance(value, str) else value, tree.span, tree.key_span, uses)


def _not_a_key(key: str, tree: Tree) -> Problem:
    advice = "write the whole item as `${…}`, or choose with `if`"
    return BAD_EXPRESSION.problem(f"`{key}` is a key, and keys are not computed", span=tree.key_span, help=advice)


def place_in(error: ProgramError, tree: Tree) -> Span | None:
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
