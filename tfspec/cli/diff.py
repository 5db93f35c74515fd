"""`tfspec diff`: what two specs say differently."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from tfspec.analysis import Analysis, analyze
from tfspec.analysis.difference import Difference, LayerChange, differ_in
from tfspec.analysis.meaning import Change
from tfspec.diagnostics import SpecError
from tfspec.spec.write import to_line

from .reading import read_spec, tell

TROUBLE = 2
"""The exit code where there is no comparing, as `diff` has it."""


@click.command("diff", short_help="Print what two specs say differently.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the differences are written.",
)
def command(before: str, after: str, form: str) -> None:
    """Print what the specs A and B say differently: layers, shapes, parameters and all other settings.

    Specs are compared by meaning, with everything written out and defaults in place of what was left
    out. A layer is the same where both specs give it one name, or else where it stands at the same
    place between others that say the same, or are of its class. Data need not be here. The exit code
    is 0 where nothing is different, 1 where something is, and 2 where a spec has errors.
    """
    try:
        difference = differ_in(_analysis(before), _analysis(after))
    except SpecError as error:
        tell(error.problems)
        sys.exit(TROUBLE)
    if form == "json":
        click.echo(json.dumps(difference.to_dict(), indent=2, default=str))
    else:
        click.echo(difference_text(difference), nl=False)
    sys.exit(1 if difference else 0)


def _analysis(path: str) -> Analysis:
    return analyze(read_spec(path))


def difference_text(difference: Difference) -> str:
    """The differences as lines: `-` for what is gone, `+` for what is new, `~` for what changed."""
    lines = [line for layer in difference.layers for line in _layer_lines(layer)]
    lines += [_change_line(change) for change in difference.settings]
    (before, after), (trainable, later) = difference.parameters, difference.trainable
    if before != after:
        lines.append(f"{before:,} parameters → {after:,} ({after - before:+,})")
    if later - trainable != after - before:
        lines.append(f"{trainable:,} trainable parameters → {later:,} ({later - trainable:+,})")
    return "".join(f"{line}\n" for line in lines)


def _layer_lines(layer: LayerChange) -> list[str]:
    count = f"  {layer.parameters:+,} parameters" if layer.parameters else ""
    if layer.before is None or layer.after is None:
        sign, name = ("+", layer.after) if layer.before is None else ("-", layer.before)
        return [f"{sign} {name} ({layer.layer}){count}"]
    name = layer.after if layer.before == layer.after else f"{layer.before} → {layer.after}"
    return [f"~ {name} ({layer.layer}){count}", *(f"    {_change_line(change)}" for change in layer.changes)]


def _shown(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else to_line(value)


def _change_line(change: Change) -> str:
    before, after = (_shown(value) for value in (change.before, change.after))
    if before is None:
        return f"+ {change.path}: {after}"
    if after is None:
        return f"- {change.path}: {before}"
    return f"~ {change.path}: {before} → {after}"
