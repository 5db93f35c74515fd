"""`tfspec schema`: the JSON Schema of specs, for editors and other tools."""

from __future__ import annotations

from pathlib import Path

import click

NAME = "tfspec-1.schema.json"


@click.command("schema")
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Write it into this folder, as {NAME}, instead of printing it.",
)
def command(folder: Path | None) -> None:
    """Print the JSON Schema (draft 2020-12) of specs."""
    text = schema_text()
    if folder is None:
        click.echo(text, nl=False)
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(text, encoding="utf-8")
    click.echo(folder / NAME)


def schema_text() -> str:
    """The schema as it is checked in."""
    import json

    from tfspec.spec import schema

    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
