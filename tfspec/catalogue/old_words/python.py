"""Python's notation where a spec repeats it as a text: tuples, `None`, sums, calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tfspec.programs import ProgramError, evaluate, read_expression

LONGEST = 500
"""Characters of a text that is read as Python."""

WHOLE = re.compile(r"(?<=\d)\.0?(?![\d.e])")
"""The end of a whole number that Python has as a float: `255.`."""

COMPUTED = re.compile(r"\$\{([^${}]*)\}")
"""A value that the spec computes."""


def parsed(text: str) -> ast.expr | None:
    """The syntax tree of an expression; None where the text is none."""
    if len(text) > LONGEST:
        return None
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def from_python(text: str) -> Any:
    """A tuple, a sum or `None` as a spec writes it; the text itself where it is none of them."""
    tree = parsed(text) if re.search(r"[(*/+-]|^None$", text) else None
    try:
        return text if tree is None else plain(tree)
    except (ValueError, RecursionError):
        return text


def plain(node: ast.expr) -> Any:
    """A plain value of Python as a spec writes it.

    Raises:
        ValueError: It is no plain value.
    """
    if isinstance(node, (ast.Tuple, ast.List)):
        return [plain(item) for item in node.elts]
    if isinstance(node, ast.BinOp):
        return f"${{{_computed(node)}}}"
    return ast.literal_eval(node)


def solved(value: Any) -> Any:
    """A value of a spec with its sums worked out."""
    if isinstance(value, Mapping):
        return {key: solved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [solved(item) for item in value]
    if isinstance(value, str) and (found := COMPUTED.fullmatch(value)):
        try:
            return evaluate(read_expression(found[1]), {})
        except ProgramError:
            return value
    return value


def rejoined(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with its tuples whole, which YAML tears at their commas: `(3, 3)` is `(3` and a key `3)`."""
    whole: dict[str, Any] = {}
    last = ""
    for key, value in mapping.items():
        if value is None and _is_open(whole.get(last)):
            whole[last] += f", {key}"
        else:
            whole[key] = value
            last = key
    return whole


def rejoined_list(items: Iterable[Any]) -> list[Any]:
    """The same of a list."""
    whole: list[Any] = []
    for item in items:
        if whole and _is_open(whole[-1]) and isinstance(item, (str, int, float)):
            whole[-1] += f", {item}"
        else:
            whole.append(item)
    return whole


def _is_open(value: object) -> bool:
    """Whether a text begins a tuple and does not end it."""
    return isinstance(value, str) and value.startswith("(") and value.count("(") > value.count(")")


def _computed(node: ast.BinOp) -> str:
    """Arithmetic of numbers as a text, with whole numbers as such."""
    numbers = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
    parts = (ast.BinOp, ast.UnaryOp, ast.Constant, ast.operator, ast.unaryop)
    if not all(isinstance(part, parts) for part in ast.walk(node)):
        raise ValueError("a name")
    if not all(type(number.value) in (int, float) for number in numbers):
        raise ValueError("no number")
    return WHOLE.sub("", ast.unparse(node))
