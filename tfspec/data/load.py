"""A spec's data, divided and assembled for its model."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfspec.analysis import Feeds
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import Problem, Refusal, SpecError, in_file_order, one_of
from tfspec.spec import Data, Spec, Split

from .checks import check_columns, check_types
from .columns import Array, Columns
from .parts import Part, make_part
from .problems import BAD_SOURCE, NO_CLASSES, TWO_TESTS
from .sources import load_columns
from .splits import Rows, split_rows

SPLIT_STREAM = 0x5917
"""Told to the generator beside the seed, so that no other user of the seed draws the same numbers."""


class Splits(NamedTuple):
    """A spec's data, ready to be fed; a row is in one part only.

    `seed` is what the division followed: the spec's, or one that was drawn where the spec has none,
    with which the same division can be had again. `class_names` are by label column.
    """

    train: Part
    validation: Part | None
    test: Part | None
    seed: int
    class_names: dict[str, tuple[str, ...]]


def load_splits(spec: Spec, feeds: Feeds, root: Path, seed: int | None = None) -> Splits:
    """Load a spec's data, check it, divide it, and put it together for the model's inputs and outputs.

    Raises:
        SpecError: The data cannot be had, does not divide as the spec says, or is not what a model
            can learn from.
    """
    data = _data(spec)
    split = data.split or Split()
    if split.test is not None and feeds.facts.test_rows is not None:
        raise _error(spec, [_two_tests(data, feeds)])
    used_seed = _first(seed, spec.seed)
    columns = load_columns(data.source, root, used_seed, spec.tree)
    _check(spec, feeds, columns)
    generator = np.random.default_rng([used_seed, SPLIT_STREAM])
    try:
        classes = _classes(columns, feeds) if split.stratify else None
        rows = split_rows(_length(columns), split, generator, classes)
    except Refusal as refusal:
        way: Way = ("data", "split", refusal.field) if refusal.field else ("data", "split")
        raise _error(spec, [refusal.code.problem(refusal.message, path=way, help=refusal.help)]) from None
    return _assemble(columns, feeds, rows, used_seed)


def _first(*seeds: int | None) -> int:
    """The first seed that there is; a fresh one where there is none."""
    return next((seed for seed in seeds if seed is not None), secrets.randbits(32))


def _data(spec: Spec) -> Data:
    if spec.data is None:
        raise SpecError([BAD_SOURCE.problem("the spec has no `data`", help="say where the examples come from")])
    return spec.data


def _assemble(columns: Columns, feeds: Feeds, rows: Rows, seed: int) -> Splits:
    train = make_part(columns.train, feeds, None if len(rows.train) == _length(columns) else rows.train)
    validation = None if rows.validation is None else make_part(columns.train, feeds, rows.validation)
    if columns.test is not None:
        return Splits(train, validation, make_part(columns.test, feeds), seed, columns.class_names)
    test = None if rows.test is None else make_part(columns.train, feeds, rows.test)
    return Splits(train, validation, test, seed, columns.class_names)


def _check(spec: Spec, feeds: Feeds, columns: Columns) -> None:
    """Refuse columns that are not what was announced, and values that a model cannot learn from."""
    parts = {"": columns.train} if columns.test is None else {"training": columns.train, "test": columns.test}
    if problems := [problem for part, values in parts.items() for problem in check_types(values, feeds.facts, part)]:
        raise _error(spec, problems)
    if not _length(columns):
        raise _error(spec, [BAD_SOURCE.problem("the source has no rows", path=("data", "source"))])
    if problems := [problem for part, values in parts.items() for problem in check_columns(values, feeds, part)]:
        raise _error(spec, problems)


def _error(spec: Spec, problems: list[Problem]) -> SpecError:
    """The problems, each at its place in the spec's text."""
    return SpecError(in_file_order([replace(problem, span=spec.tree.span_at(problem.path)) for problem in problems]))


def _length(columns: Columns) -> int:
    return len(next(iter(columns.train.values()), ()))


def _classes(columns: Columns, feeds: Feeds) -> Array:
    """The class of every row, by the one label that has classes."""
    names = dict.fromkeys(lesson.column for lesson in feeds.targets.values())
    labels = {name: columns.train[name] for name in names if _has_classes(columns.train[name])}
    if len(labels) != 1:
        others = "several labels have classes: " + one_of(labels, "and") if labels else _no_classes(tuple(names))
        raise Refusal(
            NO_CLASSES,
            f"`stratify` needs one label with classes, and {others}",
            field="stratify",
            help="leave out `stratify`",
        )
    (values,) = labels.values()
    return values.reshape(-1)


def _no_classes(names: tuple[str, ...]) -> str:
    return f"{one_of(names, 'and')} holds amounts" if len(names) == 1 else "there is none"


def _has_classes(values: Array) -> bool:
    return values.dtype.kind in "iub" and values.size == len(values)


def _two_tests(data: Data, feeds: Feeds) -> Problem:
    return TWO_TESTS.problem(
        f"`{data.source.written}` brings {feeds.facts.test_rows} rows to test on, and `split.test` asks for others",
        path=("data", "split", "test"),
        help="leave out `split.test`",
    )
