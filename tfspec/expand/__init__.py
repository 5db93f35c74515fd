"""Tree to tree: what a spec says in short is written out.

In comes the tree of a file with the overrides of the command line, out goes a tree in which every
value is plain. Trees are shared, not copied, so every value keeps the place it was written at.
"""

from .expand import expand
from .overrides import apply_overrides

__all__ = ["apply_overrides", "expand"]
