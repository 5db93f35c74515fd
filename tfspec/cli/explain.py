"""`tfspec explain`: what a name or a problem code means."""

from __future__ import annotations

import re
import sys

import click

from tfspec.diagnostics import Code, did_you_mean


@click.command("explain", short_help="Tell what a name or a problem code means.")
@click.argument("name", metavar="NAME")
def command(name: str) -> None:
    """Tell what NAME is: a layer, loss, metric, optimizer, callback … or a problem code such as TS412."""
    if re.fullmatch(r"TS\d+", name, re.IGNORECASE):
        from .codes import all_codes

        codes = {code.id: code for code in all_codes()}
        if name.upper() not in codes:
            _fail(name, list(codes))
        click.echo(_explain_code(codes[name.upper()]), nl=False)
        return
    from tfspec.catalogue import families, find, words
    from tfspec.catalogue.documentation import explain
    from tfspec.catalogue.registry import refusals

    found = [cls for family in families() if (cls := find(family, name))]
    if not found:
        refused = refusals(name)
        for family, reason in refused.items():
            click.echo(f"{name} ({family})\n\nCannot be said in a spec: {reason.why}.")
            click.echo(f"Instead: {reason.instead}." if reason.instead else "", nl=bool(reason.instead))
        if refused:
            return
        _fail(name, [word for family in families() for word in words(family)])
    click.echo("\n".join(explain(cls) for cls in dict.fromkeys(found)), nl=False)


def _explain_code(code: Code) -> str:
    text = f"{code.id}: {code.title}\n\n{click.wrap_text(code.explanation, width=100)}\n"
    for word, spec in (("Wrong", code.bad), ("Right", code.good)):
        if spec:
            text += f"\n{word}:\n\n" + "".join(f"    {line}\n" for line in spec.splitlines())
    return text


def _fail(name: str, known: list[str]) -> None:
    advice = did_you_mean(name, known)
    click.echo(f"nothing is called `{name}`" + (f": {advice}" if advice else ""), err=True)
    sys.exit(2)
