"""The steps of expansion, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tfspec.diagnostics import Problem, SpecError, in_file_order
from tfspec.source import Tree

from .request import Request

if TYPE_CHECKING:
    from .frame import Setting

SECTIONS = ("vars", "extends", "use", "profiles", "blocks")
"""The sections that a spec no longer has once it is written out."""

BY_NAME = ("blocks", "shared", "data")
"""Sections whose entries are written out one by one."""

NOTHING = Request()


def expand(
    tree: Tree,
    request: Request = NOTHING,
    *,
    auto_name: Callable[[str], str] = str.lower,
    warnings: list[Problem] | None = None,
) -> Tree:
    """The tree of a spec with everything written out.

    Files are read and laid over each other, then profiles, overrides and variables; then every
    `${…}` is computed, and every block, `if` and `repeat` replaced by its layers. What is left of
    `$` are the `$${` that stand for `${` itself. `auto_name` gives the name that an unnamed layer
    inside a block is called by, for the layer's word. To `warnings` is added what is not wrong, but
    has no effect.

    Raises:
        SpecError: Something cannot be written out; it carries all problems of the step that failed.
    """
    if isinstance(tree.content, dict) and ("extends" in tree.content or "use" in tree.content):
        from .extends import put_together  # only a spec with files pays for it

        tree = put_together(tree, request.root)
    if request.profiles or (isinstance(tree.content, dict) and "profiles" in tree.content):
        from .profiles import lay_profiles

        tree = lay_profiles(tree, request.profiles)
    if request.overrides or request.variables:
        from .overrides import apply_overrides, apply_variables

        tree = apply_variables(apply_overrides(tree, request.overrides), request.variables)
    if _is_written_out(tree):
        return tree
    try:
        return _write_out(tree, auto_name, [] if warnings is None else warnings)
    except SpecError as error:
        raise SpecError(_placed(error.problems, tree, auto_name)) from None


def _placed(problems: list[Problem], tree: Tree, auto_name: Callable[[str], str]) -> list[Problem]:
    """The problems with the ways to what they speak of, which their places tell; a mapping is given places for that."""
    from .ways import numbered, with_ways, without_places  # only a spec with mistakes pays for it

    if tree.span is not None:
        return with_ways(problems, tree)
    tree = numbered(tree)
    try:
        _write_out(tree, auto_name, [])
    except SpecError as error:
        return without_places(with_ways(error.problems, tree))
    return problems


def _is_written_out(tree: Tree) -> bool:
    """Whether there is nothing left to do."""
    if isinstance(tree.content, dict) and any(section in tree.content for section in (*SECTIONS, "shared")):
        return False
    waiting = [tree]
    while waiting:
        content = waiting.pop().content
        if isinstance(content, dict):
            if "repeat" in content or "if" in content:
                return False
            waiting += content.values()
        elif isinstance(content, list):
            waiting += content
        elif isinstance(content, str) and "${" in content and _has_expression(content):
            return False
    return True


def _has_expression(text: str) -> bool:
    from tfspec.programs import has_expression  # only a spec with a `${` pays for it

    return has_expression(text)


def _write_out(tree: Tree, auto_name: Callable[[str], str], warnings: list[Problem]) -> Tree:
    """The tree with its values computed and its layers written out."""
    from .blocks import read_blocks
    from .budget import Budget
    from .frame import Setting
    from .variables import read_variables

    content = tree.content
    assert isinstance(content, dict)  # noqa: S101 - the top of a spec is a mapping
    variables = read_variables(content.get("vars"), Budget())
    content = {key: variables.opened(child) if key in BY_NAME else child for key, child in content.items()}
    shared = content.get("shared")
    blocks = read_blocks(content.get("blocks"), shared, variables)
    names = frozenset(shared.content) if shared and isinstance(shared.content, dict) else frozenset[str]()
    setting = Setting(blocks, variables, auto_name, names)
    written = {key: _section(key, child, setting) for key, child in content.items() if key not in SECTIONS}
    if setting.problems:
        raise SpecError(in_file_order(list(setting.problems.values())))
    if "vars" in content or blocks:
        from .unused import find_unused

        warnings += find_unused(tree, blocks, setting.used)
    return tree.holding(written)


def _section(key: str, tree: Tree, setting: Setting) -> Tree:
    """One section of a spec, written out."""
    from .frame import Frame
    from .lines import Lines
    from .models import write_chain, write_model

    if key == "model":
        return write_model(tree, setting)
    if key == "shared" and isinstance(tree.content, dict):
        return tree.holding({name: write_model(child, setting) for name, child in tree.content.items()})
    frame = Frame(setting, Lines(setting.auto_name), setting.variables)
    if key == "data" and isinstance(tree.content, dict):
        return tree.holding({
            name: write_chain(child, setting) if name in ("prepare", "augment") else frame.computed(child)
            for name, child in tree.content.items()
        })  # fmt: skip
    return frame.computed(tree)
