"""The typed document: from a tree to a validated `Spec`.

In comes a tree without `${…}`, blocks or includes, out goes a frozen `Spec`, or all the mistakes
of its words and values as problems with places. What the values mean together (shapes, names,
data) is for the rooms above.
"""

from typing import Any

from .document import Compile, Data, Fit, OutputStep, Spec, Split, Target
from .library import LibraryError, check_library
from .load import Loadable, load, load_spec

__all__ = [
    "Compile",
    "Data",
    "Fit",
    "LibraryError",
    "Loadable",
    "OutputStep",
    "Spec",
    "Split",
    "Target",
    "check_library",
    "load",
    "load_spec",
    "schema",
]


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a spec, as editors and other tools use it."""
    from .json_schema import make_schema  # it needs all of the catalogue

    return make_schema()
