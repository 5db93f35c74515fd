"""Rows from a file that is given at the command line, to predict for or to evaluate on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from tfspec.analysis import Feeds
from tfspec.catalogue.sources.arrays import TEST
from tfspec.catalogue.sources.tables import Csv
from tfspec.catalogue.sources.texts_as_numbers import NumberedTexts
from tfspec.diagnostics import Problem, Refusal, SpecError, one_of
from tfspec.files import FileError, TableFormat, read_npz_types
from tfspec.spec import Spec
from tfspec.tensors import TensorType, show_shape

from .arrays import read_arrays
from .checks import check_columns
from .columns import Array
from .needs import Needs, needs_of
from .parts import Part, make_part
from .problems import BAD_ROWS
from .rows_json import read_json_rows
from .rows_table import read_table_rows

KINDS = (".csv", ".tsv", ".txt", ".data", ".npz", ".npy", ".jsonl", ".ndjson")


def load_part(
    path: Path,
    spec: Spec,
    feeds: Feeds,
    class_names: Mapping[str, tuple[str, ...]] | None = None,
    *,
    need_targets: bool = False,
) -> Part:
    """The rows of a file, put together for the model that `feeds` speaks of.

    A `.csv` file has columns, written as the spec's own table is where it has one; an `.npz` file
    arrays, by the names of the columns; a `.jsonl` file an object by column name on each line, or the
    one value that the model takes. Targets are left out where the file has none. `class_names` are
    those that `load_splits` gave, for labels that are texts.

    Raises:
        SpecError: The file does not hold rows for this model; with `need_targets`, also where it
            holds no targets.
    """
    needs = needs_of(path, feeds, class_names or {})
    try:
        columns = _read(path, spec, needs, drop=need_targets and _drops(spec))
        columns = {name: _fitted(name, values, needs) for name, values in columns.items()}
        _check_there(columns, needs, need_targets=need_targets)
    except FileError as error:
        raise SpecError([BAD_ROWS.problem(error.message, help=error.help)]) from None
    except Refusal as refusal:
        raise SpecError([refusal.code.problem(refusal.message, notes=refusal.notes, help=refusal.help)]) from None
    if problems := list(_problems(columns, feeds, needs)):
        raise SpecError(problems)
    return make_part(columns, feeds)


def _drops(spec: Spec) -> bool:
    source = spec.data.source if spec.data else None
    return isinstance(source, Csv) and source.missing == "drop"


def _read(path: Path, spec: Spec, needs: Needs, *, drop: bool) -> dict[str, Array]:
    """Whatever columns the file holds that are needed, as they stand in it."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        shown = f"files of the kind `{kind}`" if kind else "files without an ending"
        raise Refusal(BAD_ROWS, f"`{path}`: rows are not read from {shown}", help=f"use {one_of(KINDS)}")
    if not path.is_file():
        raise Refusal(BAD_ROWS, f"there is no file `{path}`")
    source = spec.data.source if spec.data else None
    if kind in (".npz", ".npy"):
        return _read_arrays(path, needs)
    if kind in (".jsonl", ".ndjson"):
        return read_json_rows(path, needs, source if isinstance(source, NumberedTexts) else None)
    written = source if isinstance(source, Csv) else TableFormat("tab" if kind == ".tsv" else ",")
    return read_table_rows(path, written, needs, drop=drop)


def _read_arrays(path: Path, needs: Needs) -> dict[str, Array]:
    """Arrays by the name of the column, or that of its test rows; one array alone is the one feature."""
    there = tuple(read_npz_types(path))
    wanted = {}
    for name in (*needs.features, *needs.labels):
        found = next((array for array in (name, f"{name}{TEST}") if array in there), None)
        if found:
            wanted[name] = found
    if not wanted and len(there) == len(needs.features) == 1:
        wanted = dict(zip(needs.features, there, strict=True))
    arrays = read_arrays(path, tuple(wanted.values()))
    return {name: arrays[array] for name, array in wanted.items()}


def _fitted(name: str, values: Array, needs: Needs) -> Array:
    """A column in the dtype that training saw, its class names as numbers.

    Raises:
        Refusal: It is of another shape, or holds something else.
    """
    wanted = needs.features.get(name) or needs.labels[name]
    if values.dtype.kind == "O" and name in needs.labels and wanted.dtype != "string":
        values = _numbered(name, values, needs)
    fits = values.ndim == wanted.rank and all(
        known in (None, size) for known, size in zip(wanted.shape[1:], values.shape[1:], strict=True)
    )
    if not fits:
        found = show_shape((None, *values.shape[1:]))
        message = f"`{name}` in `{needs.file}` is {found}, and the model was trained on {show_shape(wanted.shape)}"
        raise Refusal(BAD_ROWS, message, help="give every row as one item along the first axis")
    return _cast(name, values, wanted, needs)


def _cast(name: str, values: Array, wanted: TensorType, needs: Needs) -> Array:
    kind = values.dtype.kind
    if wanted.dtype == "string":
        if kind == "O":
            return values
    elif kind in "biuf":
        is_whole_type = wanted.dtype.startswith(("int", "uint")) and wanted.dtype != "uint8"
        if not is_whole_type:  # bytes of images become floats in any case, so fractions are welcome
            return values.astype(np.float32)
        if kind != "f" or (np.isfinite(values).all() and (values == np.floor(values)).all()):
            return values.astype(wanted.dtype)
    what = {"string": "texts"}.get(wanted.dtype, "numbers" if kind not in "biuf" else "whole numbers")
    held = "texts" if kind in "OUS" else "numbers with fractions" if what == "whole numbers" else "numbers"
    raise Refusal(BAD_ROWS, f"`{name}` in `{needs.file}` holds {held}, and the model was trained on {what}")


def _numbered(name: str, labels: Array, needs: Needs) -> Array:
    """Class names as their numbers."""
    names = needs.class_names.get(name, ())
    number = {label: index for index, label in enumerate(names)}
    unknown = next((index for index, label in enumerate(labels) if label not in number), None)
    if unknown is not None:
        message = (
            f"`{name}` in `{needs.file}` is `{labels[unknown]}` in row {unknown + 1}, which is no class of the model"
        )
        raise Refusal(BAD_ROWS, message, help=f"its classes are {one_of(names[:12], 'and')}" if names else None)
    return np.array([number[label] for label in labels], dtype=np.int64)


def _check_there(columns: dict[str, Array], needs: Needs, *, need_targets: bool) -> None:
    wanted = (*needs.features, *(needs.labels if need_targets else ()))
    missing = [name for name in wanted if name not in columns]
    if missing:
        what = "the feature" if missing[0] in needs.features else "the label"
        others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise Refusal(
            BAD_ROWS,
            f"`{needs.file}` lacks {what} `{missing[0]}`{others}",
            help=f"the model was trained on {one_of((*needs.features, *needs.labels)[:12], 'and')}",
        )
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"`{name}` {length}" for name, length in lengths.items())
        raise Refusal(BAD_ROWS, f"the arrays in `{needs.file}` have different numbers of rows: {told}")
    if not any(lengths.values()):
        raise Refusal(BAD_ROWS, f"`{needs.file}` holds no rows")


def _problems(columns: dict[str, Array], feeds: Feeds, needs: Needs) -> Iterator[Problem]:
    """What the checks of all data say, as problems of the file and not of a place in the spec."""
    from dataclasses import replace

    for problem in check_columns(columns, feeds):
        yield replace(problem, path=(), notes=(f"in `{needs.file}`", *problem.notes))
