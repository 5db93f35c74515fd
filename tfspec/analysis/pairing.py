"""Which items of two sequences are the same one: the most that stand in one order in both."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

MOST_EDITS = 1000
"""Items that are only in one sequence, beyond which the order is not looked for."""

Chain: TypeAlias = Any
"""Stretches that are the same in both, the last one first: `(chain before, start, start in the other, length)`."""


def align(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The positions of equal items, in order in both; where too much is different, equal items as often as they come.

    Source: Myers, An O(ND) difference algorithm and its variations, 1986.
    """
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    inner = (left[start : len(left) - end], right[start : len(right) - end])
    middle = _in_order(*inner)
    if middle is None:
        middle = _by_count(*inner)
    return [
        *((index, index) for index in range(start)),
        *((start + i, start + j) for i, j in middle),
        *((len(left) - index, len(right) - index) for index in range(end, 0, -1)),
    ]


def _in_order(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]] | None:
    """The longest row of equal items; None where it would take too many edits.

    A diagonal is a difference of positions; `reached` says how far each comes with so many edits.
    """
    reached: dict[int, tuple[int, Chain]] = {1: (0, None)}
    for edits in range(MOST_EDITS + 1):
        for diagonal in range(-edits, edits + 1, 2):
            is_added = diagonal == -edits or (diagonal != edits and reached[diagonal - 1][0] < reached[diagonal + 1][0])
            x, chain = reached[diagonal + 1] if is_added else reached[diagonal - 1]
            x = begin = x if is_added else x + 1
            while x < len(left) and x - diagonal < len(right) and left[x] == right[x - diagonal]:
                x += 1
            if x > begin:
                chain = (chain, begin, begin - diagonal, x - begin)
            if x >= len(left) and x - diagonal >= len(right):
                return [*_pairs(chain)][::-1]
            reached[diagonal] = (x, chain)
    return None


def _pairs(chain: Chain) -> Iterator[tuple[int, int]]:
    """The positions along a chain, the last ones first."""
    while chain is not None:
        chain, x, y, length = chain
        yield from ((x + offset, y + offset) for offset in range(length - 1, -1, -1))


def _by_count(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The first of an item with the first, the second with the second, and so on."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for index, item in enumerate(left):
        places[item].append(index)
    return [(places[item].popleft(), index) for index, item in enumerate(right) if places[item]]
