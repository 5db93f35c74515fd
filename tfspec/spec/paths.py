"""Paths of data, vocabularies, saved models and weights: each starts from the folder of the file that says it."""

from __future__ import annotations

import os
from pathlib import Path

from tfspec.catalogue import find
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import Problem, SpecError
from tfspec.expand.files import folder_of, outside
from tfspec.source import Tree

FAMILIES = ("source", "model", "layer")
"""The families whose things read files."""

FILES = ("path", "vocabulary", "weights")
"""The arguments that name them."""

NO_FILE = ("imagenet",)
"""What these arguments say beside paths."""


def settle_paths(tree: Tree, root: Path | None) -> Tree:
    """The tree of a spec with every path starting from the spec's own folder, as those that read files take it.

    With a root, which files are looked for from as well, paths from any other folder are whole ones.

    Raises:
        SpecError: A file lies outside of the root.
    """
    settling = _Settling(folder_of(tree, Path()), root and root.resolve())
    settled = settling.settled(tree, (), "")
    if settling.problems:
        raise SpecError(settling.problems)
    return settled


def anchored(data: object, folder: Path, owner: str = "") -> object:
    """The plain data of a spec with whole paths, so that it says the same from wherever it is read."""
    if isinstance(data, list):
        return [anchored(each, folder, owner) for each in data]
    if not isinstance(data, dict):
        return data
    return {
        key: (folder / str(each)).as_posix() if _names_file(owner, key, each) else anchored(each, folder, key)
        for key, each in data.items()
    }


class _Settling:
    """One spec, whose paths are to start from `folder`."""

    def __init__(self, folder: Path, root: Path | None) -> None:
        self.folder = folder
        self.root = root
        self.problems: list[Problem] = []

    def settled(self, tree: Tree, way: Way, owner: str) -> Tree:
        """The tree of what stands under the key `owner`; itself where nothing in it changes."""
        content = tree.content
        if isinstance(content, list):
            items = [self.settled(each, (*way, index), owner) for index, each in enumerate(content)]
            return tree if all(map(_is_same, items, content)) else tree.holding(items)
        if not isinstance(content, dict):
            return tree
        children = {
            key: self._path(each, (*way, key))
            if _names_file(owner, key, each.content)
            else self.settled(each, (*way, key), key)
            for key, each in content.items()
        }
        return tree if all(map(_is_same, children.values(), content.values())) else tree.holding(children)

    def _path(self, tree: Tree, way: Way) -> Tree:
        """A path that starts from the spec's folder."""
        path = Path(str(tree.content))
        folder = folder_of(tree, self.root or self.folder)
        if not path.is_absolute():
            if self.root:
                path = path if folder.resolve() == self.folder.resolve() == self.root else folder.resolve() / path
            elif folder != self.folder:
                path = Path(os.path.relpath(folder, self.folder)) / path
            tree = tree if path.as_posix() == tree.content else tree.holding(path.as_posix())
        if self.root and not self._real(path).is_relative_to(self.root):
            self.problems.append(outside(tree, way))
        return tree

    def _real(self, path: Path) -> Path:
        """Where a path leads, through all links; one that leads in a circle leads outside."""
        try:
            return (self.folder / path).resolve()
        except (OSError, RuntimeError, ValueError):
            return Path("/")


def _is_same(one: Tree, other: Tree) -> bool:
    return one is other


def _names_file(owner: str, key: str, value: object) -> bool:
    """Whether an argument of a thing names a file."""
    if key not in FILES or not isinstance(value, str) or value in NO_FILE:
        return False
    things = (find(family, owner) for family in FAMILIES)
    return any(thing is not None and key in thing.model_fields for thing in things)
