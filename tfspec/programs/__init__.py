"""The little language: expressions over names, in Python's syntax and without its reach.

In comes the text of an expression and what its names stand for, out goes a value that a spec can
hold. Nothing is imported, no attribute is read, no loop is without a bound; the size of texts,
numbers and lists is limited, so that no expression takes the machine.
"""

from .error import ProgramError
from .evaluate import Scope, Steps, evaluate
from .expression import KEYWORDS, Expression, read_expression
from .functions import Value
from .template import Piece, Template, escaped, has_expression, read_template, unescaped

__all__ = [
    "KEYWORDS",
    "Expression",
    "Piece",
    "ProgramError",
    "Scope",
    "Steps",
    "Template",
    "Value",
    "escaped",
    "evaluate",
    "has_expression",
    "read_expression",
    "read_template",
    "unescaped",
]
