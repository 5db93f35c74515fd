"""Variables, blocks and their parameters that a spec gives, and that nothing in it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from tfspec.diagnostics import Problem, did_you_mean
from tfspec.source import Tree

from .blocks import Block
from .problems import UNUSED
from .variables import names_in


def find_unused(tree: Tree, blocks: dict[str, Block], used: set[str]) -> Iterator[Problem]:
    """A warning for each; what other files bring is there for more than one spec.

    `used` are the blocks that were written out. `tree` is that of the spec before it is written out, with its
    profiles, which may speak of a variable as well.
    """
    variables = tree.child("vars")
    if variables is not None and isinstance(variables.content, dict):
        spoken = names_in(tree)
        others = [other for other in variables.content if other in spoken]
        for name, value in variables.content.items():
            if name not in spoken and _is_own(value, tree):
                advice = did_you_mean(name, others) or f"write `${{{name}}}` where it is meant, or take it out"
                yield UNUSED.problem(
                    f"nothing uses the variable `{name}`", path=("vars", name), span=value.key_span, help=advice
                )
    own = [block for block in blocks.values() if _is_own(block.tree, tree)]
    idle = {block.name for block in own} - used
    idle -= _words(tree, idle) if idle else set()
    for block in own:
        if block.name in idle:
            message, advice = f"nothing uses the block `{block.name}`", "use it as a layer, or take it out"
            place = block.tree.key_span
            yield UNUSED.problem(message, path=("blocks", block.name), span=place, help=advice)
        else:
            yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Problem]:
    """A warning for each parameter of which neither a layer nor another parameter speaks."""
    defaults = [default for default in block.params.values() if default is not None]
    spoken = names_in(Tree([block.layers, *defaults]))
    for name in block.params:
        if name not in spoken:
            way = ("params", name)
            yield UNUSED.problem(
                f"nothing in the block `{block.name}` uses its parameter `{name}`",
                path=("blocks", block.name, *way),
                span=block.tree.span_at(way, key=True),
                help=f"write `${{{name}}}` where it is meant, or take it out",
            )


def _words(tree: Tree, names: set[str]) -> set[str]:
    """Those of the names of blocks that stand anywhere else than in the block itself."""
    sections = tree.content if isinstance(tree.content, dict) else {}
    blocks = sections.get("blocks", Tree(None)).content
    parts = [("", child) for key, child in sections.items() if key != "blocks"]
    parts += blocks.items() if isinstance(blocks, dict) else []
    found: set[str] = set()
    for part, child in parts:
        waiting = [child]
        while waiting:
            content = waiting.pop().content
            if isinstance(content, dict):
                found |= names.intersection(content) - {part}
                waiting += content.values()
            elif isinstance(content, list):
                waiting += content
            elif isinstance(content, str) and content in names and content != part:
                found.add(content)
    return found


def _is_own(value: Tree, tree: Tree) -> bool:
    """Whether something was said in the file of the spec itself, or beside it on the command line."""
    span = value.key_span
    return span is None or tree.span is None or span.text is tree.span.text or span.text.name.startswith("--")
