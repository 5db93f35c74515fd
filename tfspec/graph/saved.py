"""Models in `.keras` files, as graphs."""

from __future__ import annotations

from pathlib import Path as FilePath

from tfspec.catalogue.saved import Saved
from tfspec.diagnostics import Path, Problem, SpecError
from tfspec.files import FileError, read_saved_model
from tfspec.source import Tree
from tfspec.spec import Spec, load
from tfspec.spec.from_keras import CannotSayError, spec_from_saved

from .graph import Graph, Submodel
from .problems import UNUSABLE_MODEL


def read_saved(saved: Saved, path: Path, tree: Tree, folder: FilePath) -> Spec | Problem:
    """The spec of a saved model, or why it cannot be used; `path` leads to it in the tree of the spec that names it."""
    try:
        return load(spec_from_saved(read_saved_model(folder / saved.path)))
    except FileError as error:
        return unusable(str(error), error.help, path, tree)
    except CannotSayError as error:
        return unusable(f"`{saved.path}` cannot be read without Keras: {error}", error.help, path, tree)
    except SpecError as error:
        return unusable(
            f"`{saved.path}` is no model that a spec can say: {error.problems[0].message}", None, path, tree
        )


def unusable(message: str, advice: str | None, path: Path, tree: Tree) -> Problem:
    """The problem of a saved model, at the place of its file's name."""
    place = (*path, "path")
    return UNUSABLE_MODEL.problem(message, path=place, span=tree.span_at(place), help=advice)


def placed(graph: Graph, path: Path, tree: Tree, name: str | None = None, file: FilePath | None = None) -> Graph:
    """The graph of a saved model, all of which stands where the spec names it."""
    nodes = (
        node._replace(
            path=path,
            layer=node.layer._replace(graph=placed(node.layer.graph, path, tree), tree=tree)
            if isinstance(node.layer, Submodel)
            else node.layer,
        )
        for node in graph.nodes
    )
    inputs = tuple(given._replace(path=path) for given in graph.inputs)
    return Graph(graph.kind, name or graph.name, inputs, tuple(nodes), graph.outputs, graph.structure, file)
