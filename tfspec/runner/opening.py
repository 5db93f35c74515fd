"""An earlier run, opened to be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import keras

from tfspec.analysis import Analysis, analyze
from tfspec.diagnostics import SpecError, has_errors
from tfspec.spec import load

from .folder import RunFolder
from .problems import BAD_MODEL


class OpenRun(NamedTuple):
    """A run's folder, what its spec means, its best model, and what it wrote about itself."""

    folder: RunFolder
    analysis: Analysis
    model: keras.Model
    facts: dict[str, Any]

    @property
    def root(self) -> Path:
        """The folder that the spec's relative paths start from."""
        return Path(self.facts["root"])

    @property
    def class_names(self) -> dict[str, tuple[str, ...]]:
        """The names of the classes 0, 1, 2 … of each label column, where they have names."""
        return {column: tuple(names) for column, names in self.facts["class_names"].items()}


def open_run(path: Path | str) -> OpenRun:
    """The run in a folder, its best model loaded.

    Raises:
        SpecError: It is no run folder, or the model in it cannot be read.
    """
    folder = RunFolder.open(Path(path))
    facts = folder.read_facts()
    analysis = analyze(load(folder.resolved), Path(facts["root"]))
    if has_errors(analysis.problems):
        raise SpecError(analysis.problems)
    try:
        model = keras.models.load_model(folder.model, compile=False)
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"`{folder.model}` cannot be read: {str(error).splitlines()[0]}"
        raise SpecError([BAD_MODEL.problem(message, help="train again with `tfspec run`")]) from None
    return OpenRun(folder, analysis, model, facts)
