"""Attention whose queries share keys and values in groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from tfspec.catalogue.fields import Fraction, PositiveInt
from tfspec.catalogue.problems import ARGUMENTS_CLASH, CANNOT_COMPUTE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, Weight

from .attention import check_alike, unlike
from .kernels import KernelAndBias
from .layer import Outputs
from .order import Before


class GroupQueryAttention(KernelAndBias):
    """Compare queries with keys in several ways at once, with fewer keys and values than queries.

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`.
    """

    layout = "batch time features"

    head_dim: PositiveInt
    """Number of features of each head."""
    num_query_heads: PositiveInt
    """Number of comparisons (heads)."""
    num_key_value_heads: PositiveInt
    """Number of heads of keys and values, which the others share; must divide `num_query_heads`."""
    dropout: Annotated[Fraction, Before("use_bias")] = 0.0
    """Share of the scores that training drops."""
    sliding_window: Annotated[PositiveInt | None, Before("kernel_initializer")] = None
    """How far a step sees to either side, itself included; all the way by default."""
    flash_attention: Annotated[bool | None, Before("kernel_initializer")] = None
    """Whether a fused kernel is used; TensorFlow has none."""
    use_gate: bool = False
    """Whether a learned gate, computed from the query, weighs the heads' results."""
    seed: int | None = None
    """Seed of the dropout; the spec's `seed` decides where it is left out."""

    def output_type(
        self,
        query: TensorType,
        value: TensorType,
        key: TensorType | None = None,
        *,
        return_attention_scores: bool = False,
        use_causal_mask: bool = False,
    ) -> Outputs:
        key = key or value
        self._check_arguments()
        check_alike("query value", query, value, [0, -1])
        check_alike("value key", value, key, [0])
        if value.shape[1] != key.shape[1]:
            raise unlike("value key", value, key)
        scores = (query.shape[0], self.num_query_heads, query.shape[1], key.shape[1])
        return (query, query.with_shape(scores)) if return_attention_scores else query

    def weights(self, query: TensorType, value: TensorType, key: TensorType | None = None) -> Iterator[Weight]:
        yield from self._projection("query", query.last, self.num_query_heads)
        yield from self._projection("key", (key or value).last, self.num_key_value_heads)
        if self.use_gate:
            yield from self._projection("gate", query.last, self.num_query_heads)
        yield from self._projection("value", value.last, self.num_key_value_heads)
        yield Weight("attention_output/kernel", (self.num_query_heads, self.head_dim, query.last))
        if self.use_bias:
            yield Weight("attention_output/bias", (query.last,))

    def _projection(self, name: str, features: Dim, heads: int) -> Iterator[Weight]:
        yield Weight(f"{name}/kernel", (features, heads, self.head_dim))
        if self.use_bias:
            yield Weight(f"{name}/bias", (heads, self.head_dim))

    def _check_arguments(self) -> None:
        if self.num_query_heads % self.num_key_value_heads:
            raise Refusal(
                ARGUMENTS_CLASH,
                f"has {self.num_query_heads} query heads, which {self.num_key_value_heads} heads of keys cannot share",
                field="num_key_value_heads",
                help="choose a number that divides `num_query_heads`",
            )
        if self.flash_attention:
            raise Refusal(
                CANNOT_COMPUTE,
                "has no fused kernel on TensorFlow",
                field="flash_attention",
                help="leave out `flash_attention`",
            )
