"""Networks that are known by name, as Keras builds them."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from textwrap import shorten
from typing import Any

import keras

from tfspec.backends.problems import NO_WEIGHTS, NOT_LOADED
from tfspec.catalogue.applications.application import Application
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import Problem, SpecError
from tfspec.graph import Submodel
from tfspec.source import Tree

from .objects import to_keras

MOST_LETTERS = 300
"""Letters of what Keras says against a file of weights, which goes on with the weights themselves."""

ADDRESS = re.compile(r"https?://\S+")


def build_application(submodel: Submodel, path: Way) -> Any:
    """The Keras model of an application, with its weights, and its output under the name that the graph says.

    Raises:
        SpecError: The weights are not there, and cannot be fetched, where it says which file to put where; or those in
            a file are not those of the application.
    """
    application, graph, tree = submodel.source, submodel.graph, submodel.tree
    assert isinstance(application, Application)  # noqa: S101 - the caller has looked
    build = getattr(keras.applications, type(application).__name__)
    said = {key: value for key, value in application.said.items() if key not in ("name", "trainable")}
    if graph.weights is not None:
        said["weights"] = None
    if application.classifier_activation is not None and "classifier_activation" in said:
        said["classifier_activation"] = to_keras(application.classifier_activation)
    try:
        model = build(**said)
    except Exception as error:
        address = ADDRESS.search(str(error))
        if application.weights is None or address is None:
            raise
        raise SpecError([_missing(address[0].rstrip(":"), application, path, tree)]) from None
    if graph.weights is not None:
        _load_weights(model, graph.weights, path, tree)
    model.name = graph.name  # afterwards, since some look for their weights by the name that Keras gives them
    (output,) = graph.outputs
    if model.output_names != [output]:  # a number, which would depend on what was built before
        model.get_layer(model.output_names[0]).name = output
        model.output_names = [output]
    return model


def _load_weights(model: Any, file: Path, path: Way, tree: Tree) -> None:
    """Give a model the weights in a file."""
    if mistake := _mistake_in_loading(model, file):
        place = (*path, "weights")
        message = f"Keras cannot load the weights in `{file}`: {mistake}"
        advice = "give the network the arguments with which they were saved, such as `include_top` and `classes`"
        raise SpecError([NOT_LOADED.problem(message, path=place, span=tree.span_at(place), help=advice)])


def _mistake_in_loading(model: Any, file: Path) -> str | None:
    """What Keras says against the weights in a file; of layers that keep their fresh weights it only warns."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            model.load_weights(file)
        except (OSError, ValueError, TypeError, KeyError) as error:
            return shorten(str(error), MOST_LETTERS, placeholder=" …") or type(error).__name__
    return next((str(each.message) for each in told if each.category is UserWarning), None)


def _missing(address: str, application: Application, path: Way, tree: Tree) -> Problem:
    file = address.rpartition("/")[2]
    folder = _models_folder()
    return NO_WEIGHTS.problem(
        f"the weights of `{application.written}` are not here, and cannot be fetched",
        path=path,
        span=tree.span_at(path, key=True),
        help=f"put `{file}`, from {address}, into `{folder}`, or write `weights: null` to start from fresh ones",
    )


def _models_folder() -> Path:
    """The folder in which Keras looks for weights before it fetches them."""
    from keras.src.backend import config  # the public module does not tell

    return Path(config.keras_home()) / "models"
