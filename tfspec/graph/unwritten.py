"""Models that a spec names and does not write out: networks known by name, and saved ones."""

from __future__ import annotations

from pathlib import Path as FilePath

from tfspec.catalogue.applications.application import Application
from tfspec.catalogue.models import Model
from tfspec.catalogue.saved import Saved
from tfspec.diagnostics import Path, Problem, SpecError
from tfspec.files import FileError, check_weights_file, read_saved_model
from tfspec.source import Tree
from tfspec.spec import Spec, load
from tfspec.spec.applications import application_spec
from tfspec.spec.from_keras import CannotSayError, spec_from_saved

from .graph import Graph, Submodel, Value
from .lower import lower
from .problems import UNUSABLE_MODEL


def lower_unwritten(model: Model, name: str, path: Path, tree: Tree, folder: FilePath) -> tuple[Graph, list[Problem]]:
    """The graph of such a model, all of which stands where it is named, and what is wrong with it.

    One that cannot be used has no inputs. The path of a file starts from `folder`.
    """
    if isinstance(model, Application):
        graph, problems = lower(application_spec(model))
        assert not problems, problems  # noqa: S101 - they are tested
        graph = _placed(_with_output(graph, model.output_name), path, tree, name)
        return _with_weights(graph, model.weights_file, path, tree, folder)
    assert isinstance(model, Saved)  # noqa: S101 - there are no others
    nothing = Graph(model.spelling(), name, (), (), {})
    spec = _read_saved(model, path, tree, folder)
    if isinstance(spec, Problem):
        return nothing, [spec]
    graph, problems = lower(spec)
    if wrong := [problem.message for problem in problems if problem.severity == "error"]:
        return nothing, [_unusable(f"`{model.path}` is no model that a spec can say: {wrong[0]}", None, path, tree)]
    return _placed(graph, path, tree, name, folder / model.path), []


def _with_output(graph: Graph, name: str | None) -> Graph:
    """The graph of an application with its output under the name that Keras gives it."""
    ((_, value),) = graph.outputs.items()
    last = graph.nodes[-1]
    if name is None or isinstance(last.layer, Submodel) or value.maker != last.name:
        return graph
    last = last._replace(name=name, layer_name=name, layer=last.layer.model_copy(update={"name": name}))
    return Graph(graph.kind, graph.name, graph.inputs, (*graph.nodes[:-1], last), {name: Value(name)})


def _with_weights(
    graph: Graph, file: str | None, path: Path, tree: Tree, folder: FilePath
) -> tuple[Graph, list[Problem]]:
    """The graph of an application with the file that holds its weights, and what is wrong with that."""
    if file is None:
        return graph, []
    graph.weights = folder / file
    try:
        check_weights_file(graph.weights)
    except FileError as error:
        return graph, [_unusable(str(error), error.help, path, tree, "weights")]
    return graph, []


def _read_saved(saved: Saved, path: Path, tree: Tree, folder: FilePath) -> Spec | Problem:
    """The spec of a saved model, or why it cannot be used; `path` leads to it in the tree of the spec that names it."""
    try:
        return load(spec_from_saved(read_saved_model(folder / saved.path)))
    except FileError as error:
        return _unusable(str(error), error.help, path, tree)
    except CannotSayError as error:
        return _unusable(f"`{saved.path}` cannot be read without Keras: {error}", error.help, path, tree)
    except SpecError as error:
        return _unusable(
            f"`{saved.path}` is no model that a spec can say: {error.problems[0].message}", None, path, tree
        )


def _unusable(message: str, advice: str | None, path: Path, tree: Tree, argument: str = "path") -> Problem:
    """The problem of a saved model, or of saved weights, at the place of its file's name."""
    place = (*path, argument)
    return UNUSABLE_MODEL.problem(message, path=place, span=tree.span_at(place), help=advice)


def _placed(graph: Graph, path: Path, tree: Tree, name: str | None = None, file: FilePath | None = None) -> Graph:
    """The graph with everything at the place where the spec names its model."""
    nodes = (
        node._replace(
            path=path,
            layer=node.layer._replace(graph=_placed(node.layer.graph, path, tree), tree=tree)
            if isinstance(node.layer, Submodel)
            else node.layer,
        )
        for node in graph.nodes
    )
    inputs = tuple(given._replace(path=path) for given in graph.inputs)
    return Graph(graph.kind, name or graph.name, inputs, tuple(nodes), graph.outputs, graph.structure, file)
