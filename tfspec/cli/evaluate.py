"""`tfspec evaluate`: the metrics of a run's best model."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tfspec.diagnostics import SpecError

from .extras import need
from .reading import fail


@click.command("evaluate")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Evaluate on the rows of this CSV, npz or JSON-lines file instead of the run's test data.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(run: Path, data: Path | None, form: str) -> None:
    """Print the metrics of a run's best model on its test data.

    RUN is the folder that `tfspec run` wrote.
    """
    try:
        metrics = need("tfspec.runner").evaluate(run, data)
    except SpecError as error:
        fail(error)
    if form == "json":
        click.echo(json.dumps(metrics, indent=2))
        return
    for name, value in metrics.items():
        click.echo(f"{name} {value:.4f}")
