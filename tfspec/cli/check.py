"""`tfspec check`: all problems of specs, without running them."""

from __future__ import annotations

import sys

import click

from tfspec.analysis import check
from tfspec.diagnostics import Problem, SpecError, has_errors

from .reading import read_source, spec_options, wants_color


@click.command("check")
@click.argument("specs", metavar="SPEC...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How the problems are written.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@spec_options
def command(
    specs: tuple[str, ...],
    form: str,
    strict: bool,  # noqa: FBT001 - click names it
    **laid: tuple[str, ...],
) -> None:
    """Tell all problems of specs, in file order, without running them.

    SPEC is a YAML or JSON file, or `-` for standard input. The exit code is 1 if there are errors;
    warnings alone give 0.
    """
    problems = [problem for spec in specs for problem in _problems(spec, laid)]
    click.echo(_render(problems, form), nl=False)
    sys.exit(1 if has_errors(problems) or (strict and problems) else 0)


def _problems(spec: str, laid: dict[str, tuple[str, ...]]) -> list[Problem]:
    try:
        return check(read_source(spec), **laid)  # type: ignore[arg-type] # it holds no `root`
    except SpecError as error:
        return error.problems


def _render(problems: list[Problem], form: str) -> str:
    if form == "text":
        from tfspec.diagnostics.terminal import render_text

        return render_text(problems, color=wants_color(sys.stdout))
    from tfspec.diagnostics import machine

    if form == "json":
        return machine.render_json(problems)
    if form == "github":
        return machine.render_github(problems)
    import tfspec

    from .codes import all_codes

    return machine.render_sarif(problems, {code.id: code.title for code in all_codes()}, tfspec.__version__)
