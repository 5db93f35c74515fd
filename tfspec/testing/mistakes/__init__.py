"""Mistakes that can be put into a right spec, by name: each with the code that `check` must tell, and its place.

In comes a right spec, as `Whole`, out go the wrong ones that a mistake makes of it.
"""

from . import compiling, expansion, heads, joints, types, values, words
from .whole import LISTS, Data, Finder, Found, Whole, at

MISTAKES: dict[str, Finder] = {
    **types.MISTAKES,
    **joints.MISTAKES,
    **words.MISTAKES,
    **values.MISTAKES,
    **expansion.MISTAKES,
    **compiling.MISTAKES,
    **heads.MISTAKES,
}

__all__ = ["LISTS", "MISTAKES", "Data", "Found", "Whole", "at"]
