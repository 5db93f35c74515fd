"""Problems as values, and their renderings.

In come facts about a mistake, out goes text for people or for programs. A `Problem` knows
nothing of specs: it is a message, a place and advice, so every room below the ceiling can
make one.
"""

from .code import Code
from .error import SpecError
from .problem import Label, Path, Problem, Severity, Span, Text, has_errors, in_file_order
from .refusal import Refusal
from .suggest import did_you_mean, nearest, one_of

__all__ = [
    "Code",
    "Label",
    "Path",
    "Problem",
    "Refusal",
    "Severity",
    "Span",
    "SpecError",
    "Text",
    "did_you_mean",
    "has_errors",
    "in_file_order",
    "nearest",
    "one_of",
]
