"""Windows that slide along an axis: convolution, pooling, framing."""

from __future__ import annotations

from tfspec.diagnostics import Refusal

from .dims import Dim, is_below
from .problems import EMPTY_WINDOW


def window_length(length: Dim, size: int, stride: int, dilation: int, padding: str) -> Dim:
    """How many places a window of `size` takes along an axis of `length`.

    `valid`: floor((length - dilation * (size - 1) - 1) / stride) + 1; `same` and `causal`:
    ceil(length / stride). Source: the shape rules of `keras.ops.conv` and `keras.ops.max_pool`.

    Raises:
        Refusal: The window is longer than the axis, whatever its length, so there is no place for it.
    """
    if length is None:
        return None
    if padding != "valid":
        return (length - 1) // stride + 1
    reach = dilation * (size - 1) + 1
    places = (length + (stride - reach)) // stride
    if is_below(places, 1):
        spread = f" (spread over {reach} by its dilation)" if dilation > 1 else ""
        raise Refusal(
            EMPTY_WINDOW,
            f"slides a window of {size}{spread} over an axis of {length}",
            help="make the window smaller, shrink the axis less before it, or use `padding: same`",
        )
    return places


def transposed_length(  # noqa: PLR0913, PLR0917 - all of them shape the output
    length: Dim, size: int, stride: int, dilation: int, padding: str, output_padding: int | None
) -> Dim:
    """The length that a transposed convolution gives an axis of `length`.

    With `reach = dilation * (size - 1) + 1`: `valid` gives (length - 1) * stride + reach +
    output_padding, or + max(reach, stride) where no output padding is said; `same` gives
    length * stride, or (length - 1) * stride + reach mod 2 + output_padding. Source: measured on
    Keras 3.15, `keras.src.backend.common.backend_utils`.
    """
    if length is None:
        return None
    reach = dilation * (size - 1) + 1
    before = (length - 1) * stride
    if padding == "valid":
        return before + (max(reach, stride) if output_padding is None else reach + output_padding)
    return length * stride if output_padding is None else before + reach % 2 + output_padding
