"""Embeddings that are too small for the numbers that the data feeds them."""

from __future__ import annotations

from tfspec.diagnostics import Problem
from tfspec.graph import Graph
from tfspec.source import Tree

from .feeds import Feeds
from .problems import SMALL_EMBEDDING


def lint_embeddings(graph: Graph, feeds: Feeds, *, prepared: bool, tree: Tree) -> list[Problem]:
    """A problem for each `Embedding` straight behind an input whose numbers go beyond its rows."""
    if prepared:
        return []
    problems = []
    for node in graph.nodes:
        rows = getattr(node.layer, "input_dim", None)
        feed = feeds.inputs.get(node.values[0].maker) if node.values else None
        if (
            type(node.layer).__name__ == "Embedding"
            and rows
            and feed
            and feed.highest is not None
            and feed.highest >= rows
        ):
            path = (*node.path, "input_dim")
            problems.append(
                SMALL_EMBEDDING.problem(
                    f"an embedding of {rows} rows is given numbers up to {feed.highest}",
                    path=path,
                    span=tree.span_at(path),
                    help=f"write `input_dim: {feed.highest + 1}`, or keep fewer words in the source",
                )
            )
    return problems
