"""One tree laid over another: mappings merge, lists and scalars replace."""

from __future__ import annotations

from tfspec.source import Tree

THINGS = frozenset(("model", "source", "optimizer", "learning_rate"))
"""Keys that hold one thing with its arguments: another thing takes the place of the one that was there."""

NAMED = frozenset(("vars", "blocks", "shared", "profiles", "params", "inputs", "outputs", "targets"))
"""Keys that hold things by names of the author's, which may begin with a capital letter."""


def laid_over(below: Tree, above: Tree, key: str = "") -> Tree:
    """The tree `below` with `above` laid over it.

    A mapping is merged key by key. A thing with its arguments (`Adam: {…}`) is merged with the
    same thing, and replaced by another one. Everything else is replaced.
    """
    under, over = below.content, above.content
    if not isinstance(under, dict) or not isinstance(over, dict) or _is_another_thing(under, over, key):
        return above
    merged = {name: child.used(*below.uses) if below.uses else child for name, child in under.items()}
    for name, child in over.items():
        brought = child.used(*above.uses) if above.uses else child
        merged[name] = laid_over(merged[name], brought, name) if name in merged else brought
    return Tree(merged, above.span, above.key_span)


def _is_another_thing(under: dict[str, Tree], over: dict[str, Tree], key: str) -> bool:
    """Whether each mapping says one thing, and they are not the same."""
    if key in NAMED or len(under) != 1 or len(over) != 1 or under.keys() == over.keys():
        return False
    return key in THINGS or all(
        name[:1].isupper() and (child.content is None or isinstance(child.content, dict))
        for name, child in (*under.items(), *over.items())
    )
