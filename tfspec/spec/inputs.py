"""Where a model says the shape that somebody gave to one of its layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfspec.catalogue.old_words import Advice, one_input
from tfspec.diagnostics import Path
from tfspec.source import Tree


def input_advice(said: Mapping[str, Any], place: Path, tree: Tree) -> str:
    """What to write above the layers instead of in the layer at `place`; nothing where the shape is known already."""
    above = place[:-3]
    model, found = tree.nearest(above)
    if place[-3:-2] != ("layers",) or found != above or not isinstance(model.content, dict):
        return "leave it out: a layer takes what it is called with"
    if "input" in model.content or "inputs" in model.content:
        known = "`input` of the model says" if "input" in model.content else "`inputs` of the model say"
        return f"leave it out: the {known} it"
    if above[-1:] == ("functional",):
        return Advice({"inputs": one_input(said)}, place="above `layers`").help
    if above[-1:] == ("sequential",) and place[-2] == 0:
        return Advice({"input": said}, place="above `layers`").help
    return "leave it out: a layer takes what the layer before it gives"
