"""Models that Keras has saved, loaded with their weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras

from tfspec.backends.problems import NOT_LOADED
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import SpecError
from tfspec.source import Tree


def load_saved(file: Path, name: str, path: Way, tree: Tree) -> Any:
    """The model in a file, under the name that the spec gives it.

    Raises:
        SpecError: Keras cannot load it, though its configuration can be read.
    """
    try:
        model = keras.models.load_model(file, compile=False)
    except (OSError, ValueError, TypeError, KeyError) as error:
        place = (*path, "path")
        message = f"Keras cannot load `{file}`: {(str(error).splitlines() or [type(error).__name__])[0]}"
        advice = "save the model again with `model.save`"
        raise SpecError([NOT_LOADED.problem(message, path=place, span=tree.span_at(place), help=advice)]) from None
    model.name = name
    return model
