"""Variables and parameters that a spec gives, and that nothing in it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from tfspec.diagnostics import Problem, did_you_mean
from tfspec.source import Tree

from .blocks import Block
from .problems import UNUSED
from .variables import names_in


def find_unused(tree: Tree, blocks: dict[str, Block]) -> Iterator[Problem]:
    """A warning for each; what other files bring is there for more than one spec.

    `tree` is that of the spec before it is written out, with its profiles, which may speak of a variable as well.
    """
    variables = tree.child("vars")
    if variables is not None and isinstance(variables.content, dict):
        spoken = names_in(tree)
        for name, value in variables.content.items():
            if name not in spoken and _is_own(value, tree):
                others = [other for other in variables.content if other in spoken]
                advice = did_you_mean(name, others) or f"write `${{{name}}}` where it is meant, or take it out"
                yield UNUSED.problem(
                    f"nothing uses the variable `{name}`", path=("vars", name), span=value.key_span, help=advice
                )
    for block in blocks.values():
        if block.params and _is_own(block.tree, tree):
            yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Problem]:
    """A warning for each parameter of which neither a layer nor another parameter speaks."""
    defaults = [default for default in block.params.values() if default is not None]
    spoken = names_in(Tree([*block.layers, *defaults]))
    for name in block.params:
        if name not in spoken:
            way = ("params", name)
            yield UNUSED.problem(
                f"nothing in the block `{block.name}` uses its parameter `{name}`",
                path=("blocks", block.name, *way),
                span=block.tree.span_at(way, key=True),
                help=f"write `${{{name}}}` where it is meant, or take it out",
            )


def _is_own(value: Tree, tree: Tree) -> bool:
    """Whether something was said in the file of the spec itself, or beside it on the command line."""
    span = value.key_span
    return span is None or tree.span is None or span.text is tree.span.text or span.text.name.startswith("--")
