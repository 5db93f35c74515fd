"""What a layer refuses to be given: another number of axes, or another dtype."""

from __future__ import annotations

from tfspec.catalogue.problems import INTEGER_INPUT, OTHER_DTYPE, WRONG_RANK
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, are_known, is_float, show_shape

UNSUMMED = ("int8", "uint8", "int16", "uint16", "string")
"""Dtypes whose sum is of another one, so that Keras cannot multiply it with the factor of a penalty."""


def check_axes(layout: str, x: TensorType) -> None:
    """Refuse a tensor whose number of axes is not that of the layout."""
    names = layout.split()
    exact = "..." not in names
    least = len(names) - (not exact)
    if x.rank == least or (x.rank > least and not exact):
        return
    wanted = f"({', '.join('…' if name == '...' else name for name in names)})"
    raise Refusal(
        WRONG_RANK,
        f"takes {'' if exact else 'at least '}{least} axes {wanted}, and is given {x.rank}: {show_shape(x.shape)}",
        help=_rank_advice(names, x, least),
    )


def check_floats(*inputs: TensorType) -> None:
    """Refuse integers, which Keras does not cast."""
    for x in inputs:
        if not is_float(x.dtype):
            raise Refusal(
                INTEGER_INPUT,
                f"computes with floating-point numbers only, and is given {x.dtype}",
                help="put `Rescaling: {scale: 1.0}` before it, or give the input `dtype: float32`",
            )


def check_kernels(missing: tuple[str, ...], *inputs: TensorType) -> None:
    """Refuse dtypes for which TensorFlow has no kernel."""
    for x in inputs:
        if x.dtype in missing:
            raise Refusal(
                INTEGER_INPUT,
                f"cannot compute with {x.dtype}, for which TensorFlow has no kernel",
                help="put `Rescaling: {scale: 1.0}` before it, or give the input `dtype: int32`",
            )


def check_sum(dtype: str) -> None:
    """Refuse a penalty on an output that TensorFlow cannot square and add up."""
    if dtype in UNSUMMED:
        raise Refusal(
            INTEGER_INPUT,
            f"adds up a penalty on its output, which is {dtype}",
            field="activity_regularizer",
            help="leave out `activity_regularizer`",
        )


def check_dtype(compute: str, *inputs: TensorType) -> None:
    """Refuse floating-point numbers of another dtype than a layer computes in, which it does not cast."""
    for x in inputs:
        if is_float(x.dtype) and x.dtype != compute:
            raise Refusal(
                OTHER_DTYPE,
                f"computes in {compute} and, with `autocast: false`, takes its input as {x.dtype}",
                field="autocast",
                help=f"leave out `autocast`, so that the input is cast, or give the layer `dtype: {x.dtype}`",
            )


def check_numbers(*inputs: TensorType) -> None:
    """Refuse texts."""
    if any(x.dtype == "string" for x in inputs):
        raise Refusal(
            INTEGER_INPUT,
            "computes with numbers, and is given texts",
            help="put `StringLookup`, `TextVectorization` or `Hashing` before it",
        )


def _rank_advice(names: list[str], x: TensorType, least: int) -> str | None:
    sizes = x.shape[1:]
    if x.rank == least - 1 and names[-1] == "channels" and are_known(sizes):
        return f"add an axis of channels before it: `Reshape: {{target_shape: {[*sizes, 1]}}}`"
    if x.rank == least - 1 and names[-1] == "features" and "time" in names:
        return "give it sequences: put an `Embedding` before it, or set `return_sequences: true` in the layer before"
    if x.rank == 2 and "channels" in names:  # noqa: PLR2004 - batch and features
        shape = ", ".join(names[1:])
        return f"put it before the layer that makes vectors, or `Reshape: {{target_shape: [{shape}]}}` before it"
    if x.rank > least and least <= 2:  # noqa: PLR2004 - batch and features
        return "put `Flatten` or a global pooling layer before it"
    return None
