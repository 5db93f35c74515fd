"""Mistakes between the end of a model and its loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tfspec.diagnostics import Path
from tfspec.tensors import TensorType, is_float

from .whole import Data, Finder, Found, Whole


class Misused(NamedTuple):
    """A head and a loss that do not go together, and where that is told: at an argument of the head, or at the loss."""

    code: str
    head: Data
    loss: Any
    way: Path = ()
    is_head: bool = False

    def found(self, whole: Whole) -> Iterator[Found]:
        """The spec with that head and that loss, where its model ends with features or can have a branch that does."""
        if whole.is_sequential:
            given = whole.analysis.types.of(next(iter(whole.analysis.graph.outputs.values())))
            if given is None or not _has_features(given):
                return
            changed, path = whole.followed({"Dense": self.head})
        elif whole.has_sources:
            head = {"Dense": {**self.head, "from": "one", "name": "head"}}
            changed, path = whole.followed(head, inputs={"one": {"shape": [4]}})
            changed = whole.with_((*whole.model, "outputs"), "head", changed)
        else:
            return
        changed["compile"] = {"loss": self.loss}
        place = (*path, "Dense", *self.way) if self.is_head else ("compile", "loss", *self.way)
        yield Found(changed, self.code, place)


def _has_features(given: TensorType) -> bool:
    return is_float(given.dtype) and given.rank == 2 and isinstance(given.last, int)  # noqa: PLR2004 - batch and features


MISTAKES: dict[str, Finder] = {
    name: misused.found
    for name, misused in {
        "logits where the loss expects probabilities": Misused("TS440", {"units": 3}, "categorical_crossentropy"),
        "probabilities where the loss expects logits": Misused(
            "TS441",
            {"units": 3, "activation": "softmax"},
            {"CategoricalCrossentropy": {"from_logits": True}},
            ("CategoricalCrossentropy", "from_logits"),
        ),
        "a softmax over one unit": Misused(
            "TS442", {"units": 1, "activation": "softmax"}, "binary_crossentropy", ("activation",), is_head=True
        ),
        "a rectified head under a cross-entropy": Misused(
            "TS443", {"units": 3, "activation": "relu"}, "categorical_crossentropy", ("activation",), is_head=True
        ),
        "a loss that wants positive numbers, of any numbers": Misused("TS448", {"units": 3}, "poisson"),
    }.items()
}
