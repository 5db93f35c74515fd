"""Names that Keras has and a spec cannot say: why, and what to write instead."""

from __future__ import annotations

from typing import NamedTuple


class Refused(NamedTuple):
    """Why a name of Keras is no thing of a spec."""

    why: str
    """The reason: what a message says after the name and `cannot be said in a spec`."""
    instead: str | None = None
    """What to write instead, as an advice."""


A_ROOT = Refused("others of its kind are derived from it in Python, and it does nothing by itself")
A_TOOL = Refused("it is a function for Python programs that handle such things, and none of them itself")
TOOLS = dict.fromkeys(("deserialize", "get", "serialize"), A_TOOL)
"""The functions that most families have beside their things."""
