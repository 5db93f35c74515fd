"""Dtypes, and the policies that say in which a layer computes and keeps its weights."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

FLOATS = ("bfloat16", "float16", "float32", "float64")


class Policy(NamedTuple):
    """A Keras dtype policy: what a layer computes in, and what its weights are kept in."""

    compute: str
    variable: str


@cache
def policy(name: str | None) -> Policy:
    """The policy that a name stands for: `mixed_bfloat16` computes in bfloat16 over float32 weights."""
    if name is None:
        return Policy("float32", "float32")
    if name.startswith("mixed_"):
        return Policy(name.removeprefix("mixed_"), "float32")
    return Policy(name, name)


def is_float(dtype: str) -> bool:
    """Whether a dtype is a floating-point one, which layers cast to the dtype they compute in."""
    return dtype in FLOATS
