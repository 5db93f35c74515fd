"""The group of commands, each imported only when it is called."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import cast

import click

import tfspec

COMMANDS = ("check", "show", "diff", "run", "evaluate", "predict", "schema", "explain")


class Commands(click.Group):
    """A group whose commands stand in files of their own names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which a user meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # what is imported stays, and looking for garbage in it would take a tenth of the time
        try:
            return cast("click.Command", import_module(f"tfspec.cli.{cmd_name}").command)
        finally:
            gc.freeze()
            gc.enable()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments call; a name that is nearly right is told."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from tfspec.diagnostics import did_you_mean

            advice = did_you_mean(name, COMMANDS)
            ctx.fail(f"there is no command `{name}`" + (f": {advice}" if advice else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(tfspec.__version__, prog_name="tfspec")
def main() -> None:
    """Check, inspect, train and use Keras models that are written as specs."""
