"""Which rows are for training, for validation and for testing."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tfspec.diagnostics import Refusal
from tfspec.spec import Split

from .problems import BAD_SPLIT, RARE_CLASS
from .rounding import share_out

Array: TypeAlias = NDArray[Any]
Indices: TypeAlias = NDArray[np.int64]


class Rows(NamedTuple):
    """The rows of each part, in the order of the source; a row is in one part only."""

    train: Indices
    validation: Indices | None = None
    test: Indices | None = None


def split_rows(rows: int, split: Split, generator: np.random.Generator, classes: Array | None = None) -> Rows:
    """Divide the rows as `split` says; `classes`, where given, is each row's class, to stratify by.

    Fractions are fractions of all rows, so that 0.1 for validation and 0.1 for testing are as many.
    Without shuffling, the last rows are for testing and those before them for validation.

    Raises:
        Refusal: A part would be empty, or a class has too few rows to be in every part.
    """
    validation = _size(split.validation, rows, "validation")
    test = _size(split.test, rows, "test")
    train = rows - validation - test
    if train < 1:
        _refuse_sizes(split, rows, validation, test)
    sizes = np.array([train, validation, test])
    groups = [np.arange(rows)] if classes is None else _rows_by_class(classes)
    if classes is not None:
        _check_class_sizes(groups, classes, int(np.count_nonzero(sizes)))
    shares = share_out(np.array([len(group) for group in groups]), sizes)
    parts: list[list[Indices]] = [[], [], []]
    for group, share in zip(groups, shares, strict=True):
        order = generator.permutation(group) if split.shuffle else group
        for part, piece in zip(parts, np.split(order, np.cumsum(share)[:-1]), strict=True):
            part.append(piece)
    found = [np.sort(np.concatenate(part)) for part in parts]
    return Rows(found[0], found[1] if validation else None, found[2] if test else None)


def _size(amount: float | None, rows: int, field: str) -> int:
    """How many rows an amount stands for: a fraction is rounded to the nearest number."""
    if amount is None:
        return 0
    size = amount if isinstance(amount, int) else round(amount * rows)
    if size < 1:
        raise Refusal(
            BAD_SPLIT,
            f"`{field}: {amount}` of {_rows(rows)} is not even one row",
            field=field,
            help=f"write a larger fraction, or a number of rows: `{field}: 1`",
        )
    return size


def _refuse_sizes(split: Split, rows: int, validation: int, test: int) -> None:
    asked = [f"{size} for {name}" for name, size in (("validation", validation), ("testing", test)) if size]
    raise Refusal(
        BAD_SPLIT,
        f"the split keeps {' and '.join(asked)} of {_rows(rows)}, and leaves none to train on",
        field="validation" if split.validation is not None and validation >= test else "test",
        help="keep fewer rows, or a fraction of them: `0.2`",
    )


def _rows_by_class(classes: Array) -> list[Indices]:
    """The rows of each class, in order."""
    order = np.argsort(classes, kind="stable")
    _, starts = np.unique(classes[order], return_index=True)
    return np.split(order, starts[1:])


def _check_class_sizes(groups: list[Indices], classes: Array, parts: int) -> None:
    rare = [group for group in groups if len(group) < parts]
    if rare:
        first = classes[rare[0][0]]
        others = f"; {len(rare) - 1} more of its classes are as small" if len(rare) > 1 else ""
        raise Refusal(
            RARE_CLASS,
            f"class {first} has {_rows(len(rare[0]))}, too few for {parts} parts{others}",
            field="stratify",
            help="leave out `stratify`, or the class",
        )


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
