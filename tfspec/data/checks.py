"""What columns must be before a model learns from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tfspec.analysis import Feeds, Lesson
from tfspec.catalogue.sources.source import Facts
from tfspec.diagnostics import Path, Problem
from tfspec.tensors import TensorType

from .columns import Array
from .problems import BAD_LABEL, NOT_FINITE, OTHER_DATA


def check_columns(columns: Mapping[str, Array], feeds: Feeds, part: str = "") -> Iterator[Problem]:
    """What is wrong with the columns that feed the model and that it learns; `part` says which rows they are."""
    of_part = f" of the {part} data" if part else ""
    used = dict.fromkeys(name for feed in feeds.inputs.values() for name in feed.columns)
    for name in used:
        yield from _check_finite(name, columns[name], f"column `{name}`{of_part}")
    for output, lesson in feeds.targets.items():
        if lesson.column not in columns:
            continue
        values, what = columns[lesson.column], f"label `{lesson.column}`{of_part}"
        if lesson.column not in used:
            yield from _check_finite(lesson.column, values, what)
        yield from _check_classes(values, lesson, what, ("data", "targets", output))


def check_types(columns: Mapping[str, Array], facts: Facts, part: str = "") -> Iterator[Problem]:
    """Where the columns are not of the types that the facts announced, or not of one length."""
    of_part = f" of the {part} data" if part else ""
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        told = ", ".join(f"`{name}` {len(values)}" for name, values in columns.items())
        yield OTHER_DATA.problem(
            f"the columns{of_part} have different numbers of rows: {told}", path=("data", "source")
        )
    for name, column in facts.columns.items():
        if name not in columns:
            yield OTHER_DATA.problem(f"the data has no column `{name}`{of_part} any more", path=("data", "source"))
        elif not _is_of_type(columns[name], column.type):
            found = TensorType((None, *columns[name].shape[1:]), dtype_name(columns[name]))
            yield OTHER_DATA.problem(
                f"column `{name}`{of_part} is {found}, and the check saw {column.type}", path=("data", "source")
            )


def dtype_name(values: Array) -> str:
    """The dtype in the words of a spec: texts of any length are `string`."""
    return "string" if values.dtype.kind in "OUS" else str(values.dtype)


def _is_of_type(values: Array, type: TensorType) -> bool:  # noqa: A002 - its own word
    sizes = zip(values.shape[1:], type.shape[1:], strict=False)
    same_shape = values.ndim == type.rank and all(known in (None, size) for size, known in sizes)
    return same_shape and dtype_name(values) == type.dtype


def _check_finite(name: str, values: Array, what: str) -> Iterator[Problem]:
    if values.dtype.kind != "f":
        return
    bad = ~np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    if bad.any():
        row = int(np.argmax(bad))
        is_nan = bool(np.isnan(values[row]).any())
        number = int(bad.sum())
        rest = f"; {number} rows are so" if number > 1 else ""
        yield NOT_FINITE.problem(
            f"{what} is {'not a number (NaN)' if is_nan else 'infinite'} in row {row + 1}{rest}",
            path=("data", "source"),
            help=f"leave out or mend these rows, or do not use `{name}`",
        )


def _check_classes(values: Array, lesson: Lesson, what: str, path: Path) -> Iterator[Problem]:
    if values.dtype.kind in "OUS":
        advice = f"name it as the source's own target, so that its texts become classes: `target: {lesson.column}`"
        yield BAD_LABEL.problem(f"{what} holds texts, which no model learns", path=path, help=advice)
        return
    if lesson.classes is None:
        return
    each_row = values.reshape(len(values), -1)
    if each_row.shape[1:] != (1,):
        if lesson.one_hot:
            message = f"{what} has {each_row.shape[1]} numbers in each row, and `one_hot` takes one class number"
            yield BAD_LABEL.problem(message, path=(*path, "one_hot"))
        return
    labels = each_row[:, 0]
    bad = ~((labels >= 0) & (labels < lesson.classes) & (labels == np.floor(labels)))
    if bad.any():
        row = int(np.argmax(bad))
        yield BAD_LABEL.problem(
            f"{what} is {labels[row]} in row {row + 1}, which is not one of the classes 0 to {lesson.classes - 1}",
            path=path,
            help=f"number the classes from 0 on; {int(bad.sum())} of {len(labels)} rows have other labels",
        )
