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


def promoted(*dtypes: str) -> str:
    """The dtype of an operation on numbers of several dtypes.

    Source: `keras.src.backend.common.dtypes.result_type`, for which uint64 is uint32 among unsigned numbers.
    """
    found = dtypes[0]
    for other in dtypes[1:]:
        found = _promoted(found, other)
    return found


@cache
def _promoted(first: str, second: str) -> str:
    if first == second == "string" or first == second != "uint64":
        return first
    if is_float(first) != is_float(second):
        return first if is_float(first) else second
    narrow, wide = sorted((first, second), key=lambda dtype: (width(dtype) or 0, dtype != "bool"))
    if is_float(first):
        return wide if width(narrow) != width(wide) else "float32"
    if narrow == "bool" or _is_unsigned(narrow) == _is_unsigned(wide):
        return "uint32" if wide == "uint64" else wide
    unsigned, signed = (narrow, wide) if _is_unsigned(narrow) else (wide, narrow)
    needed = max(width(signed) or 0, 2 * (width(unsigned) or 0))
    return f"int{8 * needed}" if needed <= LONGEST else "float32"


LONGEST = 8
"""The bytes of the longest whole number."""


def _is_unsigned(dtype: str) -> bool:
    return dtype.startswith("uint")
