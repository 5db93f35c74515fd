"""The data sets that ship with scikit-learn."""

from __future__ import annotations

import numpy as np

from tfspec.catalogue.sources.sklearn import TABLES, Sklearn

from .columns import Columns


def load_sklearn(source: Sklearn) -> Columns:
    """The data set's numbers as `x`, and its classes or amounts as `y`."""
    import sklearn.datasets

    x, y = getattr(sklearn.datasets, f"load_{source.dataset}")(return_X_y=True)
    classes = TABLES[source.dataset].classes
    y = y.astype(np.int64 if classes else np.float64)  # scikit-learn's whole numbers are as wide as the machine's
    return Columns({"x": x, "y": y}, None, {"y": classes} if classes else {})
