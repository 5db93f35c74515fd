"""Axes named by their number, from the front or from the end."""

from __future__ import annotations

from tfspec.diagnostics import Refusal

from .problems import NO_SUCH_AXIS


def resolve_axes(axes: int | tuple[int, ...], rank: int, field: str = "axis") -> tuple[int, ...]:
    """The axes counted from 0, in the order in which they were given.

    Raises:
        Refusal: A tensor of that rank has no such axis, or an axis is named twice.
    """
    resolved = []
    for axis in (axes,) if isinstance(axes, int) else axes:
        if not -rank <= axis < rank:
            raise Refusal(
                NO_SUCH_AXIS,
                f"works along axis {axis}, and its input has {rank} axes",
                field=field,
                help=f"choose {'1' if rank == 2 else f'one from 1 to {rank - 1}'}, or -1 for the last",  # noqa: PLR2004 - batch and features
            )
        resolved.append(axis % rank)
    if len(set(resolved)) < len(resolved):
        raise Refusal(NO_SUCH_AXIS, f"names an axis twice: {list(resolved)}", field=field, help="name each axis once")
    return tuple(resolved)
