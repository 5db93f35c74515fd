"""From a graph to a Keras model, its compile step and its callbacks.

In comes an analysis without errors, out go objects of Keras. The declarations name the classes
and hold the arguments, so there is no table of layers here.
"""

from .build import build
from .compiling import compile_model
from .model import alone_or_named, apply_graph, build_model, deep_stack, keras_input, precision
from .objects import to_keras

__all__ = [
    "alone_or_named",
    "apply_graph",
    "build",
    "build_model",
    "compile_model",
    "deep_stack",
    "keras_input",
    "precision",
    "to_keras",
]
