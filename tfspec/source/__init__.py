"""Text to tree: YAML 1.2 and JSON, every key and value with its place.

In comes a text, out goes a `Tree`, or problems. Places stand beside the data, never inside
it, so what follows works on plain values and asks the tree only when it has to point.
"""

from .collection import collection_paused
from .load import load_tree
from .plain import tree_from_data
from .text import decode_text, read_text
from .tree import Scalar, Tree

__all__ = ["Scalar", "Tree", "collection_paused", "decode_text", "load_tree", "read_text", "tree_from_data"]
