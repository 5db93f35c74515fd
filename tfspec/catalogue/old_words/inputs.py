"""Shapes that layers were given once, and that the model's `input` says today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .advice import Advice, Use
from .python import from_python

INPUT = "above `layers`"


def input_shape(use: Use) -> Advice:
    """The sizes behind the batch axis."""
    sized = {"batch_size": use.said["batch_size"]} if "batch_size" in use.said and not use.has("batch_size") else {}
    return _input(use, {"shape": as_list(use.value), **sized})


def batch_input_shape(use: Use) -> Advice:
    """The size of a batch, if it is known, and the sizes behind it."""
    batch, *shape = as_list(use.value) or [None]
    return _input(use, {"shape": shape} | ({} if batch is None else {"batch_size": batch}))


def batch_size(use: Use) -> Advice:
    """The size of every batch."""
    return _input(use, {"shape": as_list(use.said.get("input_shape", "…")), "batch_size": use.value})


def input_dim(use: Use) -> Advice:
    """The number of features, after the number of time steps where the layer takes sequences."""
    sequences = "input_length" in use.said or getattr(use.cls, "layout", "").split()[1:2] == ["time"]
    return _input(use, {"shape": [*([use.said.get("input_length")] if sequences else []), use.value]})


def input_length(use: Use) -> Advice:
    """The number of time steps: of vectors, or of the numbers that an `Embedding` takes."""
    return (
        input_dim(use._replace(word="input_dim"))
        if "input_dim" not in use.cls.model_fields
        else _input(use, {"shape": as_list(use.value)})
    )


def inputs(use: Use) -> Advice | None:
    """The inputs of a graph have names."""
    if not use.has("inputs"):
        return None
    is_one = not isinstance(use.value, Mapping) or "shape" in use.value
    return Advice({"inputs": one_input(use.value) if is_one else use.value}, (use.word,))


def one_input(said: Any) -> dict[str, Any]:
    """An input under a name; a shape alone is one, too."""
    return {"x": dict(said) if isinstance(said, Mapping) else {"shape": as_list(said)}}


def _input(use: Use, said: dict[str, Any]) -> Advice:
    """The input as the model says it; in the input itself the same keys stand side by side."""
    if use.cls.__name__ == "Input":
        return Advice(said, (use.word,))
    if getattr(use.cls, "family", "") != "model":
        return Advice({"input": said}, (use.word,), INPUT)
    return Advice({"inputs": one_input(said)} if use.has("inputs") else {"input": said}, (use.word,))


def as_list(value: Any) -> list[Any]:
    """A shape as a spec writes it: a list, from a list, one size, or a tuple of Python in a text."""
    shape = from_python(value) if isinstance(value, str) else value
    if isinstance(shape, str):
        return ["…"]
    sizes = shape if isinstance(shape, (list, tuple)) else [shape]
    return [None if size == "None" else size for size in sizes]
