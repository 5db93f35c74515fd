"""Equations of `EinsumDense`, which chance would never write."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tfspec.tensors import TensorType

LETTERS = "abcdefg"


@st.composite
def equations(draw: st.DrawFn, x: TensorType) -> dict[str, Any]:
    """Arguments of a layer with an `equation`, which adds up along some axes of the tensor."""
    batch, *axes = list(LETTERS[: x.rank])
    summed = draw(st.sets(st.sampled_from(axes))) if axes else set()
    made = draw(st.sampled_from(["y", "yz"]))
    kept = "".join(axis for axis in axes if axis not in summed)
    kernel = draw(st.permutations("".join(axis for axis in axes if axis in summed) + made))
    sizes = draw(st.lists(st.integers(1, 4), min_size=len(made), max_size=len(made)))
    shape = [x.shape[axes.index(axis) + 1] for axis in kept]
    given: dict[str, Any] = {
        "equation": f"{batch}{''.join(axes)},{''.join(kernel)}->{batch}{kept}{made}",
        "output_shape": [*shape, *sizes],
    }
    if draw(st.booleans()):
        given["bias_axes"] = made
    return given
