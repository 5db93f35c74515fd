"""Shapes of several tensors that are combined element by element."""

from __future__ import annotations

from tfspec.diagnostics import Refusal

from .dims import Dim, Shape, differ, show_shape
from .problems import CANNOT_BROADCAST


def broadcast(shapes: list[Shape]) -> Shape:
    """The shape of tensors combined element by element, as Keras's merging layers align them.

    The batch axis is common; the others are aligned from the right, 1 stretches to any size, an
    unknown dim gives an unknown one, and a tensor of fewer axes gets axes of 1 behind the batch.
    A length that hangs on a name stays where all have it. That it may happen to be 1 for some
    number is no reason to let it stretch: `time` and `time - 2` do not fit.

    Raises:
        Refusal: Two sizes of one axis differ, and neither is 1; or the batches differ.
    """
    rank = max(len(shape) for shape in shapes)
    padded = [(shape[0], *(1,) * (rank - len(shape)), *shape[1:]) for shape in shapes]
    rest = [_common([shape[axis] for shape in padded], shapes) for axis in range(1, rank)]
    return (common_batch(shapes), *rest)


def common_batch(shapes: list[Shape]) -> Dim:
    """The one batch size that is known, or None.

    Raises:
        Refusal: Two batch sizes are known, and differ.
    """
    batches = {shape[0] for shape in shapes} - {None}
    if len(batches) > 1:
        raise _mismatch(shapes, "give them one batch size, or leave it out")
    return batches.pop() if batches else None


def _common(dims: list[Dim], shapes: list[Shape]) -> Dim:
    """The size that all dims stretch to, taken from the left as Keras does."""
    common = dims[0]
    for dim in dims[1:]:
        if common is None or dim is None:
            common = None
        elif common == 1 or dim == 1:
            common = dim if common == 1 else common
        elif differ(common, dim):
            raise _mismatch(shapes, "give the branches the same sizes, or sizes of 1, along every axis")
        else:
            common = common if common == dim else None
    return common


def _mismatch(shapes: list[Shape], advice: str) -> Refusal:
    listed = " and ".join(show_shape(shape) for shape in shapes)
    return Refusal(CANNOT_BROADCAST, f"combines tensors of shapes that do not fit: {listed}", help=advice)
