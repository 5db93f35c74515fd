"""The arrays of a source, whatever kind of source it is."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


class Columns(NamedTuple):
    """What a source holds, by column; all arrays of a part have the same number of rows.

    `test` is None where the source brings no test data of its own. `class_names` are the names of
    the classes 0, 1, 2 … of a column, where they are known.
    """

    train: dict[str, Array]
    test: dict[str, Array] | None
    class_names: dict[str, tuple[str, ...]]
