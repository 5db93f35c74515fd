"""Hypothesis strategies for specs that nobody wrote, and for the things that they are made of.

In comes a declaration, a tensor type or nothing, out goes a strategy for what a spec writes there.
All are derived from the declarations: what the catalogue gets takes part with no code of its own.
`specs` gives right specs as plain data, `broken` wrong ones with the problem they must cause.
"""

from importlib.util import find_spec

if find_spec("hypothesis") is None:
    raise ImportError("`tfspec.testing` needs hypothesis, which is not installed: pip install hypothesis")

from .arguments import arguments, things
from .broken import Broken, broken, broken_specs
from .cases import cases_in, show
from .compiling import compile_steps
from .data import Batch, data_for, make_batch
from .folding import folded
from .inputs import inputs_for
from .layers import layers
from .models import functional_specs, loaded_specs, sequential_specs, specs
from .varying import varied

__all__ = [
    "Batch",
    "Broken",
    "arguments",
    "broken",
    "broken_specs",
    "cases_in",
    "compile_steps",
    "data_for",
    "folded",
    "functional_specs",
    "inputs_for",
    "layers",
    "loaded_specs",
    "make_batch",
    "sequential_specs",
    "show",
    "specs",
    "things",
    "varied",
]
