"""What layers that turn values into categories have in common: the ways to write a category as numbers."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from tfspec.catalogue.problems import CANNOT_COMPUTE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, show_shape

from .layer import Layer

OutputMode: TypeAlias = Literal["int", "one_hot", "multi_hot", "count"]

SPARSE = "few layers take sparse tensors"

LIST_OF_NUMBERS = 2
"""Axes of a batch of lists."""


class Encoding(Layer):
    """A layer that gives categories, as numbers or as vectors."""

    takes_texts = True
    keeps_dtype = True
    per_element = 0
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc] # there is nothing to train before it

    output_mode: OutputMode = "int"
    """`int`: numbers; `one_hot`: a vector for each; `multi_hot`: one for a list; `count`: the same with counts."""

    def one_hot(self, x: TensorType, depth: Dim) -> TensorType:
        """A vector of so many features for every value; a last axis of 1 makes room for it."""
        if x.rank == 1 or x.last != 1 or (x.rank > LIST_OF_NUMBERS and x.shape[-2] == 1):
            raise self.unlike(x, "(batch, …, 1)")
        return x.with_last(depth)

    def one_vector(self, x: TensorType, depth: Dim) -> TensorType:
        """One vector of so many features for every list of values."""
        if x.rank != LIST_OF_NUMBERS:
            raise self.unlike(x, "(batch, values)")
        self.check_counts(self.policy.compute)
        return x.with_last(depth)

    def check_counts(self, dtype: str) -> None:
        """Refuse to count in half precision."""
        if dtype in ("float16", "bfloat16"):
            raise Refusal(
                CANNOT_COMPUTE,
                f"counts in {dtype}, for which TensorFlow has no kernel",
                field="output_mode",
                help="give the layer `dtype: float32`, or use `output_mode: one_hot`",
            )

    def unlike(self, x: TensorType, wanted: str) -> Refusal:
        """The refusal of a tensor whose real output is not what Keras reckons with."""
        return Refusal(
            CANNOT_COMPUTE,
            f"encodes {wanted} as `{self.output_mode}`, and is given {show_shape(x.shape)}, where Keras is wrong",
            field="output_mode",
            help="use `output_mode: int` with `CategoryEncoding` behind it, or give every value an input of its own",
        )
