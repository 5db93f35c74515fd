"""A spec put together from files: the one that it extends, its libraries, and itself on top."""

from __future__ import annotations

from pathlib import Path

from tfspec.diagnostics import Label, SpecError
from tfspec.source import Tree

from .files import Files
from .libraries import read_libraries
from .merging import laid_over


def put_together(tree: Tree, root: Path | None) -> Tree:
    """The spec with the one that it extends below it, and what its libraries hold between the two.

    Raises:
        SpecError: A file cannot be read, lies outside of the root, or leads back to itself.
    """
    way = (Path(tree.span.text.name).resolve(),) if tree.span else ()
    return _whole(tree, way, Files(root))


def _whole(tree: Tree, way: tuple[Path, ...], files: Files) -> Tree:
    """A spec with everything that it extends and uses; `way` leads from the first spec to it."""
    content = tree.content
    if not isinstance(content, dict) or not {"extends", "use"} & set(content):
        return tree
    own = tree.holding({key: child for key, child in content.items() if key not in ("extends", "use")})
    if "use" in content:
        own = laid_over(read_libraries(content["use"], own, way, files), own)
    if "extends" in content:
        own = laid_over(_extended(content["extends"], way, files), own)
    return own


def _extended(named: Tree, way: tuple[Path, ...], files: Files) -> Tree:
    """The spec that a value names, put together itself."""
    path = files.found(named, "extends", way)
    uses = (Label(named.span, "extended here"),) if named.span else ()
    tree = files.tree(named, uses)
    try:
        return _whole(tree, (*way, path), files).used(*uses)
    except SpecError as error:
        raise SpecError([problem.used(*uses) for problem in error.problems]) from None
