"""The layers of one model as they are written out: lines that take what other lines give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from tfspec.diagnostics import Label, Span
from tfspec.source import Tree


class Ref:
    """A value of the model: something that has a name, or the result of a line that may get one.

    `hint` is what it is called where nobody gives it a name.
    """

    __slots__ = ("hint", "line", "name")

    def __init__(self, name: str = "", line: Line | None = None, hint: str = "") -> None:
        self.name = name
        self.line = line
        self.hint = hint


Sources: TypeAlias = "Ref | str | list[Ref | str] | dict[str, Ref | str | list[Ref | str]]"
"""What a line takes; a text stands for itself (`_`, and what was wrong already)."""

Joint: TypeAlias = "str | list[str] | dict[str, str | list[str]]"
"""What `from` says in the end: names."""


class Line:
    """One layer: its word and arguments, and how it is joined to the others.

    `results` are those that its author names one by one; `alias` is the name by which the result of
    another layer is known where the model is read: that of the block whose result it is.
    """

    __slots__ = ("alias", "arguments", "is_inner", "item", "name", "results", "said", "sources", "uses", "word")

    def __init__(self, word: str, said: Tree, item: Tree, uses: tuple[Label, ...], *, is_inner: bool = False) -> None:
        self.word = word
        self.said = said
        self.item = item
        self.uses = uses
        self.arguments = said.content if isinstance(said.content, dict) else {}
        self.name: str | None = None
        self.sources: Sources | None = None
        self.results: tuple[Ref, ...] = ()
        self.alias: str | None = None
        self.is_inner = is_inner
        """Whether it stands inside a block, so that its author's name for it is not its name in the model."""


class Lines:
    """The lines of one model, in order, and the names that are taken in it."""

    def __init__(self, auto_name: Callable[[str], str], taken: Iterable[str] = ()) -> None:
        self.auto_name = auto_name
        self.lines: list[Line] = []
        self.words = set[str]()
        """The words of the layers."""
        self.last: Ref | None = None
        self.is_joined = False
        """Whether a line takes something else than what the line before it gives."""
        self.has_clash = False
        """Whether the author gave a name that something else had been called by before."""
        self.given = set(taken)
        """The names that the author gave, which nothing else may have."""
        self.repeated = set[str]()
        """The names that the author gave in repetitions, each of which has its own."""
        self.frozen: list[Line] = []
        """The uses of shared things that must not learn."""
        self._made = set[str]()
        self._counts: Counter[str] = Counter()

    def unique(self, word: str) -> str:
        """A name that nothing has yet: the word itself, or the word with the next free number."""
        while True:
            number = self._counts[word]
            self._counts[word] = number + 1
            name = f"{word}_{number}" if number else word
            if name not in self._made and name not in self.given:
                self._made.add(name)
                return name

    def give(self, name: str) -> str:
        """A name of the author's, which stays as it is."""
        self.given.add(name)
        self.has_clash |= name in self._made
        return name

    def add(self, line: Line) -> Ref:
        """Write a line below the others; what it gives."""
        self.lines.append(line)
        self.words.add(line.word)
        self.last = Ref(line=line)
        return self.last

    def written(self) -> list[Tree]:
        """The lines as a spec says them."""
        joints = [None if line.sources is None else self._joint(line.sources) for line in self.lines]
        return [_written(line, joint) for line, joint in zip(self.lines, joints, strict=True)]

    def freeze(self, line: Line) -> None:
        """Let no weight learn of something shared that a line calls."""
        line.name = line.name or self.unique(self.auto_name(line.word))
        self.frozen.append(line)

    def may_have(self, name: str) -> bool:
        """Whether a layer may be called so without its author's doing."""
        stem = re.sub(r"_\d+$", "", name)
        return name in self._made or any(self.auto_name(word) in (name, stem) for word in self.words)

    def is_called(self, value: Ref, name: str) -> bool:
        """Whether a value has a name now: its own, or this one where it had none of the author's."""
        line = value.line
        if line is None:
            return value.name == name
        if line.results:
            result = value if value in line.results else line.results[0]
            result.name = result.name or name
            return name in (result.name, line.name)
        line.alias = line.alias or (name if name != line.name else None)
        return name in (line.alias, line.name)

    def name_of(self, value: Ref | str) -> str:
        """The name by which a value is called; a line that has none gives its result one."""
        if isinstance(value, str):
            return value
        line = value.line
        if line is None or value.name:
            return value.name
        if line.results:
            return value.hint if value in line.results else self.name_of(line.results[0])
        if line.alias is None and line.name is None:
            line.alias = self.unique(value.hint or "result")
        return line.alias or line.name or ""

    def _joint(self, sources: Sources) -> Joint:
        if isinstance(sources, list):
            return [self.name_of(each) for each in sources]
        if isinstance(sources, dict):
            return {
                key: [self.name_of(one) for one in each] if isinstance(each, list) else self.name_of(each)
                for key, each in sources.items()
            }
        return self.name_of(sources)


def _written(line: Line, joint: Joint | None) -> Tree:
    """The step that a line says, with the places that it was written at."""
    item = line.item
    alias = [line.alias] if line.alias and line.alias != line.name else []
    results = [result.name or result.hint for result in line.results] or alias
    is_bare = not isinstance(item.content, dict) and not line.arguments
    is_wrong = line.said.content is not None and not isinstance(line.said.content, dict)  # which the catalogue tells
    if not line.word or is_wrong or (is_bare and line.name is None and joint is None and not results):
        return item.used(*line.uses) if line.uses else item
    said, merged = line.said, dict(line.arguments)
    place = said.key_span or item.span
    if line.name is not None:
        merged["name"] = _named(line.name, merged.get("name"), place)
    if joint is not None:
        merged["from"] = _joined(joint, merged.get("from"), place)
    if results:
        merged["as"] = _joined(results, merged.get("as"), place)
    inner = Tree(merged, said.span, said.key_span, said.uses)
    return Tree({line.word: inner}, item.span, item.key_span, line.uses + item.uses)


def _joined(joint: Joint, said: Tree | None, place: Span | None) -> Tree:
    """Names at the places where they were said, or else at that of the layer's word."""
    if isinstance(joint, str):
        return _named(joint, said, place)
    content = said.content if said is not None else None
    if isinstance(joint, list):
        items = content if isinstance(content, list) and len(content) == len(joint) else [None] * len(joint)
        made: Tree = _at([_named(name, item, place) for name, item in zip(joint, items, strict=True)], said, place)
        return made
    entries = content if isinstance(content, dict) else {}
    return _at({key: _joined(each, entries.get(key), place) for key, each in joint.items()}, said, place)


def _named(name: str, said: Tree | None, place: Span | None) -> Tree:
    return said if said is not None and said.content == name else _at(name, said, place)


def _at(content: str | list[Tree] | dict[str, Tree], said: Tree | None, place: Span | None) -> Tree:
    """A value where it was said, or at a place where nobody said it."""
    if said is None:
        return Tree(content, place, place)
    return Tree(content, said.span or place, said.key_span or place, said.uses)
