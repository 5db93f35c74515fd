"""`tfspec explain`: what a name or a problem code means."""

from __future__ import annotations

import re
import sys

import click

from tfspec.diagnostics import Code, did_you_mean
from tfspec.tensors.dtypes import FLOAT_POLICIES, OTHER_POLICIES, QUANTIZED_POLICY, policy


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
        if refused or _explain_policy(name) or _explain_old_word(name):
            return
        _fail(name, [*(word for family in families() for word in words(family)), *FLOAT_POLICIES])
    click.echo("\n".join(explain(cls) for cls in dict.fromkeys(found)), nl=False)


def _explain_code(code: Code) -> str:
    text = f"{code.id}: {code.title}\n\n{click.wrap_text(code.explanation, width=100)}\n"
    for word, spec in (("Wrong", code.bad), ("Right", code.good)):
        if spec:
            text += f"\n{word}:\n\n" + "".join(f"    {line}\n" for line in spec.splitlines())
    return text


def _explain_policy(name: str) -> bool:
    """Tell what a dtype policy means, or how a spec writes one; false where the name is neither."""
    is_class = name.endswith("DTypePolicy")
    if not is_class and name not in (*FLOAT_POLICIES, *OTHER_POLICIES) and not re.match(QUANTIZED_POLICY, name):
        return False
    found = policy("mixed_float16" if is_class else name)
    text = f"Layers compute in {found.compute}, and their weights are kept in {found.variable}"
    if found.quantization:
        text += f", those of their kernels in the form that `{found.quantization}` gives them"
    lead = "A policy is written by its name" if is_class else text
    click.echo(f"{name} (dtype policy)\n\n{lead}.\n\nExample:\n")
    shown = "mixed_float16" if is_class else name
    click.echo(f"  precision: {shown}" if shown in FLOAT_POLICIES else f"  Dense: {{units: 8, dtype: {shown}}}")
    return True


def _explain_old_word(name: str) -> bool:
    """Tell what is written today instead of a word of an older Keras; false where it is none."""
    from tfspec.catalogue.models import Input
    from tfspec.catalogue.old_words import meanings
    from tfspec.spec import Spec
    from tfspec.spec.elsewhere import SECTIONS

    found = meanings(name, {**SECTIONS, "input": Input, "": Spec})
    for advice, place in found.items():
        click.echo(f"{name} (once {place})\n\nToday: {advice}.\n")
    return bool(found)


def _fail(name: str, known: list[str]) -> None:
    advice = did_you_mean(name, known)
    click.echo(f"nothing is called `{name}`" + (f": {advice}" if advice else ""), err=True)
    sys.exit(2)
