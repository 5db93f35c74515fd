"""`tfspec predict`: what a run's best model says of new rows."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tfspec.diagnostics import SpecError

from .extras import need
from .reading import fail

FORMS = {".csv": "csv", ".jsonl": "jsonl", ".npz": "npz"}


@click.command("predict", short_help="Write what a run's best model says of new rows.")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--input",
    "data",
    type=click.Path(path_type=Path),
    required=True,
    help="The rows: a CSV file with the columns of the training data, an npz file or JSON lines.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the terminal."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS.values())),
    help="How the predictions are written; by the name of the output file if left out, else csv.",
)
def command(run: Path, data: Path, output: Path | None, form: str | None) -> None:
    """Write what a run's best model says of new rows, with classes and probabilities where there are classes.

    RUN is the folder that `tfspec run` wrote.
    """
    form = form or FORMS.get(output.suffix if output else "", "csv")
    if form == "npz" and output is None:
        raise click.UsageError("npz is no text: say where to write it with --output FILE")
    try:
        predictions = need("tfspec.runner").predict(run, data)
        written = need("tfspec.runner.writing").render(predictions, form)
    except SpecError as error:
        fail(error)
    if output is None:
        click.echo(written.decode(), nl=False)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        click.echo(f"`{output}` cannot be written: {(error.strerror or str(error)).lower()}", err=True)
        sys.exit(1)
    click.echo(f"{predictions.rows} predictions in {output}", err=True)
