"""Tree to tree: what a spec says in short is written out.

In comes the tree of a file, with what is asked of it from outside; out goes a tree in which every
value is plain and every layer stands for itself. Trees are shared, not copied, so every value
keeps the place it was written at, and knows the chain of uses that brought it.
"""

from .expand import SECTIONS, expand
from .request import Request
from .words import RESERVED, WORD

__all__ = ["RESERVED", "SECTIONS", "WORD", "Request", "expand"]
