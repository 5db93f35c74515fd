"""Networks that are known by name, as Keras builds them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import keras

from tfspec.backends.problems import NO_WEIGHTS
from tfspec.catalogue.applications.application import Application
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import Problem, SpecError
from tfspec.source import Tree

from .objects import to_keras

ADDRESS = re.compile(r"https?://\S+")


def build_application(application: Application, name: str, path: Way, tree: Tree) -> Any:
    """The Keras model of an application, with its weights.

    Raises:
        SpecError: The weights are not there, and cannot be fetched; it says which file to put where.
    """
    build = getattr(keras.applications, type(application).__name__)
    said = {key: value for key, value in application.said.items() if key not in ("name", "trainable")}
    if application.classifier_activation is not None and "classifier_activation" in said:
        said["classifier_activation"] = to_keras(application.classifier_activation)
    try:
        model = build(**said)
    except Exception as error:
        address = ADDRESS.search(str(error))
        if application.weights is None or address is None:
            raise
        raise SpecError([_missing(address[0].rstrip(":"), application, path, tree)]) from None
    model.name = name  # afterwards, since some look for their weights by the name that Keras gives them
    return model


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
