"""Hypothesis strategies for the things that a spec can name, and for what layers take.

In comes a declaration, out comes a strategy for its arguments as a spec writes them, or for
the tensors that a layer is called with. The strategies are derived from the fields and the
call signature, so a new declaration takes part with no code of its own.
"""

from .arguments import arguments, things
from .inputs import inputs_for

__all__ = ["arguments", "inputs_for", "things"]
