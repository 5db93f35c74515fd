"""How many rows of each class go to each part, in whole rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


def share_out(classes: Counts, parts: Counts) -> Counts:
    """Rows by class and part: as `classes * parts / rows`, rounded up or down.

    `classes` are the rows of each class, `parts` those of each part; both have the same sum, and the
    result has them as the sums of its rows and columns. That such a rounding always exists is
    known as controlled rounding: Cox, "A Constructive Procedure for Unbiased Controlled Rounding",
    JASA 82 (1987).
    """
    rows = int(classes.sum())
    exact = np.multiply.outer(classes, parts)
    whole, rest = exact // rows, exact % rows
    raised = _first_choice(rest > 0, classes - whole.sum(axis=1), parts - whole.sum(axis=0))
    while (surplus := raised.sum(axis=0) - (parts - whole.sum(axis=0))).any():
        _move_one(raised, rest > 0, surplus)
    return whole + raised


def _first_choice(may_rise: NDArray[np.bool_], by_class: Counts, by_part: Counts) -> NDArray[np.bool_]:
    """As many cells of each class as have to be rounded up, wherever most are still missing."""
    raised = np.zeros_like(may_rise)
    missing = by_part.copy()
    for index, number in enumerate(by_class):
        order = np.lexsort((-missing, ~may_rise[index]))  # cells that may rise first, and of these the neediest part
        raised[index, order[:number]] = True
        missing[order[:number]] -= 1
    return raised


def _move_one(raised: NDArray[np.bool_], may_rise: NDArray[np.bool_], surplus: Counts) -> None:
    """Take one row from a part with too many to a part with too few, through other parts if need be."""
    start = int(np.argmax(surplus))
    came_from: dict[int, tuple[int, int]] = {}
    reached = [start]
    for part in reached:
        for other in range(len(surplus)):
            movable = raised[:, part] & may_rise[:, other] & ~raised[:, other]
            if other not in reached and movable.any():
                came_from[other] = (part, int(np.argmax(movable)))
                reached.append(other)
    end = next(part for part in reached if surplus[part] < 0)
    while end != start:
        part, index = came_from[end]
        raised[index, part], raised[index, end] = False, True
        end = part
