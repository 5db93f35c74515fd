"""Arrays in a file of NumPy's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, TypeAlias

from pydantic import Field

from tfspec.files import FileError, read_npz_types
from tfspec.tensors import TensorType

from .column_names import ColumnNames, check_known
from .source import Column, Facts, Source

Types: TypeAlias = dict[str, tuple[tuple[int, ...], str]]
"""Shape and dtype by array, as `read_npz_types` gives them."""

TRAIN, TEST = "_train", "_test"
DTYPES = {
    "str": "string",
    "bytes": "string",
    "bool": "bool",
    **{f"{kind}int{bits}": f"{kind}int{bits}" for kind in ("", "u") for bits in (8, 16, 32, 64)},
    **{f"float{bits}": f"float{bits}" for bits in (16, 32, 64)},
}
"""NumPy's dtypes that a model can be fed, and what they are called in a spec."""


class Npz(Source):
    """Arrays of a `.npz` file, all with the examples along their first axis.

    Where the file has arrays called `x_train`, `y_train` and so on, the columns are `x` and `y`, and
    the rows of `x_test` and `y_test` are for testing; else every array is a column by its own name.
    """

    word = "npz"
    example: ClassVar[dict[str, object]] = {"path": "data.npz"}

    path: Annotated[str, Field(min_length=1)]
    """The file, from the folder of the spec."""
    features: ColumnNames | None = None
    """Arrays that the model takes: `x` if left out, or all but the labels where there is no `x`."""
    labels: ColumnNames | None = None
    """Arrays that the model learns: `y` if left out."""

    def facts(self, root: Path) -> Facts:
        types = read_npz_types(root / self.path)
        train, test = self.parts(tuple(types))
        check_known("features", self.features or (), train, "array", self.path)
        check_known("labels", self.labels or (), train, "array", self.path)
        labels = self.labels or tuple(name for name in ("y",) if name in train)
        rest = ("x",) if "x" in train else tuple(name for name in train if name not in labels)
        features = self.features or rest
        used = (*features, *labels)
        rows = self._rows(types, {name: train[name] for name in used})
        test_rows = self._rows(types, {name: test[name] for name in used}) if test else None
        columns = {}
        for name, array in train.items():
            shape, dtype = types[array]
            if shape[:1] == (rows,) and dtype in DTYPES:
                columns[name] = Column(TensorType((None, *shape[1:]), DTYPES[dtype]))
        return Facts(columns, features, labels, rows, test_rows)

    def parts(self, arrays: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
        """Which array holds the training rows of each column, and which the test rows.

        Raises:
            FileError: A column has training rows and no test rows, where others have.
        """
        train = {name.removesuffix(TRAIN): name for name in arrays if name.endswith(TRAIN)}
        if not train:
            return {name: name for name in arrays}, {}
        test = {name: name + TEST for name in train if name + TEST in arrays}
        if test and (alone := [name for name in train if name not in test]):
            raise FileError(
                f"`{self.path}` has `{alone[0]}{TRAIN}`, and no `{alone[0]}{TEST}` beside it",
                help="write test rows for all arrays, or for none",
            )
        return train, test

    def _rows(self, types: Types, arrays: dict[str, str]) -> int:
        """The number of examples: as long as the first array is, which all that are used have to be."""
        first, rows = "", None
        for array in arrays.values():
            shape, dtype = types[array]
            if dtype not in DTYPES:
                advice = "store numbers or texts, or say under `features` and `labels` which arrays are used"
                raise FileError(f"`{array}` in `{self.path}` holds `{dtype}`, which no model takes", help=advice)
            if not shape:
                advice = "say under `features` and `labels` which arrays are used"
                raise FileError(f"`{array}` in `{self.path}` is a single value, not an array of examples", help=advice)
            first, rows = (array, shape[0]) if rows is None else (first, rows)
            if shape[0] != rows:
                raise FileError(
                    f"the arrays in `{self.path}` have different numbers of examples: "
                    f"`{first}` has {rows}, and `{array}` {shape[0]}",
                    help="all need the examples along their first axis; `features` and `labels` say which are used",
                )
        if not rows:
            raise FileError(f"`{self.path}` holds no examples")
        return rows
