"""What the commands have in common: reading a spec, and telling its problems."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

import click

from tfspec.diagnostics import Problem, SpecError, Text
from tfspec.spec import Spec, load

Command = TypeVar("Command", bound=Callable[..., Any])


def spec_options(command: Command) -> Command:
    """Give a command the options that lay something over its spec: `overrides`, `variables` and `profiles`."""
    for option, names, form, help_ in (
        ("--set", "overrides", "PATH=VALUE", "Lay a value over the spec, such as `fit.epochs=3`; repeatable."),
        ("--var", "variables", "NAME=VALUE", "Give a variable another value, such as `width=64`; repeatable."),
        ("--profile", "profiles", "NAME", "Lay a profile of the spec over it, before --set and --var; repeatable."),
    ):
        command = click.option(option, names, metavar=form, multiple=True, help=help_)(command)
    return command


def read_spec(
    path: str, overrides: Sequence[str] = (), variables: Sequence[str] = (), profiles: Sequence[str] = ()
) -> Spec:
    """The spec in a file, or on standard input where the path is `-`, with what is laid over it.

    Raises:
        SpecError: It cannot be read, or has mistakes.
    """
    return load(read_source(path), overrides=overrides, variables=variables, profiles=profiles)


def read_source(path: str) -> Text:
    """The text in a file, or on standard input where the path is `-`."""
    from pathlib import Path

    from tfspec.source import decode_text, read_text

    if path == "-":
        return decode_text(sys.stdin.buffer.read(), "<stdin>")
    return read_text(Path(path))


def tell(problems: list[Problem]) -> None:
    """Print problems on standard error, in color where it is a terminal."""
    from tfspec.diagnostics.terminal import render_text

    click.echo(render_text(problems, color=wants_color(sys.stderr)), err=True, nl=False)


def fail(error: SpecError) -> NoReturn:
    """Print what is wrong and end with exit code 1."""
    tell(error.problems)
    sys.exit(1)


def wants_color(stream: object) -> bool:
    """Whether a stream is a terminal that takes colors (`NO_COLOR` says that it does not)."""
    import os

    isatty = getattr(stream, "isatty", None)
    return "NO_COLOR" not in os.environ and bool(isatty and isatty())
