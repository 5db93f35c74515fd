"""Masks that do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import Shape, TensorType, show_shape


def unfit_mask(mask: Shape, x: TensorType, advice: str) -> Refusal:
    """The refusal of a mask that Keras cannot apply to a tensor."""
    return Refusal(
        BAD_ARGUMENT,
        f"applies the mask of its input, which marks padding: {show_shape(mask)} does not fit {show_shape(x.shape)}",
        help=f"{advice}, or leave out `mask_zero` or `Masking` before it",
    )


STEPS = 2
"""The axes of a mask that marks the steps of sequences: batch and time."""


def check_step_mask(masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> None:
    """Refuse a mask of more than whole steps; beside initial states, Keras applies none."""
    if masks[0] is not None and len(inputs) == 1 and len(masks[0]) != STEPS:
        raise unfit_mask(masks[0], inputs[0], "mask whole steps, with features as the only axis behind them")


def mask_of_query(masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
    """The mask that attention hands on, which is that of its first input; all must mark whole steps."""
    for mask, x in zip(masks, inputs, strict=True):
        check_step_mask([mask], [x])
    return masks[0]
