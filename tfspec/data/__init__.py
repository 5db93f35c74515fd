"""From a source to arrays that a model is fed.

In comes a spec and what its analysis says the data feeds (`Feeds`), out go the parts to train,
validate and test on (`Splits`), each an array for every input and output. Everything is checked
before it is handed on, so a mistake in the data is a problem here and not a NaN in training.
"""

from .columns import Columns
from .load import Splits, load_splits
from .parts import Part
from .rows_file import load_part
from .sources import load_columns
from .weights import class_weights

__all__ = ["Columns", "Part", "Splits", "class_weights", "load_columns", "load_part", "load_splits"]
