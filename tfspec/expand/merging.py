"""One tree laid over another: mappings merge, lists and scalars replace."""

from __future__ import annotations

from tfspec.source import Tree

THINGS = frozenset(("model", "source", "optimizer", "learning_rate"))
"""Keys that hold one thing with its arguments: another thing takes the place of the one that was there."""

NAMED = frozenset(("vars", "blocks", "shared", "profiles", "params", "inputs", "outputs", "targets"))
"""Keys that hold things by names of the author's, which may begin with a capital letter."""


def laid_over(below: Tree, above: Tree, way: tuple[str, ...] = ()) -> Tree:
    """The tree `below` with `above` laid over it; `way` leads to both.

    A mapping is merged key by key. A thing with its arguments (`Adam: {…}`) is merged with the
    same thing, and replaced by another one. Everything else is replaced.
    """
    under, over = below.content, above.content
    if not isinstance(under, dict) or not isinstance(over, dict) or _is_another_thing(under, over, way):
        return above
    merged = {name: child.used(*below.uses) if below.uses else child for name, child in under.items()}
    for name, child in over.items():
        brought = child.used(*above.uses) if above.uses else child
        merged[name] = laid_over(merged[name], brought, (*way, name)) if name in merged else brought
    return Tree(merged, above.span, above.key_span)


def _is_another_thing(under: dict[str, Tree], over: dict[str, Tree], way: tuple[str, ...]) -> bool:
    """Whether each mapping says one thing, and they are not the same."""
    key = way[-1] if way else ""
    if way[:-1] == ("shared",):
        key = "model"
    if key in NAMED or len(under) != 1 or len(over) != 1 or under.keys() == over.keys():
        return False
    said = (*under.items(), *over.items())
    if key == "loss":  # of one output, or of several by their names
        return all(_has_plain_arguments(child) for _, child in said)
    return key in THINGS or all(
        name[:1].isupper() and (child.content is None or isinstance(child.content, dict)) for name, child in said
    )


def _has_plain_arguments(tree: Tree) -> bool:
    """Whether a mapping could be the arguments of a thing that takes no other things."""
    if isinstance(tree.content, dict):
        return not any(isinstance(child.content, dict) for child in tree.content.values())
    return tree.content is None
