"""What flows through a model, as far as it is known before it runs.

In come sizes, out go sizes: dims, shapes, dtypes, windows and broadcasting, as pure
functions. An unknown dim is `None` and stays `None` through all arithmetic; one that has a name
is a `Length`, and arithmetic on it is kept. Shapes have the batch axis first.
"""

from .axes import resolve_axes
from .broadcasting import broadcast, common_batch
from .dims import (
    Dim,
    Shape,
    add,
    are_known,
    are_unlike,
    differ,
    is_below,
    multiply,
    product,
    settled,
    show_dim,
    show_shape,
    without_names,
)
from .dtypes import FLOATS, Policy, is_float, policy, promoted, width
from .layout import arrange, channels, spatial
from .length import Length
from .types import TensorType, Weight
from .windows import transposed_length, window_length

__all__ = [
    "FLOATS",
    "Dim",
    "Length",
    "Policy",
    "Shape",
    "TensorType",
    "Weight",
    "add",
    "are_known",
    "are_unlike",
    "arrange",
    "broadcast",
    "channels",
    "common_batch",
    "differ",
    "is_below",
    "is_float",
    "multiply",
    "policy",
    "product",
    "promoted",
    "resolve_axes",
    "settled",
    "show_dim",
    "show_shape",
    "spatial",
    "transposed_length",
    "width",
    "window_length",
    "without_names",
]
