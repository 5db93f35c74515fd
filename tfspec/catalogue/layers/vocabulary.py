"""Vocabularies: the words that a layer knows, said in the spec or kept in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias, TypeGuard

from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal

from .forms import Form

Token: TypeAlias = int | str | None


class Vocabulary(Form):
    """A list of tokens, or the path of a text file with one on each line."""

    def __init__(self, kind: type[int | str]) -> None:
        self.kind = kind
        words = "whole numbers" if kind is int else "texts"
        self.expected = f"a list of {words}, or the path of a file with one on each line"
        item = {"type": "integer" if kind is int else "string"}
        self.schema = {"anyOf": [{"type": "array", "items": item, "minItems": 1}, {"type": "string", "minLength": 1}]}

    def read(self, value: object) -> tuple[int | str, ...] | str | None:
        """The tokens, or the path."""
        if isinstance(value, str):
            return value or None
        if isinstance(value, (list, tuple)) and value and all(map(self._fits, value)):
            return tuple(value)
        return None

    def _fits(self, token: object) -> TypeGuard[int | str]:
        return isinstance(token, self.kind) and not isinstance(token, bool)


Texts: TypeAlias = Annotated[tuple[str, ...] | str, Vocabulary(str)]
Numbers: TypeAlias = Annotated[tuple[int, ...] | str, Vocabulary(int)]


def count_listed(vocabulary: tuple[int | str, ...], special: list[Token], reserved: set[Token]) -> int:
    """The tokens of a list besides the special ones, which may stand at its start and nowhere else.

    Raises:
        Refusal: The layer does not take the list.
    """
    start = len(special)
    tokens = vocabulary[start:] if list(vocabulary[:start]) == special else vocabulary
    if not tokens:
        raise refused("has no words besides the special ones")
    _check_unique(tokens)
    if found := reserved.intersection(tokens):
        raise refused(f"has the special word `{found.pop()}` among the others", "take it out")
    return len(tokens)


def count_lines(path: str, *, numbers: bool, unique: bool) -> int:
    """The tokens of a file, one on each line.

    Raises:
        Refusal: The file cannot be read, or the layer does not take it.
    """
    try:
        lines = [line.rstrip("\r") for line in Path(path).read_text("utf-8").removesuffix("\n").split("\n")]
    except (OSError, ValueError):
        raise refused(f"takes its words from `{path}`, which is no text file that can be read") from None
    if "" in lines:
        raise refused(f"takes a word from each line of `{path}`, and line {lines.index('') + 1} is empty")
    if numbers and (wrong := next((line for line in lines if not line.lstrip("-").isdecimal()), None)):
        raise refused(f"takes a whole number from each line of `{path}`, and finds `{wrong}`")
    if unique:
        _check_unique(tuple(lines))
    return len(lines)


def refused(message: str, advice: str | None = None) -> Refusal:
    """The refusal of a vocabulary."""
    return Refusal(BAD_ARGUMENT, message, field="vocabulary", help=advice)


def _check_unique(tokens: tuple[int | str, ...]) -> None:
    seen: set[int | str] = set()
    for token in tokens:
        if token in seen:
            raise refused(f"has `{token}` twice in its vocabulary", "keep one of them")
        seen.add(token)
