"""What a layer refuses to compute in, and to keep its weights in."""

from __future__ import annotations

from tfspec.catalogue.problems import BAD_POLICY
from tfspec.diagnostics import Refusal, one_of
from tfspec.tensors import Policy, is_float
from tfspec.tensors.dtypes import INTEGERS

CALIBRATED = ("gptq", "awq")
"""Ways to quantize that are worked out from the weights and inputs of a trained model."""


def check_policy(policy: Policy, quantizations: tuple[str, ...], *, needs_floats: bool) -> None:
    """Refuse a policy under which a layer is made and then fails when it runs."""
    mode = policy.quantization
    if mode and mode not in quantizations:
        raise _unquantized(mode, quantizations)
    if is_float(policy.compute):
        return
    if needs_floats or policy.compute not in INTEGERS:
        whole = " or whole" if not needs_floats else ""
        raise Refusal(
            BAD_POLICY,
            f"computes with floating-point{whole} numbers, and its `dtype` is {policy.compute}",
            field="dtype",
            help="leave out `dtype`",
        )


def check_computed(dtype: str, not_in: tuple[str, ...], activation: str | None = None) -> None:
    """Refuse a dtype in which TensorFlow lacks something that the layer, or its activation, needs."""
    if dtype in not_in:
        who = f"has the activation `{activation}`, which " if activation else ""
        raise Refusal(
            BAD_POLICY,
            f"{who}needs kernels that TensorFlow does not have for {dtype}",
            field="dtype",
            help="give the layer `dtype: float32`",
        )


def check_variable(dtype: str) -> None:
    """Refuse weights that are no floating-point numbers."""
    if not is_float(dtype):
        raise Refusal(
            BAD_POLICY,
            f"would have weights in {dtype}, which cannot be drawn at random or trained",
            field="dtype",
            help="leave out `dtype`",
        )


def _unquantized(mode: str, quantizations: tuple[str, ...]) -> Refusal:
    if not quantizations:
        message = "cannot be quantized, and would fail when it is called"
        advice = "quantize `Dense`, `EinsumDense`, `Embedding` or `ReversibleEmbedding`"
    elif mode in CALIBRATED:
        message = f"has no weights before `{mode}` is calibrated, which is done to a trained model"
        advice = f"use {one_of(f'{name}_from_float32' for name in quantizations)}"
    else:
        message = f"cannot be quantized to {mode}"
        advice = f"use {one_of(f'{name}_from_float32' for name in quantizations)}"
    return Refusal(BAD_POLICY, message, field="dtype", help=advice)
