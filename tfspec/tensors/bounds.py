"""What holds of lengths whatever their names stand for, numbers of 1 or more."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import ceil, inf
from typing import TypeAlias

from .length import Floor, Length, Monomial

Sum: TypeAlias = dict[Monomial, Fraction]


def never_equal(a: int | Length, b: int | Length) -> bool:
    """Whether two lengths differ whatever their names stand for, as far as can be told."""
    gap = a - b
    if isinstance(gap, int):
        return gap != 0
    return gap.constant % gap.step != 0 or least(gap) > 0 or greatest(gap) < 0


def greatest(length: int | Length) -> float:
    """A number that a length never exceeds: the least that is found, or infinity."""
    if isinstance(length, Length) and all(factor > 0 for monomial, factor in length.terms.items() if monomial):
        return inf
    return -least(-length)


def least(length: int | Length) -> float:
    """A number that a length never falls below: the greatest that is found, or minus infinity.

    Each name is written as 1 + n. Where no power of an n has a negative coefficient, the constant
    is the least value.
    """
    if isinstance(length, int):
        return length
    above_one: Sum = {}
    for monomial, factor in _without_floors(length).items():
        for count in range(len(monomial) + 1):
            for part in combinations(monomial, count):  # (1 + n) * (1 + m) == 1 + n + m + n * m
                above_one[part] = above_one.get(part, Fraction()) + factor
    lowest = above_one.pop((), Fraction())
    return ceil(lowest) if all(factor >= 0 for factor in above_one.values()) else -inf


def _without_floors(length: Length) -> Sum:
    """A sum over names alone that a length never falls below.

    A floor, n // d, is between (n - d + 1) / d and n / d. No atom is negative, since the numerators
    of floors have no negative coefficient; so this holds in products as well.
    """
    found: Sum = {}
    pending = [(monomial, Fraction(factor)) for monomial, factor in length.terms.items()]
    while pending:
        monomial, factor = pending.pop()
        floor = next((atom for atom in monomial if isinstance(atom, Floor)), None)
        if floor is None:
            names = tuple(sorted(monomial, key=str))
            found[names] = found.get(names, Fraction()) + factor
            continue
        at, share = monomial.index(floor), factor / floor.divisor
        others = monomial[:at] + monomial[at + 1 :]
        pending += [(others + key, share * value) for key, value in floor.numerator.terms.items()]
        pending.append((others, min(-share * (floor.divisor - 1), Fraction())))
    return found
