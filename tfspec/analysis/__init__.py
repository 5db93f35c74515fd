"""Facts about a graph, and what is wrong with it, from the text alone.

In comes a spec, out goes an `Analysis`: the type of every value, every weight, the compile step
by output, what the data feeds, and problems. Each pass is a file; their order stands in
`analyze.py`. Nothing here needs Keras.
"""

from .analyze import Analysis, analyze
from .check import check, inspect
from .compiling import CompilePlan, OutputPlan
from .cost import Cost
from .feeds import Feed, Feeds, Lesson
from .parts import part_of, shared_models
from .summary import LayerRow, Summary, TensorRow

__all__ = [
    "Analysis",
    "CompilePlan",
    "Cost",
    "Feed",
    "Feeds",
    "LayerRow",
    "Lesson",
    "OutputPlan",
    "Summary",
    "TensorRow",
    "analyze",
    "check",
    "inspect",
    "part_of",
    "shared_models",
]
