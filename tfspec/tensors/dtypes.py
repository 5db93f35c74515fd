"""Dtypes, and the policies that say in which a layer computes and keeps its weights."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

FLOATS = ("bfloat16", "float16", "float32", "float64")
INTEGERS = ("int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
"""Whole numbers that a policy can be named after; `int8` alone begins the name of a quantized one."""

FLOAT_POLICIES = ("float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16")
OTHER_POLICIES = (*INTEGERS, "bool", "string", "complex64", "complex128")

_BLOCK = r"(-1|[1-9][0-9]*)"
_MODE = rf"(int4(?:/{_BLOCK})?|float8|gptq/(?:2|3|4|8)/(?:-1|[1-9][0-9]*)|awq/4/(?:-1|[1-9][0-9]*))"
_WHOLE_FROM = "|".join(name for name in FLOAT_POLICIES if name not in ("float16", "mixed_float16"))
QUANTIZED_POLICY = rf"^(?:{_MODE}_from_({'|'.join(FLOAT_POLICIES)})|(int8)_from_({_WHOLE_FROM}))$"
"""The names of quantized policies: how the weights are kept, and the policy that they came from."""


class Policy(NamedTuple):
    """A Keras dtype policy: what a layer computes in, and what its weights are kept in."""

    compute: str
    variable: str
    quantization: str = ""
    """`int8`, `int4`, `float8`, `gptq` or `awq`; empty for weights that are kept as they are."""
    block: int | None = None
    """Weights that share a scale, with `int4`; None where a whole row or column does."""


@cache
def policy(name: str | None) -> Policy:
    """The policy that a name stands for: `mixed_bfloat16` computes in bfloat16 over float32 weights."""
    if name is None:
        return Policy("float32", "float32")
    if found := re.match(QUANTIZED_POLICY, name):
        mode, block, source, whole, whole_source = found.groups()
        size = None if block in (None, "-1") else int(block)
        return policy(source or whole_source)._replace(quantization=(mode or whole).split("/")[0], block=size)
    if name.startswith("mixed_"):
        return Policy(name.removeprefix("mixed_"), "float32")
    return Policy(name, name)


@cache
def width(dtype: str) -> int | None:
    """The bytes that one number takes; None for texts, which are of any length."""
    if dtype == "string":
        return None
    bits = dtype.lstrip("abcdefghijklmnopqrstuvwxyz")
    return int(bits) // 8 if bits else 1


def is_float(dtype: str) -> bool:
    """Whether a dtype is a floating-point one, which layers cast to the dtype they compute in."""
    return dtype in FLOATS
