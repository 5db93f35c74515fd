"""Where a layer stands: the names that it sees, and how what it makes is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tfspec.diagnostics import Code, Label, Problem, Span, SpecError, did_you_mean, in_file_order, one_of
from tfspec.source import Tree

from .blocks import Block
from .budget import TooLargeError
from .estimate import MAX_NESTING
from .lines import Line, Lines, Ref, Sources
from .problems import CIRCLE, NAMED_TWICE, NOT_IN_BLOCK
from .scope import LISTED, Scope

SEARCHED = 1000
"""Names among which the one that was meant is looked for."""

MAX_PROBLEMS = 100
"""Problems after which nothing more is written out."""

MAX_NOTES = 1000
"""Times that a problem may be noted; one in a repeat is met again and again."""


@dataclass(slots=True)
class Setting:
    """What is the same everywhere in one spec."""

    blocks: dict[str, Block]
    variables: Scope
    auto_name: Callable[[str], str]
    """What Keras calls the first layer of a class: `conv2d` for `Conv2D`."""
    shared: frozenset[str]
    """The names of shared layers and models, which are words of layers."""
    used: set[str] = field(default_factory=set)
    """The names of the blocks that were written out."""
    problems: dict[tuple[object, ...], Problem] = field(default_factory=dict)
    """What is wrong, told once of each place, with its first use."""
    noted: int = 0
    """How many problems were noted, those that were known included."""
    meant: dict[str, str | None] = field(default_factory=dict)
    """Advice for words in lower case that mean nothing."""

    def note(self, problem: Problem) -> None:
        """Note a problem.

        Raises:
            SpecError: There are so many that nobody reads more.
        """
        span = problem.span
        self.problems.setdefault((problem.code, problem.message, span[:5] if span else problem.path), problem)
        self.noted += 1
        if len(self.problems) >= MAX_PROBLEMS or self.noted >= MAX_NOTES:
            raise TooLargeError(in_file_order(list(self.problems.values())))


class Frame:
    """The inside of a model, of one use of a block, or of one repetition.

    Inside a block, `prefix` is the name of its use, and only its inputs and what it makes have
    names; in a repetition, `suffix` tells its names from those of the others.
    """

    def __init__(self, setting: Setting, lines: Lines, scope: Scope, outer: Frame | None = None) -> None:
        self.setting = setting
        self.lines = lines
        self.scope = scope
        self.outer = outer
        """The frame whose names are seen here."""
        self.names: dict[str, Ref] = {}
        self.made = set[str]()
        """Those of the names that no author gave: the names of uses of blocks that have none of their own."""
        self.inputs: tuple[str, ...] = ()
        """What the block takes in which this stands; nothing in it may have these names."""
        self.kept: dict[str, Ref] = {}
        """Names that a repetition gives beyond itself, since they are computed and so its own."""
        self.prefix = ""
        self.suffix = ""
        self.uses: tuple[Label, ...] = ()
        self.open_blocks: tuple[str, ...] = ()
        self.depth = 0
        self.is_frozen = False
        self.is_chain = False
        """Whether this is a sequential model, outside of blocks."""
        self.previous: Ref | None = None

    def inner(self, scope: Scope, use: str | None, place: Span | None) -> Frame:
        """A frame inside this one, which sees its names; `use` says at its place what brought it, if anything did.

        Raises:
            SpecError: It stands too deep inside others.
        """
        frame = Frame(self.setting, self.lines, scope, self)
        frame.prefix, frame.suffix = self.prefix, self.suffix
        frame.uses = (*self.uses, Label(place, use)) if place and use else self.uses
        frame.open_blocks, frame.depth, frame.inputs = self.open_blocks, self.depth + 1, self.inputs
        frame.is_frozen, frame.is_chain, frame.previous = self.is_frozen, self.is_chain, self.previous
        if frame.depth > MAX_NESTING:
            message = f"blocks, repeats and models stand more than {MAX_NESTING} deep inside one another"
            span = place and place._replace(uses=self.uses)
            raise TooLargeError([CIRCLE.problem(message, span=span, help="write it flatter")])
        return frame

    def computed(self, tree: Tree) -> Tree:
        """The tree with its expressions computed; what is wrong with them is noted, and null in its place.

        Raises:
            SpecError: The spec becomes too large.
        """
        return self.value(tree) or tree.holding(None)

    def value(self, tree: Tree) -> Tree | None:
        """The tree with its expressions computed, or None where they have no value, which is noted.

        Raises:
            SpecError: The spec becomes too large.
        """
        try:
            return self.scope.computed(tree)
        except TooLargeError as error:
            raise TooLargeError([problem.used(*self.uses) for problem in error.problems]) from None
        except SpecError as error:
            for problem in error.problems:
                self.setting.note(problem.used(*self.uses))
            return None

    def opened(self, tree: Tree) -> Tree | None:
        """What a text with an expression stands for, None where it has no value, which is noted; all else as it is."""
        return self.value(tree) if isinstance(tree.content, str) else tree

    def forgive(self, said: Tree) -> None:
        """Know the names that something would have given that is wrong, so that nothing more is told of them."""
        for key in ("name", "as"):
            tree = said.child(key) or Tree(None)
            for item in tree.content if isinstance(tree.content, list) else [tree]:
                if isinstance(item.content, str):
                    self.remember(item.content, Ref(item.content), computed=True)

    def count(self, values: int, span: Span | None) -> None:
        """Take so many values more from the spec's budget.

        Raises:
            SpecError: They are too many.
        """
        self.scope.budget.count(values, span)

    def count_turns(self, turns: int, span: Span | None) -> None:
        """Take a repetition or a use of a block from the spec's budget.

        Raises:
            SpecError: They are too many.
        """
        self.scope.budget.count_turns(turns, span)

    def full_name(self, name: str, *, computed: bool) -> str:
        """What a name written here is called in the whole model.

        A computed name stays as it is in a repetition, since it is most likely computed to be unique.
        """
        own = name if computed else f"{name}{self.suffix}"
        if self.prefix:
            return self.lines.unique(f"{self.prefix}_{own}")
        if own != name:
            self.lines.repeated.add(name)
        return self.lines.give(own) if own == name else self.lines.unique(own)

    def named(self, name: str) -> Ref | None:
        """What a name stands for here, or None."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.outer
        return None

    def visible(self) -> Iterator[str]:
        """The names that are seen here, the nearest first."""
        frame: Frame | None = self
        while frame is not None:
            yield from frame.names
            frame = frame.outer

    def may_see(self, name: str) -> bool:
        """Whether the whole model may know a name that its author did not give."""
        return self.lines.may_have(name) or not self.setting.shared.isdisjoint(self.lines.words)

    def remember(self, name: str, ref: Ref, *, computed: bool) -> None:
        """Let a name stand for a value, here and below."""
        self.names[name] = ref
        self.made.discard(name)
        if computed:
            self.kept[name] = ref

    def remember_made(self, name: str, ref: Ref) -> None:
        """Let the name of a use of a block, which its author did not name, stand for what it gives."""
        own = name.removeprefix(f"{self.prefix}_") if self.prefix else name
        if own not in self.names:
            self.remember(own, ref, computed=True)
            self.made.add(own)

    def refuse_twice(self, name: str, span: Span | None) -> None:
        """Tell of a name that means something already here, where the whole model cannot know it."""
        if not (self.prefix or self.suffix):
            return
        where = f"the block `{self.open_blocks[-1]}`" if self.prefix else "one repetition"
        first = self.names.get(name)
        if name == "_":
            self.tell(NAMED_TWICE, "`_` always means the result of the layer before", span, "use another name")
        elif name in self.inputs:
            self.tell(NAMED_TWICE, f"`{name}` is what {where} takes", span, "use another name")
        elif first and first.line and name not in self.made and first not in first.line.results:
            self.tell(NAMED_TWICE, f"two layers of {where} are called `{name}`", span, "give them different names")

    def source(self, tree: Tree) -> Sources | None:
        """What `from` says, with the names resolved; None where it says nothing that can be read."""
        content = tree.content
        if isinstance(content, str):
            return self._one(tree, content)
        if isinstance(content, list):
            return self._several(content)
        if isinstance(content, dict):
            found = {key: self.source(child) for key, child in content.items() if not isinstance(child.content, dict)}
            return None if len(found) < len(content) or None in found.values() else found  # type: ignore[return-value] # no mappings in it
        return None

    def _several(self, items: list[Tree]) -> list[Ref | str] | None:
        names = [item.content for item in items]
        if not all(isinstance(name, str) for name in names):
            return None
        return [self._one(item, str(name)) for item, name in zip(items, names, strict=True)]

    def _one(self, tree: Tree, name: str) -> Ref | str:
        if name == "_":
            return "_" if self.previous is None or self.previous is self.lines.last else self.previous
        found = self.named(name)
        if found is not None:
            return found
        if self.open_blocks:
            message = f"nothing so far in the block `{self.open_blocks[-1]}` is called `{name}`"
            known = list(islice(self.visible(), SEARCHED))
            advice = did_you_mean(name, known) or f"it has {one_of(known[:LISTED], 'and')}"
            self.tell(NOT_IN_BLOCK, message, tree.span, f"{advice}; what is outside must be passed in")
        elif name in self.lines.repeated:
            message = f"`{name}` is a name inside a repetition, and each repetition has its own"
            advice = f"call it `{name}_${{index}}` there, to speak of one of them here"
            self.tell(NOT_IN_BLOCK, message, tree.span, advice)
        return name

    def emit(self, line: Line) -> Ref:
        """Write a line that takes what is said, or else the result before it."""
        if line.sources is None and self.previous is not self.lines.last and "from" not in line.arguments:
            line.sources = self.previous
        if self.prefix and (line.sources is not None or line.results):
            self.lines.is_joined = True
        self.previous = self.lines.add(line)
        return self.previous

    def tell(self, code: Code, message: str, span: Span | None, advice: str | None = None) -> None:
        """Note a problem with the chain of uses that led here."""
        self.setting.note(code.problem(message, span=span, help=advice).used(*self.uses))
