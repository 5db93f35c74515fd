"""`tfspec run`: train, evaluate, write a run folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tfspec.diagnostics import SpecError

from .reading import fail, read_spec, spec_options, tell

if TYPE_CHECKING:
    from tfspec.runner import Run
    from tfspec.runner.progress import Verbosity
    from tfspec.spec import Spec


@click.command("run")
@click.argument("spec", metavar="SPEC")
@click.option(
    "--runs",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder that the run folder is made in.",
)
@click.option("--name", help="Name of the run folder, before its number; the spec's name if left out.")
@click.option("--epochs", type=click.IntRange(min=1), help="Train for so many epochs, whatever the spec says.")
@spec_options
def command(spec: str, runs: Path, name: str | None, epochs: int | None, **laid: tuple[str, ...]) -> None:
    """Train the model of a spec, evaluate it, and write a run folder.

    SPEC is a YAML or JSON file, or `-` for standard input. The folder holds the spec, the history, the
    metrics and the best model; it is never overwritten. Ctrl-C ends the run and keeps what there is.
    """
    if epochs is not None:
        laid["overrides"] = (*laid["overrides"], f"fit.epochs={epochs}")
    try:
        _train(read_spec(spec, **laid), runs, name)
    except SpecError as error:
        fail(error)


def _train(loaded: Spec, runs: Path, name: str | None) -> None:
    from tfspec.analysis import analyze
    from tfspec.diagnostics import has_errors

    from .extras import need

    problems = analyze(loaded).problems
    if problems:  # mistakes are told before TensorFlow is loaded, warnings before the training
        tell(problems)
    if has_errors(problems):
        sys.exit(1)
    run = need("tfspec.runner").run
    result = run(loaded, runs=runs, name=name, verbosity=_verbosity(loaded))
    print_result(result)
    sys.exit(0 if result.ending == "completed" else 1)


def _verbosity(spec: Spec) -> Verbosity:
    """How much to print: what the spec's `fit.verbose` says, or a bar where somebody watches."""
    verbose = spec.fit.verbose if spec.fit else "auto"
    if verbose == "auto":
        verbose = 1 if sys.stderr.isatty() and sys.stdout.isatty() else 2
    return ("silent", "bar", "lines")[verbose]


def print_result(run: Run) -> None:
    """How the run ended, what the best model reaches, and what to type next."""
    if run.problems:
        tell(run.problems)
    headline = f"{run.ending} after {len(run.history)} epoch{'s' if len(run.history) != 1 else ''}"
    if run.best_epoch is not None:
        headline += f"; the best was epoch {run.best_epoch}"
    click.echo(headline)
    for part, metrics in run.metrics.items():
        click.echo(f"  {part:<11}" + "  ".join(f"{name} {value:.4f}" for name, value in metrics.items()))
    click.echo(f"run folder: {run.folder}")
    if run.metrics or (run.folder / "model.keras").exists():
        click.echo("next:")
        if "test" in run.metrics:
            click.echo(f"  tfspec evaluate {run.folder}")
        click.echo(f"  tfspec predict {run.folder} --input FILE")
