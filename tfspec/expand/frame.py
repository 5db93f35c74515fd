"""Where a layer stands: the names that it sees, and how what it makes is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tfspec.diagnostics import Code, Label, Problem, Span, SpecError, did_you_mean, one_of
from tfspec.source import Tree

from .blocks import Block
from .lines import Line, Lines, Ref, Sources
from .problems import NOT_IN_BLOCK, TOO_MUCH
from .scope import Scope

LISTED = 12
"""Names that a line of help lists."""


class Setting(NamedTuple):
    """What is the same everywhere in one spec."""

    blocks: dict[str, Block]
    variables: Scope
    auto_name: Callable[[str], str]
    """What Keras calls the first layer of a class: `conv2d` for `Conv2D`."""
    shared: frozenset[str]
    """The names of shared layers and models, which are words of layers."""
    problems: list[Problem]


class Frame:
    """The inside of a model, of one use of a block, or of one repetition.

    Inside a block, `prefix` is the name of its use, and only its inputs and what it makes have
    names; in a repetition, `suffix` tells its names from those of the others.
    """

    def __init__(self, setting: Setting, lines: Lines, scope: Scope) -> None:
        self.setting = setting
        self.lines = lines
        self.scope = scope
        self.names: dict[str, Ref] = {}
        self.kept: dict[str, Ref] = {}
        """Names that a repetition gives beyond itself, since they are computed and so its own."""
        self.prefix = ""
        self.suffix = ""
        self.uses: tuple[Label, ...] = ()
        self.open_blocks: tuple[str, ...] = ()
        self.is_frozen = False
        self.previous: Ref | None = None

    def inner(self, scope: Scope, use: str, place: Span | None) -> Frame:
        """A frame inside this one, which sees its names; `use` says what it is, at its place."""
        frame = Frame(self.setting, self.lines, scope)
        frame.names = dict(self.names)
        frame.prefix, frame.suffix = self.prefix, self.suffix
        frame.uses = (*self.uses, Label(place, use)) if place else self.uses
        frame.open_blocks, frame.is_frozen, frame.previous = self.open_blocks, self.is_frozen, self.previous
        return frame

    def computed(self, tree: Tree) -> Tree:
        """The tree with its expressions computed; what is wrong with them is noted, and null in its place.

        Raises:
            SpecError: The spec becomes too large.
        """
        try:
            return self.scope.computed(tree)
        except SpecError as error:
            if any(problem.code == TOO_MUCH.id for problem in error.problems):
                raise
            for problem in error.problems:
                self.note(problem)
            return tree.holding(None)

    def full_name(self, name: str, *, computed: bool) -> str:
        """What a name written here is called in the whole model.

        A computed name stays as it is in a repetition, since it is most likely computed to be unique.
        """
        own = name if computed else f"{name}{self.suffix}"
        if self.prefix:
            return self.lines.unique(f"{self.prefix}_{own}")
        return own if own == name else self.lines.unique(own)

    def remember(self, name: str, ref: Ref, *, computed: bool) -> None:
        """Let a name stand for a value, here and below."""
        self.names[name] = ref
        if computed:
            self.kept[name] = ref

    def source(self, tree: Tree) -> Sources | None:
        """What `from` says, with the names resolved; None where it says nothing that can be read."""
        content = tree.content
        if isinstance(content, str):
            return self._one(tree)
        if isinstance(content, list):
            return [self._one(item) for item in content]
        if isinstance(content, dict):
            return {
                key: [self._one(item) for item in child.content]
                if isinstance(child.content, list)
                else self._one(child)
                for key, child in content.items()
            }
        return None

    def _one(self, tree: Tree) -> Ref | str:
        name = str(tree.content)
        if name == "_":
            return "_" if self.previous is None or self.previous is self.lines.last else self.previous
        if name in self.names:
            return self.names[name]
        if self.open_blocks:
            message = f"nothing so far in the block `{self.open_blocks[-1]}` is called `{name}`"
            advice = did_you_mean(name, self.names) or f"it has {one_of(list(self.names)[:LISTED], 'and')}"
            self.tell(NOT_IN_BLOCK, message, tree.span, f"{advice}; what is outside must be passed in")
        return name

    def emit(self, line: Line) -> Ref:
        """Write a line that takes what is said, or else the result before it."""
        if line.sources is None and self.previous is not self.lines.last:
            line.sources = self.previous
        if self.prefix and (line.sources is not None or line.results):
            self.lines.is_joined = True
        self.previous = self.lines.add(line)
        return self.previous

    def tell(self, code: Code, message: str, span: Span | None, advice: str | None = None) -> None:
        """Note a problem with the chain of uses that led here."""
        self.note(code.problem(message, span=span, help=advice))

    def note(self, problem: Problem) -> None:
        """Note a problem that was found without the chain."""
        span = problem.span and problem.span._replace(uses=self.uses + problem.span.uses)
        self.setting.problems.append(replace(problem, span=span))
