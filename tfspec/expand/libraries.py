"""`use`: libraries, and those that they use themselves, whose names a spec can speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tfspec.diagnostics import Label, Problem, Span, SpecError, did_you_mean, in_file_order, one_of
from tfspec.source import Tree

from .files import Files
from .problems import CLASH, NOT_A_LIBRARY

SECTIONS = ("vars", "blocks", "shared", "custom")
"""The sections that a library may hold, besides `use`."""


def read_libraries(named: Tree, own: Tree, way: tuple[Path, ...], files: Files) -> Tree:
    """What libraries hold together; a name that several of them have counts as none where the spec itself says it.

    `own` is what the spec says, `way` leads from the first spec to it.

    Raises:
        SpecError: A library cannot be read, or holds what it must not; or several have a name that the spec has not.
    """
    libraries = _Libraries(files)
    libraries.use(named, way, ())
    sections: dict[str, Tree] = {}
    for section, entries in libraries.held.items():
        said = own.child(section) or Tree(None)
        unclear = {name: trees for name, trees in entries.items() if len(trees) > 1}
        libraries.problems += _clashes(section, {name: unclear[name] for name in unclear if not said.child(name)})
        sections[section] = Tree({name: trees[0] for name, trees in entries.items() if name not in unclear})
    if libraries.problems:
        raise SpecError(in_file_order(libraries.problems))
    return Tree(sections)


class _Libraries:
    """The libraries of one spec, each of which is read once, whoever uses it."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.held: dict[str, dict[str, list[Tree]]] = {}
        """What the libraries have under each name of each section."""
        self.problems: list[Problem] = []
        self._read = set[Path]()

    def use(self, named: Tree, way: tuple[Path, ...], uses: tuple[Label, ...]) -> None:
        """Read the libraries that a value names; `uses` leads from the spec to the library in which it stands."""
        for each in named.content if isinstance(named.content, list) else [named]:
            try:
                path = self.files.found(each, "use", way)
                if path in self._read:
                    continue
                self._read.add(path)
                further = (Label(each.span, "used here"),) if each.span else ()
                tree = self.files.tree(each, further)
            except SpecError as error:
                self.problems += [problem.used(*uses) for problem in error.problems]
            else:
                self._add(tree, (*way, path), uses + further)

    def _add(self, tree: Tree, way: tuple[Path, ...], uses: tuple[Label, ...]) -> None:
        """Add what one library holds, and what those hold that it uses."""
        for section, entries in tree.content.items() if isinstance(tree.content, dict) else ():
            span = entries.key_span and entries.key_span._replace(uses=uses)
            if section == "use":
                self.use(entries, way, uses)
            elif section in SECTIONS and isinstance(entries.content, dict):
                held = self.held.setdefault(section, {})
                for name, value in entries.content.items():
                    held.setdefault(name, []).append(value.used(*uses))
            elif section in SECTIONS and entries.content is not None:
                message = f"`{section}` must be a mapping from names to what they stand for"
                self.problems.append(NOT_A_LIBRARY.problem(message, span=span))
            elif section not in (*SECTIONS, "tfspec"):
                self.problems.append(_not_in_it(section, span))


def _not_in_it(section: str, span: Span | None) -> Problem:
    message = f"a library holds only {one_of((*SECTIONS, 'use'), 'and')}, not `{section}`"
    advice = did_you_mean(section, (*SECTIONS, "use")) or "to start from a whole spec, write `extends`"
    return NOT_A_LIBRARY.problem(message, span=span, help=advice)


def _clashes(section: str, entries: dict[str, list[Tree]]) -> Iterator[Problem]:
    """A problem for each library but the first that has a name."""
    for name, (first, *others) in entries.items():
        labels = (Label(first.key_span, "the first one"),) if first.key_span else ()
        message = f"two libraries have `{name}` under `{section}`"
        advice = f"rename one of them, or give `{section}` of the spec a `{name}` of its own, in place of both"
        for value in others:
            span = value.key_span and value.key_span._replace(uses=value.uses)
            yield CLASH.problem(message, path=(section, name), span=span, labels=labels, help=advice)
