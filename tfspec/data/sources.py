"""From a source to its columns, whatever kind it is."""

from __future__ import annotations

from pathlib import Path

from tfspec.catalogue.sources.arrays import Npz
from tfspec.catalogue.sources.named import NamedSource
from tfspec.catalogue.sources.sklearn import Sklearn
from tfspec.catalogue.sources.source import Source
from tfspec.catalogue.sources.synthetic import Synthetic
from tfspec.catalogue.sources.tables import Csv
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import Refusal, SpecError
from tfspec.files import FileError
from tfspec.source import Tree

from .columns import Columns
from .problems import BAD_DATA_FILE, BAD_SOURCE


def load_columns(source: Source, root: Path, seed: int, tree: Tree | None = None) -> Columns:
    """All that a source holds, as arrays by column.

    `root` is the folder that relative paths start from, `seed` what made-up examples follow where
    they have no seed of their own; `tree`, the spec's, gives problems their places.

    Raises:
        SpecError: The source cannot be loaded.
    """
    way: Way = ("data", "source", source.written)
    try:
        return _load(source, root, seed)
    except Refusal as refusal:
        way = (*way, refusal.field) if refusal.field else way
        span = tree.span_at(way) if tree else None
        problem = refusal.code.problem(refusal.message, path=way, span=span, notes=refusal.notes, help=refusal.help)
    except FileError as error:
        way = (*way, *error.field)
        span = tree.span_at(way) if tree else None
        problem = BAD_DATA_FILE.problem(str(error), path=way, span=span, help=error.help)
    raise SpecError([problem])


def _load(source: Source, root: Path, seed: int) -> Columns:
    if isinstance(source, NamedSource):
        from .named import load_named

        return load_named(source)
    if isinstance(source, Sklearn):
        from .sklearn import load_sklearn

        return load_sklearn(source)
    if isinstance(source, Synthetic):
        from .synthetic import make_synthetic

        return make_synthetic(source, seed)
    if isinstance(source, Csv):
        from .tables import load_table

        return load_table(source, root)
    if isinstance(source, Npz):
        from .arrays import load_arrays

        return load_arrays(source, root)
    raise Refusal(BAD_SOURCE, f"nothing in tfspec loads `{source.written}`")
