"""The order of a layer's arguments: that of the Keras signature, whichever classes they come from."""

from __future__ import annotations

from typing import NamedTuple

from pydantic.fields import FieldInfo


class Before(NamedTuple):
    """Marks a field that stands right before another one in Keras's signature."""

    field: str


class After(NamedTuple):
    """Marks a field that stands right after another one in Keras's signature."""

    field: str


def in_keras_order(fields: dict[str, FieldInfo], last: tuple[str, ...]) -> dict[str, FieldInfo]:
    """Fields without a default first, as Python has it; marked ones at their place; `last` at the end."""
    own = [name for name in fields if name not in last]
    order = [name for name in own if fields[name].is_required()] + [
        name for name in own if not fields[name].is_required()
    ]
    for name in own:
        for mark in fields[name].metadata:
            if isinstance(mark, (Before, After)) and mark.field in fields:
                order.remove(name)
                order.insert(order.index(mark.field) + isinstance(mark, After), name)
    return {name: fields[name] for name in (*order, *(name for name in last if name in fields))}
