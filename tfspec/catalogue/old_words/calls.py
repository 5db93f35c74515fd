"""Calls of Keras that a spec repeats as a text, such as `l2(0.01)`."""

from __future__ import annotations

import ast
from typing import Any

from tfspec.catalogue.registry import find

LONGEST = 500
"""Characters of a text that is read as a call."""


def call_to_data(family: str, text: str) -> Any:
    """The thing that a call makes, as a spec writes it; the text itself where it is no call of the family."""
    call = _call(text)
    if call is None:
        return text
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    cls = find(family, name)
    if cls is None or len(call.args) > len(cls.model_fields):
        return text
    try:
        arguments = {field: ast.literal_eval(arg) for field, arg in zip(cls.model_fields, call.args, strict=False)}
        arguments |= {word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg}
    except ValueError:  # an argument that is no plain value
        return text
    return {name: arguments} if arguments else name


def _call(text: str) -> ast.Call | None:
    if len(text) > LONGEST or not text.endswith(")"):
        return None
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return None
    return tree if isinstance(tree, ast.Call) else None
