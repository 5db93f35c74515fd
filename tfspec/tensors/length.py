"""Lengths that hang on named ones: `time`, `(time - 1) // 2`, `4 * time * width`.

A length is a polynomial with whole coefficients over atoms: names, and floors, which are lengths
divided by a whole number and rounded down. It is brought to one form as it is made, so that lengths
that are equal by arithmetic are equal as values. Every name stands for a number of 1 or more.
"""

from __future__ import annotations

from functools import cached_property
from math import gcd
from typing import NamedTuple, TypeAlias


class Floor(NamedTuple):
    """A length divided by a whole number of 2 or more, rounded down."""

    numerator: Length
    divisor: int

    def __str__(self) -> str:
        text = str(self.numerator)
        return f"{text if text.isidentifier() else f'({text})'} // {self.divisor}"


Atom: TypeAlias = str | Floor
Monomial: TypeAlias = tuple[Atom, ...]
"""Atoms that are multiplied, in the order of their texts; none of them is the number 1."""
Terms: TypeAlias = dict[Monomial, int]
"""A sum: monomials and their coefficients."""


class Length:
    """A size that is not known, but hangs on named ones; unlike a number, it has no order.

    A floor's numerator has no negative coefficient, so no atom is negative; what would be is moved
    out of the floor. Arithmetic gives a plain `int` where the names cancel out. `tensors.bounds` tells what holds
    whatever the names stand for.
    """

    def __init__(self, name: str) -> None:
        self.terms: Terms = {(name,): 1}

    @property
    def constant(self) -> int:
        """The term without names."""
        return self.terms.get((), 0)

    @property
    def step(self) -> int:
        """The greatest number that divides every coefficient but the constant's."""
        return gcd(*(factor for monomial, factor in self.terms.items() if monomial))

    def __add__(self, other: int | Length) -> int | Length:
        if isinstance(other, int):
            return _made({**self.terms, (): self.constant + other})
        terms = dict(self.terms)
        for monomial, factor in _terms(other).items():
            terms[monomial] = terms.get(monomial, 0) + factor
        return _made(terms)

    __radd__ = __add__

    def __neg__(self) -> int | Length:
        return self * -1

    def __sub__(self, other: int | Length) -> int | Length:
        return self + -other

    def __rsub__(self, other: int) -> int | Length:
        return self * -1 + other

    def __mul__(self, other: int | Length) -> int | Length:
        terms: Terms = {}
        for monomial, factor in self.terms.items():
            for more, times in _terms(other).items():
                product = tuple(sorted((*monomial, *more), key=str))
                terms[product] = terms.get(product, 0) + factor * times
        return _made(terms)

    __rmul__ = __mul__

    def __floordiv__(self, divisor: int) -> int | Length:
        """The length divided by a whole number of 1 or more, rounded down."""
        if divisor < 1:
            raise ValueError(f"a length is divided by a number of 1 or more, not by {divisor}")
        if divisor == 1:
            return self
        whole = _made({monomial: factor // divisor for monomial, factor in self.terms.items()})
        return whole + _floor(_made({monomial: factor % divisor for monomial, factor in self.terms.items()}), divisor)

    def __mod__(self, divisor: int) -> int | Length:
        return self - self // divisor * divisor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Length) and self.terms == other.terms

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<length {self}>"

    @cached_property
    def _text(self) -> str:
        """The shorter of two spellings: with the constant behind the only floor, or inside it."""
        text = _sum(self.terms)
        floor = _only_floor(self - self.constant) if self.constant and len(self.terms) > 1 else None
        inside = floor.numerator + self.constant * floor.divisor if floor else 0
        if floor is None or isinstance(inside, int):
            return text
        return min(str(Floor(inside, floor.divisor)), text, key=len)


def _terms(value: int | Length) -> Terms:
    return value.terms if isinstance(value, Length) else {(): value}


def _made(terms: Terms) -> int | Length:
    """The length that a sum is; a number where nothing else is left."""
    kept = {monomial: factor for monomial, factor in terms.items() if factor}
    if not any(kept):
        return kept.get((), 0)
    length = Length.__new__(Length)
    length.terms = kept
    return length


def _floor(rest: int | Length, divisor: int) -> int | Length:
    """What is left below a fraction whose coefficients are less than the divisor."""
    if isinstance(rest, int):
        return rest // divisor
    common = gcd(rest.step, divisor)
    if common > 1:  # (k * n + r) // (k * m) == (n + r // k) // m
        smaller = _made({monomial: factor // common for monomial, factor in rest.terms.items()})
        return smaller // (divisor // common)
    floors = [floor for key, factor in rest.terms.items() if (floor := _only_floor(_made({key: factor})))]
    inner = min(floors, key=str, default=None)
    if inner is None:
        return _made({(Floor(rest, divisor),): 1})
    others = rest - _made({(inner,): 1})  # n // a + m == (n + a * m) // a
    return (inner.numerator + others * inner.divisor) // (inner.divisor * divisor)


def _only_floor(length: int | Length) -> Floor | None:
    """The floor that a length is, where it is one and nothing else."""
    if isinstance(length, int) or len(length.terms) > 1:
        return None
    ((monomial, factor),) = length.terms.items()
    first, *more = monomial
    return first if isinstance(first, Floor) and factor == 1 and not more else None


def _sum(terms: Terms) -> str:
    """A sum as Python would read it: high powers first, the constant last."""
    ordered = sorted(terms, key=lambda monomial: (-len(monomial), [str(atom) for atom in monomial]))
    signs = {monomial: "-" if terms[monomial] < 0 else "+" for monomial in ordered}
    text = "".join(f" {signs[monomial]} {_product(monomial, terms[monomial])}" for monomial in ordered)
    return text[3:] if text.startswith(" + ") else f"-{text[3:]}"


def _product(monomial: Monomial, factor: int) -> str:
    if monomial and factor == 1 and len(monomial) == 1:
        return str(monomial[0])
    atoms = [atom if isinstance(atom, str) else f"({atom})" for atom in monomial]
    return " * ".join(atoms if monomial and abs(factor) == 1 else [str(abs(factor)), *atoms])
