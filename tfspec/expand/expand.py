"""The steps of expansion, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tfspec.diagnostics import Problem, SpecError, did_you_mean, in_file_order, one_of
from tfspec.source import Tree

from .overrides import apply_overrides
from .problems import NO_PROFILE
from .request import Request

if TYPE_CHECKING:
    from .frame import Setting

SECTIONS = ("vars", "extends", "use", "profiles", "blocks")
"""The sections that a spec no longer has once it is written out."""

NOTHING = Request()


def expand(tree: Tree, request: Request = NOTHING, *, auto_name: Callable[[str], str] = str.lower) -> Tree:
    """The tree of a spec with everything written out.

    Files are read and laid over each other, then profiles, overrides and variables; then every
    `${…}` is computed, and every block, `if` and `repeat` replaced by its layers. `auto_name`
    gives the name that an unnamed layer inside a block is called by, for the layer's word.

    Raises:
        SpecError: Something cannot be written out; it carries all problems of the step that failed.
    """
    if _names_files(tree):
        from .files import put_together  # only a spec with files pays for it

        tree = put_together(tree, request.root)
    tree = _lay_profiles(tree, request.profiles)
    tree = apply_overrides(tree, [*request.overrides, *(f"vars.{assignment}" for assignment in request.variables)])
    if not _is_written_out(tree):
        tree = _write_out(tree, auto_name)
    return tree


def _names_files(tree: Tree) -> bool:
    return isinstance(tree.content, dict) and bool({"extends", "use"} & set(tree.content))


def _is_written_out(tree: Tree) -> bool:
    """Whether there is nothing left to do."""
    if isinstance(tree.content, dict) and set(SECTIONS) & set(tree.content):
        return False
    return not any(
        "${" in content
        if isinstance(content, str)
        else isinstance(content, dict) and ("repeat" in content or "if" in content)
        for content in _contents(tree)
    )


def _contents(tree: Tree) -> Iterator[object]:
    waiting = [tree]
    while waiting:
        content = waiting.pop().content
        yield content
        if isinstance(content, dict):
            waiting += content.values()
        elif isinstance(content, list):
            waiting += content


def _lay_profiles(tree: Tree, names: tuple[str, ...]) -> Tree:
    """The tree with the named profiles laid over it, in order."""
    if not names:
        return tree
    from .merging import laid_over

    profiles = tree.child("profiles")
    known = profiles.content if profiles is not None and isinstance(profiles.content, dict) else {}
    unknown = [name for name in names if name not in known]
    if unknown:
        span = profiles.key_span if profiles is not None else None
        advice = f"it has {one_of(known, 'and')}" if known else "profiles stand under `profiles`, by name"
        raise SpecError([
            NO_PROFILE.problem(
                f"there is no profile called `{name}`",
                path=("profiles",),
                span=span,
                help=did_you_mean(name, known) or advice,
            )
            for name in unknown
        ])  # fmt: skip
    for name in names:
        tree = laid_over(tree, known[name])
    return tree


def _write_out(tree: Tree, auto_name: Callable[[str], str]) -> Tree:
    """The tree with its values computed and its layers written out."""
    from .blocks import read_blocks
    from .frame import Setting
    from .scope import Budget
    from .variables import read_variables

    content = tree.content
    assert isinstance(content, dict)  # noqa: S101 - the top of a spec is a mapping
    problems: list[Problem] = []
    variables = read_variables(content.get("vars"), Budget())
    shared = content["shared"].content if "shared" in content else None
    names = frozenset(shared) if isinstance(shared, dict) else frozenset[str]()
    setting = Setting(read_blocks(content.get("blocks")), variables, auto_name, names, problems)
    written = {key: _section(key, child, setting) for key, child in content.items() if key not in SECTIONS}
    if problems:
        raise SpecError(in_file_order(problems))
    return tree.holding(written)


def _section(key: str, tree: Tree, setting: Setting) -> Tree:
    """One section of a spec, written out."""
    from .frame import Frame
    from .lines import Lines
    from .steps import write_chain, write_model

    if key == "model":
        return write_model(tree, setting)
    frame = Frame(setting, Lines(setting.auto_name, ()), setting.variables)
    if key == "shared" and isinstance(tree.content, dict):
        return tree.holding({name: write_model(child, setting) for name, child in tree.content.items()})
    if key == "data" and isinstance(tree.content, dict):
        return tree.holding({
            name: write_chain(child, setting) if name in ("prepare", "augment") else frame.computed(child)
            for name, child in tree.content.items()
        })  # fmt: skip
    return frame.computed(tree)
