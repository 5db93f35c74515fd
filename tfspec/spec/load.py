"""Reading a spec: a path, a text, a mapping or a `Spec` in, a `Spec` or all its mistakes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tfspec.catalogue import find
from tfspec.catalogue.declaration import snake_case
from tfspec.diagnostics import Problem, SpecError, Text
from tfspec.expand import Request, expand
from tfspec.source import Tree, collection_paused, load_tree, read_text, tree_from_data

from .document import Spec
from .library import LibraryError, is_library
from .texts import plain_data

Loadable: TypeAlias = str | Path | Mapping[str, Any] | Spec | Text
"""What a spec can be given as: a path, YAML or JSON text, plain data, or a spec already read."""


def load(
    source: Loadable,
    *,
    overrides: Sequence[str] = (),
    variables: Sequence[str] = (),
    profiles: Sequence[str] = (),
    root: Path | None = None,
) -> Spec:
    """The validated spec that `source` says.

    A string with a line break or a `{` in it is a text, any other is a path. `profiles` are laid
    over the spec first, then `overrides`, assignments such as `fit.epochs=3`, then `variables`,
    assignments to names of `vars` such as `width=64`. Files that the spec is put together from
    (`extends`, `use`), and those that it reads (data, vocabularies, saved models), may lie anywhere,
    or only inside of `root` where it is given.

    Raises:
        SpecError: The spec cannot be read, or has mistakes; it carries all that were found.
    """
    request = Request(tuple(profiles), tuple(overrides), tuple(variables), root)
    if isinstance(source, Spec) and not any(request[:3]):
        return source
    with collection_paused():
        tree = _tree(source)
        if is_library(tree):
            raise LibraryError(tree)
        warnings: list[Problem] = []
        written = expand(tree, request, auto_name=_auto_name, warnings=warnings)
        if root is not None or _is_put_together(tree):
            from .paths import settle_paths  # only a spec of several files pays for it

            written = settle_paths(written, root)
        spec = load_spec(written, warnings)
        if isinstance(tree.content, dict) and not {"blocks", "profiles"}.isdisjoint(tree.content):
            from .unread import find_in_unread  # only a spec that holds such things pays for it

            if problems := find_in_unread(tree):
                raise SpecError(problems)
        return spec


def _is_put_together(tree: Tree) -> bool:
    """Whether a spec consists of several files."""
    return isinstance(tree.content, dict) and ("extends" in tree.content or "use" in tree.content)


def _auto_name(word: str) -> str:
    """What Keras calls the first layer that a spec names by a word."""
    cls = find("layer", word)
    return snake_case(cls.__name__ if cls else word)


def load_spec(tree: Tree, warnings: Sequence[Problem] = ()) -> Spec:
    """The validated spec that an expanded tree says; `warnings` are what was found when it was expanded.

    Raises:
        SpecError: The tree is no valid spec; it carries all mistakes, in file order.
    """
    from pydantic import ValidationError

    try:
        return Spec.model_validate(plain_data(tree)).from_tree(tree, warnings)
    except ValidationError as error:
        from .errors import to_problems  # only a spec with mistakes pays for it

        raise SpecError(to_problems(error, tree)) from None


def _tree(source: Loadable) -> Tree:
    if isinstance(source, Spec):
        return source.tree
    if isinstance(source, Text):
        return load_tree(source)
    if isinstance(source, Mapping):
        return tree_from_data(source)
    if not isinstance(source, (str, Path)):
        raise TypeError(f"a spec is given as a path, a text or a mapping, not as {type(source).__name__}")
    if isinstance(source, Path) or not _is_text(source):
        return load_tree(read_text(Path(source)))
    return load_tree(Text("<text>", source))


def _is_text(source: str) -> bool:
    return "\n" in source or "{" in source or not source.strip()
