"""Vocabularies: the words that a layer knows, listed in the spec."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypeGuard

from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal

from .forms import Form

Token: TypeAlias = int | str | None


class Vocabulary(Form):
    """A list of tokens.

    Keras also takes the path of a file, from the folder that the process happens to run in; a spec
    that is read elsewhere would mean something else, so it says the words themselves.
    """

    def __init__(self, kind: type[int | str]) -> None:
        self.kind = kind
        words = "whole numbers" if kind is int else "texts"
        self.expected = f"a list of {words}"
        item = {"type": "integer" if kind is int else "string"}
        self.schema = {"type": "array", "items": item, "minItems": 1}

    def read(self, value: object) -> tuple[int | str, ...] | None:
        """The tokens."""
        if isinstance(value, (list, tuple)) and value and all(map(self._fits, value)):
            return tuple(value)
        return None

    def _fits(self, token: object) -> TypeGuard[int | str]:
        return isinstance(token, self.kind) and not isinstance(token, bool)


Texts: TypeAlias = Annotated[tuple[str, ...], Vocabulary(str)]
Numbers: TypeAlias = Annotated[tuple[int, ...], Vocabulary(int)]


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


def refused(message: str, advice: str | None = None) -> Refusal:
    """The refusal of a vocabulary."""
    return Refusal(BAD_ARGUMENT, message, field="vocabulary", help=advice)


def _check_unique(tokens: tuple[int | str, ...]) -> None:
    seen: set[int | str] = set()
    for token in tokens:
        if token in seen:
            raise refused(f"has `{token}` twice in its vocabulary", "keep one of them")
        seen.add(token)
