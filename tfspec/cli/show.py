"""`tfspec show`: the table of layers, without TensorFlow."""

from __future__ import annotations

import json
import sys

import click

from tfspec.analysis import Cost, LayerRow, Summary, analyze, part_of
from tfspec.diagnostics import SpecError, has_errors
from tfspec.tensors import Shape, show_dim

from .amounts import amount
from .reading import fail, read_spec, spec_options, tell

HEADINGS = ("name", "layer", "inputs", "output", "weights", "parameters", "share", "operations", "memory")
BATCH_HEADING = "activations"
DISPENSABLE = ("weights", "share", "inputs")
"""Columns that a narrow terminal goes without, in this order."""
GAP = 3
"""Letters between two columns."""
TEXTS = 5
"""Columns of text, which the numbers stand behind."""

LISTED = 12
"""Weights of a layer that the table lists; the longest layer of its own, attention, has fewer."""


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
@click.option(
    "--batch",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show what the layers give in memory for so many examples too, and what training takes.",
)
@click.option("--part", metavar="NAME", help="Show a shared model of the spec by itself.")
@click.option("--resolved", is_flag=True, help="Print the spec written out, with where each value came from.")
@spec_options
def command(
    spec: str,
    form: str,
    batch: int | None,
    part: str | None,
    resolved: bool,  # noqa: FBT001 - click names it
    **laid: tuple[str, ...],
) -> None:
    """Print the layers of a model with their shapes, dtypes, weights, parameters and cost.

    SPEC is a YAML or JSON file, or `-` for standard input. Operations are those of a forward pass
    of one example, a multiply-add being two; memory is that of the weights. 1 kB is 1,000 bytes,
    and `?` stands for what hangs on a size that is not known.
    """
    try:
        if resolved:
            from .resolved import print_resolved

            print_resolved(read_spec(spec, **laid))
            return
        analysis = analyze(read_spec(spec, **laid))
    except SpecError as error:
        fail(error)
    if analysis.problems:
        tell(analysis.problems)
    if has_errors(analysis.problems):
        sys.exit(1)
    try:
        summary = (part_of(analysis, part) if part else analysis).summary.for_batch(batch)
    except SpecError as error:
        fail(error)
    if form == "json":
        click.echo(json.dumps(summary.to_dict(), indent=2))
    elif form == "markdown":
        click.echo(to_markdown(summary))
    else:
        print_table(summary)


def table_rows(summary: Summary) -> list[tuple[str, ...]]:
    """The cells of the table, a row for each layer."""
    return [_cells(row, cost, summary) for row, cost in zip(summary.layers, summary.costs.by_use, strict=True)]


def headings(summary: Summary) -> tuple[str, ...]:
    """What stands above the columns."""
    return (*HEADINGS, BATCH_HEADING) if summary.batch else HEADINGS


def totals(summary: Summary) -> list[str]:
    """The lines below the table."""
    fixed = summary.parameters - summary.trainable_parameters
    size = {name: amount(number, "B") for name, number in summary.bytes.items()}
    lines = [
        f"{summary.parameters:,} parameters: {summary.trainable_parameters:,} trainable, {fixed:,} not",
        f"{amount(summary.operations)} operations for one example{_left_open(summary, 'operations')}",
    ]
    if not summary.batch:
        return [*lines, f"{size['weights']} of weights"]
    lines.append(f"{size['weights']} of weights")
    examples = "a batch of one" if summary.batch == 1 else f"a batch of {summary.batch:,}"
    lines.append(f"{size['activations']} of activations for {examples}{_left_open(summary, 'activations')}")
    if summary.costs.training:
        lines.append(f"{size['gradients']} of gradients and {size['optimizer']} of the optimizer's state in training")
    return lines


def _left_open(summary: Summary, what: str) -> str:
    """How many layers a total that is unknown lacks."""
    count, layers = summary.unknown[what], len(summary.layers)
    return f": those of {count} of {layers} layers are unknown" if count else ""


def fitting(columns: list[tuple[str, ...]], width: int) -> list[tuple[str, ...]]:
    """The columns, headings first, without those that can be missed as far as a terminal is too narrow for them."""
    for heading in DISPENSABLE:
        if sum(max(map(len, column)) + GAP for column in columns) > width:
            columns = [column for column in columns if column[0] != heading]
    return columns


def to_markdown(summary: Summary) -> str:
    """The table as Markdown."""
    names = headings(summary)
    marks = ("---",) * TEXTS + ("---:",) * (len(names) - TEXTS)
    lines = [f"| {' | '.join(cells)} |" for cells in (names, marks, *table_rows(summary))]
    return "\n".join([*_ends(summary), "", *lines, "", "  \n".join(totals(summary))])


def print_table(summary: Summary) -> None:
    """The table for a terminal, as wide as it needs to be where the output is not one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns: list[tuple[str, ...]] = list(zip(headings(summary), *table_rows(summary), strict=True))
    columns = fitting(columns, console.width) if sys.stdout.isatty() else columns
    for heading, *_ in columns:
        is_number = heading not in HEADINGS[:TEXTS]
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    for cells in list(zip(*columns, strict=True))[1:]:
        table.add_row(*cells)
    for line in _ends(summary):
        console.print(line, markup=False)
    console.print(table)
    for line in totals(summary):
        console.print(line, markup=False)


def _ends(summary: Summary) -> list[str]:
    """What goes in and what comes out, above the table."""
    lines = [summary.name]
    for word, rows in (("input", summary.inputs), ("output", summary.outputs)):
        lines += [f"  {word} {row.name}: {_shape(row.shape)} {row.dtype}" for row in rows]
    return lines


def _cells(row: LayerRow, cost: Cost, summary: Summary) -> tuple[str, ...]:
    outputs = ", ".join(f"{_shape(type_.shape)} {type_.dtype}" for type_ in row.outputs)
    weights = f"{len(row.weights)} arrays"  # of a model among the layers
    if row.weights_of:
        weights = f"those of {row.weights_of}"
    elif len(row.weights) <= LISTED:
        weights = ", ".join(f"{weight.name} {_weight_shape(weight.shape)}" for weight in row.weights)
    share = f"{row.parameters / summary.parameters:.1%}" if row.parameters else ""
    memory = amount(row.bytes, "B") if row.bytes else ""
    texts = (row.name, row.layer, ", ".join(row.sources), outputs, weights)
    numbers = (f"{row.parameters:,}", share, amount(cost.operations), memory)
    if not summary.batch:
        return (*texts, *numbers)
    return (*texts, *numbers, amount(summary.for_all_examples(cost.activations), "B"))


def _shape(shape: Shape) -> str:
    return f"({', '.join(map(show_dim, shape))})"


def _weight_shape(shape: Shape) -> str:
    return "×".join(str(dim) for dim in shape) or "scalar"  # noqa: RUF001 - a cross, as between sizes
