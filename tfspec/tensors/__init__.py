"""What flows through a model, as far as it is known before it runs.

In come sizes, out go sizes: dims, shapes, dtypes, windows and broadcasting, as pure
functions. An unknown dim is `None` and stays `None` through all arithmetic. Shapes have the
batch axis first.
"""

from .axes import resolve_axes
from .broadcasting import broadcast, common_batch
from .dims import Dim, Shape, add, multiply, product, show_shape
from .dtypes import FLOATS, Policy, is_float, policy
from .layout import arrange, channels, spatial
from .types import TensorType, Weight
from .windows import transposed_length, window_length

__all__ = [
    "FLOATS",
    "Dim",
    "Policy",
    "Shape",
    "TensorType",
    "Weight",
    "add",
    "arrange",
    "broadcast",
    "channels",
    "common_batch",
    "is_float",
    "multiply",
    "policy",
    "product",
    "resolve_axes",
    "show_shape",
    "spatial",
    "transposed_length",
    "window_length",
]
