"""`tfspec explain`: what a name or a problem code means."""

from __future__ import annotations

import sys

import click

from .codes import all_codes


@click.command("explain")
@click.argument("name", metavar="NAME")
def command(name: str) -> None:
    """Tell what NAME is: a layer, loss, metric, optimizer, callback … or a problem code such as TS412."""
    code = next((code for code in all_codes() if code.id == name.upper()), None)
    if code is not None:
        text = f"{code.id}: {code.title}\n\n{code.explanation}\n"
        for word, spec in (("Wrong", code.bad), ("Right", code.good)):
            if spec:
                text += f"\n{word}:\n\n" + "".join(f"    {line}\n" for line in spec.splitlines())
        click.echo(text, nl=False)
        return
    from tfspec.catalogue import families, find

    found = [cls for family in families() if (cls := find(family, name))]
    if not found:
        _fail(name)
    from tfspec.catalogue.documentation import explain

    click.echo("\n".join(explain(cls) for cls in dict.fromkeys(found)), nl=False)


def _fail(name: str) -> None:
    from tfspec.catalogue import families, words
    from tfspec.diagnostics import did_you_mean

    known = [word for family in families() for word in words(family)]
    advice = did_you_mean(name, [*known, *(code.id for code in all_codes())])
    click.echo(f"nothing is called `{name}`" + (f": {advice}" if advice else ""), err=True)
    sys.exit(2)
