"""Arguments that are one number, or the least and the greatest of a random draw."""

from __future__ import annotations

from math import isfinite
from typing import Annotated, TypeAlias, TypeGuard

from .forms import Factor, Form

PAIR = 2
"""Numbers of a range: the least and the greatest."""

THREE = 3
"""Numbers for red, green and blue."""


class WholeRange(Form):
    """A whole number, or a list of two."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least = least
        self.most = most
        bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
        self.expected = f"a whole number {bounds}, or a list of 2 of them"
        one = {"type": "integer", "minimum": least} | ({} if most is None else {"maximum": most})
        self.schema = {"anyOf": [one, {"type": "array", "items": one, "minItems": PAIR, "maxItems": PAIR}]}

    def read(self, value: object) -> int | tuple[int, int] | None:
        """The number, or the pair."""
        if self._fits(value):
            return value
        if isinstance(value, (list, tuple)) and len(value) == PAIR and all(map(self._fits, value)):
            return (value[0], value[1])
        return None

    def _fits(self, value: object) -> TypeGuard[int]:
        if not isinstance(value, int) or isinstance(value, bool) or value < self.least:
            return False
        return self.most is None or value <= self.most


class OneOrThree(Form):
    """A value for all channels, or a list of one for each of three."""

    expected = "a number, or a list of 3"
    schema = {  # noqa: RUF012 - read only
        "anyOf": [
            {"type": "number"},
            {"type": "array", "items": {"type": "number"}, "minItems": THREE, "maxItems": THREE},
        ]
    }

    def read(self, value: object) -> float | tuple[float, ...] | None:
        """The value, or the three."""
        if _is_number(value):
            return value
        if isinstance(value, (list, tuple)) and len(value) == THREE and all(map(_is_number, value)):
            return tuple(value)
        return None


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


Share: TypeAlias = Annotated[float | tuple[float, float], Factor(0, 1)]
Bits: TypeAlias = Annotated[int | tuple[int, int], WholeRange(1, 8)]
KernelSide: TypeAlias = Annotated[int | tuple[int, int], WholeRange(1)]
Fill: TypeAlias = Annotated[float | tuple[float, ...], OneOrThree()]
