"""Evaluate: what a run's best model reaches on its test data, or on other data."""

from __future__ import annotations

from pathlib import Path

from tfspec.backends.keras import compile_model
from tfspec.data import load_part, load_splits
from tfspec.diagnostics import SpecError

from .opening import open_run
from .problems import NO_TEST_DATA
from .run import evaluate_part


def evaluate(run: Path | str, data: Path | str | None = None) -> dict[str, float]:
    """The loss and metrics of a run's best model on its test data, or on the rows of a file.

    Raises:
        SpecError: There is no such run, no test data, or the file does not fit the model.
    """
    opened = open_run(run)
    analysis = opened.analysis
    assert analysis.feeds is not None  # noqa: S101 - a run is refused without data
    if data is None:
        part = load_splits(analysis.spec, analysis.feeds, opened.root).test
        if part is None:
            message = f"`{run}` has no test data"
            advice = "keep some with `data.split: {test: 0.2}`, or give a file with `--data FILE`"
            raise SpecError([NO_TEST_DATA.problem(message, help=advice)])
    else:
        part = load_part(Path(data), analysis.spec, analysis.feeds, opened.class_names, need_targets=True)
    compile_model(opened.model, analysis)
    return evaluate_part(opened.model, part, analysis)
