"""The layers of one model as they are written out: lines that take what other lines give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from tfspec.diagnostics import Label
from tfspec.source import Tree


class Ref:
    """A value of the model: something that has a name, or the result of a line that may get one."""

    __slots__ = ("hint", "line", "name")

    def __init__(self, name: str = "", line: Line | None = None) -> None:
        self.name = name
        self.line = line
        self.hint = ""


Sources: TypeAlias = "Ref | str | list[Ref | str] | dict[str, Ref | str | list[Ref | str]]"
"""What a line takes; a text stands for itself (`_`, and what was wrong already)."""


class Line:
    """One layer: its word and arguments, and how it is joined to the others.

    `alias` is the name by which its result is known where the model is read: that of the block
    whose result it is.
    """

    __slots__ = ("alias", "arguments", "item", "name", "results", "sources", "uses", "word")

    def __init__(self, word: str, arguments: dict[str, Tree], item: Tree, uses: tuple[Label, ...]) -> None:
        self.word = word
        self.arguments = arguments
        self.item = item
        self.uses = uses
        self.name: str | None = None
        self.sources: Sources | None = None
        self.results: tuple[str, ...] = ()
        self.alias: str | None = None


class Lines:
    """The lines of one model, in order."""

    def __init__(self, auto_name: Callable[[str], str], taken: Iterable[str]) -> None:
        self.auto_name = auto_name
        self.lines: list[Line] = []
        self.last: Ref | None = None
        self.is_joined = False
        """Whether a line takes something else than what the line before it gives."""
        self._taken = set(taken)
        self._counts: Counter[str] = Counter()

    def unique(self, word: str) -> str:
        """A name that nothing has yet: the word itself, or the word with the next free number."""
        while True:
            number = self._counts[word]
            self._counts[word] += 1
            name = f"{word}_{number}" if number else word
            if name not in self._taken:
                self._taken.add(name)
                return name

    def add(self, line: Line) -> Ref:
        """Write a line below the others; what it gives."""
        self.lines.append(line)
        self.last = Ref(line=line)
        return self.last

    def written(self) -> list[Tree]:
        """The lines as a spec says them."""
        joints = [None if line.sources is None else self._joint(line.sources) for line in self.lines]
        return [self._tree(line, joint) for line, joint in zip(self.lines, joints, strict=True)]

    def name_of(self, ref: Ref) -> str:
        """The name by which a value is called; a line that has none gives its result one."""
        line = ref.line
        if line is None or ref.name:
            return ref.name
        if line.alias is None and not line.results and line.name is None:
            line.alias = self.unique(ref.hint or "result")
        return line.alias or (line.results[0] if line.results else line.name or "")

    def _joint(self, sources: Sources) -> object:
        if isinstance(sources, Ref):
            return self.name_of(sources)
        if isinstance(sources, list):
            return [self._joint(each) for each in sources]
        if isinstance(sources, dict):
            return {key: self._joint(each) for key, each in sources.items()}
        return sources

    def _tree(self, line: Line, joint: object) -> Tree:
        """The step that a line says, with the places that it was written at."""
        item, arguments = line.item, line.arguments
        if not line.word:
            return item.used(*line.uses)
        added: dict[str, object] = {}
        if line.name is not None:
            added["name"] = line.name
        if joint is not None:
            added["from"] = joint
        results = list(line.results) or ([line.alias] if line.alias and line.alias != line.name else [])
        if results:
            added["as"] = results
        if not added and not arguments and not isinstance(item.content, dict):
            return item.used(*line.uses) if line.uses else item
        whole = item.child(line.word) or Tree(None, item.span, item.span)
        place = whole.key_span
        merged = {**arguments, **{key: _plain(value, arguments.get(key), place) for key, value in added.items()}}
        inner = Tree(merged, whole.span, whole.key_span, whole.uses)
        return Tree({line.word: inner}, item.span, item.key_span, line.uses + item.uses)


def _plain(value: object, said: Tree | None, place: object) -> Tree:
    """A name, or names, at the place where they were said, or else at that of the layer's word."""
    from tfspec.diagnostics import Span

    span = said.span if said and said.span else place if isinstance(place, Span) else None
    key_span = said.key_span if said and said.key_span else span
    uses = said.uses if said else ()
    if isinstance(value, list):
        items = said.content if said and isinstance(said.content, list) and len(said.content) == len(value) else None
        return Tree(
            [_plain(each, items[i] if items else None, span) for i, each in enumerate(value)], span, key_span, uses
        )
    if isinstance(value, dict):
        entries = said.content if said and isinstance(said.content, dict) else {}
        return Tree({key: _plain(each, entries.get(key), span) for key, each in value.items()}, span, key_span, uses)
    return Tree(str(value), span, key_span, uses)
