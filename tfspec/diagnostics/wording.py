"""How messages show a value that a spec says, and what a text was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite, isnan

LINE = 40
"""Characters of a value that a message shows."""

LOOKS_LIKE_OTHER = re.compile(r"[-+]?[\d.][\d._]*(e[-+]?\d+)?|true|false|null|~|", re.IGNORECASE)
"""Texts that would mean something else without their quotes."""


YES_OR_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
"""Texts that YAML 1.1 takes for `true` and `false`."""


def meant_boolean(text: str) -> str | None:
    """What to write where a text stands for `true` or `false`; None where it does not."""
    word = text.lower()
    if word in YES_OR_NO:
        return f"write `{YES_OR_NO[word]}`: `{text}` is a text in YAML 1.2"
    return f"write it without quotes: `{word}`" if word in ("true", "false") else None


def show(value: object) -> str:
    """A value as messages print it: short, in backticks, as YAML would write it."""
    if isinstance(value, str) and LOOKS_LIKE_OTHER.fullmatch(value):
        return f"the text `{value}`" if value else "an empty text"
    text = _flow(value)
    return f"`{text if len(text) <= LINE else text[: LINE - 1] + '…'}`"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{_listed(f'{_flow(key)}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{_listed(map(_flow, value))}]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not isfinite(value):
        return ".nan" if isnan(value) else f"{'-' if value < 0 else ''}.inf"
    if isinstance(value, int) and abs(value) > 10**20:
        return "a number of more than 20 digits"
    return str(value)


def _listed(items: Iterable[str]) -> str:
    """As many items as a message shows, and a mark where there are more."""
    shown: list[str] = []
    for item in items:
        if sum(map(len, shown)) > LINE:
            return ", ".join([*shown, "…"])
        shown.append(item)
    return ", ".join(shown)
