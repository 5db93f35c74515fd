"""`tfspec show`: the table of layers, without TensorFlow."""

from __future__ import annotations

import json
import sys

import click

from tfspec.analysis import LayerRow, Summary, analyze
from tfspec.diagnostics import SpecError, has_errors
from tfspec.tensors import Shape

from .reading import SET_HELP, fail, read_spec, tell

HEADINGS = ("name", "layer", "inputs", "output", "weights", "parameters", "share")


@click.command("show", short_help="Print the layers of a model, with shapes and parameters.")
@click.argument("spec", metavar="SPEC")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How the table is written.",
)
@click.option("--set", "overrides", metavar="PATH=VALUE", multiple=True, help=SET_HELP)
def command(spec: str, form: str, overrides: tuple[str, ...]) -> None:
    """Print the layers of a model with their shapes, dtypes, weights and parameters.

    SPEC is a YAML or JSON file, or `-` for standard input.
    """
    try:
        analysis = analyze(read_spec(spec, overrides))
    except SpecError as error:
        fail(error)
    if analysis.problems:
        tell(analysis.problems)
    if has_errors(analysis.problems):
        sys.exit(1)
    summary = analysis.summary
    if form == "json":
        click.echo(json.dumps(summary.to_dict(), indent=2))
    elif form == "markdown":
        click.echo(to_markdown(summary))
    else:
        print_table(summary)


def table_rows(summary: Summary) -> list[tuple[str, ...]]:
    """The cells of the table, a row for each layer."""
    total = summary.parameters
    return [_cells(row, total) for row in summary.layers]


def totals(summary: Summary) -> str:
    """The line below the table."""
    fixed = summary.parameters - summary.trainable_parameters
    return f"{summary.parameters:,} parameters: {summary.trainable_parameters:,} trainable, {fixed:,} not"


def to_markdown(summary: Summary) -> str:
    """The table as Markdown."""
    marks = ("---",) * 5 + ("---:",) * 2
    lines = [f"| {' | '.join(cells)} |" for cells in (HEADINGS, marks, *table_rows(summary))]
    return "\n".join([*_ends(summary), "", *lines, "", totals(summary)])


def print_table(summary: Summary) -> None:
    """The table for a terminal, as wide as it needs to be where the output is not one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if index >= 5 else "left", overflow="fold")  # noqa: PLR2004 - the numbers
    for cells in table_rows(summary):
        table.add_row(*cells)
    for line in _ends(summary):
        console.print(line, markup=False)
    console.print(table)
    console.print(totals(summary), markup=False)


def _ends(summary: Summary) -> list[str]:
    """What goes in and what comes out, above the table."""
    lines = [summary.name]
    for word, rows in (("input", summary.inputs), ("output", summary.outputs)):
        lines += [f"  {word} {row.name}: {_shape(row.shape)} {row.dtype}" for row in rows]
    return lines


def _cells(row: LayerRow, total: int) -> tuple[str, ...]:
    outputs = ", ".join(f"{_shape(type_.shape)} {type_.dtype}" for type_ in row.outputs)
    weights = ", ".join(f"{weight.name} {_weight_shape(weight.shape)}" for weight in row.weights)
    share = f"{row.parameters / total:.1%}" if row.parameters else ""
    return (row.name, row.layer, ", ".join(row.sources), outputs, weights, f"{row.parameters:,}", share)


def _shape(shape: Shape) -> str:
    return f"({', '.join('?' if dim is None else str(dim) for dim in shape)})"


def _weight_shape(shape: Shape) -> str:
    return "×".join(str(dim) for dim in shape) or "scalar"  # noqa: RUF001 - a cross, as between sizes
