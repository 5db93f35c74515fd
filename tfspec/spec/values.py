"""What a value should have been, in words, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

from tfspec.catalogue.registry import family_of_word
from tfspec.catalogue.wording import show_value
from tfspec.diagnostics import Path, did_you_mean, one_of
from tfspec.diagnostics.wording import meant_boolean, show

EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "`true` or `false`",
    "string_type": "a text",
    "string_unicode": "a text of whole characters",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "none_required": "`null`",
    "string_pattern_mismatch": "a name without `/`",
}
"""Pydantic's kinds of errors that say a value is of the wrong kind, and what it should have been."""

BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}

EXAMPLES = {
    "inputs": "such as `inputs: {image: {shape: [28, 28]}}`",
    "input": "such as `input: {shape: [28, 28]}`",
    "compile": "such as `compile: {optimizer: adam, loss: mse}`",
    "data": "such as `data: {source: mnist}`",
    "split": "such as `split: {validation: 0.1}`",
    "fit": "such as `fit: {epochs: 10}`",
}
"""What sections look like, for those who wrote something else there."""

NEARLY_COMPUTED = re.compile(r"\$(\w+)|\$?\{\{?\s*(\w+)\s*\}?\}|\$\((\w+)\)")
"""A name in other brackets than those of `${…}`."""


def expectation(kind: str, context: dict[str, Any]) -> str:
    """What a value must be, to complete "must be"."""
    if kind == "literal_error":
        return one_of(choices(context))
    if kind in BOUNDS:
        key, relation = BOUNDS[kind]
        bound = context[key]
        return f"{relation} {bound:g}" if isinstance(bound, float) else f"{relation} {bound}"
    if kind in ("string_too_short", "too_short"):
        return f"at least {context['min_length']} long"
    if kind in ("string_too_long", "too_long"):
        return f"at most {context['max_length']} long"
    return str(context.get("expected") or EXPECTED.get(kind) or "something else")


def choices(context: dict[str, Any]) -> list[str]:
    """The words and numbers that a literal may be."""
    words = re.findall(r"'([^']*)'|(-?\b\d+\b|True|False)", context["expected"])
    return [quoted or plain.lower() for quoted, plain in words]


def advise(kind: str, path: Path, value: object, context: dict[str, Any]) -> str | None:
    """What to write instead, where that is likely right."""
    if path == ("tfspec",) and isinstance(value, (int, float)):
        return "this tfspec reads version 1 of the language"
    expected = expectation(kind, context)
    if isinstance(value, str):
        if value.startswith("${"):
            return "write it with one `$`, so that it is computed"
        if nearly := NEARLY_COMPUTED.fullmatch(value):
            return f"write `${{{nearly[nearly.lastindex or 0]}}}`, so that it is computed"
        return _advise_text(kind, path, value, context)
    if advice := _advise_list(value, expected) or _advise_input(kind, path, value, context):
        return advice
    if expected == "a mapping":
        return EXAMPLES.get(str(path[-1])) if path else None
    if kind in BOUNDS and value == -1 and "shape" in path:
        return "write `null` for a size that varies, and leave out the batch axis"
    if kind in ("int_type", "int_from_float") and isinstance(value, float) and value.is_integer():
        return f"write `{int(value)}`"
    return None


def _advise_list(value: object, expected: str) -> str | None:
    """Advice where a list is expected: one without brackets, or one with a size that is open."""
    if isinstance(value, list):
        sizes = [-1 if size is None else size for size in value]
        is_open = None in value and "-1 or more" in expected
        return f"write `-1` for a size that follows from the others: `{show_value(sizes)}`" if is_open else None
    if value is None or not expected.startswith("a list") or expected.startswith("a list of names"):
        return None
    return "begin each item with `- `" if isinstance(value, dict) else f"write it in brackets: `[{show(value)[1:-1]}]`"


def _advise_input(kind: str, path: Path, value: object, context: dict[str, Any]) -> str | None:
    """Advice for a shape where an input is expected, or several by name."""
    is_shape = kind in ("model_type", "dict_type") and isinstance(value, (list, int))
    if not is_shape or context.get("class_name") != "Input":
        return None
    said = f"{{shape: {show(value if isinstance(value, list) else [value])[1:-1]}}}"
    is_nameless = path[-2:] == ("inputs", "shape")
    return f"give the input a name: `inputs: {{x: {said}}}`" if is_nameless else f"write `{said}`"


def _advise_python(value: str, expected: str) -> str | None:
    """Advice for a tuple, or a sum, as Python has it."""
    from tfspec.catalogue.old_words import from_python, solved  # only a spec with a mistake pays for it

    data = from_python(value)
    if isinstance(data, list):
        return f"write it in brackets: `{show_value(data)}`"
    kinds = int if expected.startswith("a whole number") else (int, float)
    is_sum = "number" in expected and data != value and isinstance(solved(data), kinds)
    return f"write `{show_value(data)}`, so that it is computed" if is_sum else None


def _advise_text(kind: str, path: Path, value: str, context: dict[str, Any]) -> str | None:
    """Advice for a text where something else should stand, or another text."""
    expected = expectation(kind, context)
    if kind == "literal_error" and value in choices(context):
        return f"write it without quotes: `{value}`"
    if kind == "bool_type":
        return meant_boolean(value)
    if value == "None":
        return "write `null`"
    if kind == "string_pattern_mismatch" and "/" in value.strip("/"):
        return f"write `{value.strip('/').replace('/', '_')}`"
    if "number" in expected and re.fullmatch(r"[-+]?[\d._]*\d(e[-+]?\d+)?", value):
        return f"write it without quotes: `{value}`" if "_" not in value else f"write `{value.replace('_', '')}`"
    if expected == "a mapping":
        return EXAMPLES.get(str(path[-1])) if path else None
    if expected.startswith("a list of layers") or (expected == "a list" and family_of_word(value)):
        return f"write it in brackets: `[{value}]`"
    if python := _advise_python(value, expected):
        return python
    if "list" in expected and re.fullmatch(r"[\d ]+(,[\d ]+)*", value):
        return f"write it in brackets: `[{value}]`"
    known = choices(context) if kind == "literal_error" else re.findall(r"`(\w+)`", expected)
    from tfspec.catalogue.old_words import value_advice  # the same

    return value_advice(str(path[-1]), value, known) or did_you_mean(value, known)
