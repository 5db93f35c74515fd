"""The network as a graph: nodes, and the values that flow between them.

In comes a spec, out goes a `Graph` in which every layer has a name and every `from` is bound to
values, or the problems of names and of what layers take. It is the same for every kind of
model; what a value looks like is for the analysis.
"""

from .graph import Bound, Graph, GraphInput, Node, Submodel, Value
from .lower import lower
from .names import Namer

__all__ = ["Bound", "Graph", "GraphInput", "Namer", "Node", "Submodel", "Value", "lower"]
