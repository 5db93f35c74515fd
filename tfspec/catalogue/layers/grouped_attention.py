"""Attention whose queries share keys and values in groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.problems import ARGUMENTS_CLASH
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, Weight, add, are_unlike, multiply

from .attention import Heads, check_alike, gate, project, unlike
from .layer import Outputs


class GroupQueryAttention(Heads):
    """Compare queries with keys in several ways at once, with fewer keys and values than queries.

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`.
    """

    layout = "batch time features"
    example: ClassVar[dict[str, object]] = {"head_dim": 8, "num_query_heads": 4, "num_key_value_heads": 2}

    head_dim: PositiveInt
    """Number of features of each head."""
    num_query_heads: PositiveInt
    """Number of comparisons (heads)."""
    num_key_value_heads: PositiveInt
    """Number of heads of keys and values, which the others share; must divide `num_query_heads`."""

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
        if are_unlike(value.shape[1:2], key.shape[1:2]):
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

    def operations(self, query: TensorType, value: TensorType, key: TensorType | None = None, **call: bool) -> Dim:
        """Those of the projections, of comparing queries with keys, and of mixing the values."""
        wide, narrow = (self.head_dim * heads for heads in (self.num_query_heads, self.num_key_value_heads))
        sizes = ((query, wide), (key or value, narrow), (value, narrow))
        projections = add(*(project(x, size, biased=self.use_bias) for x, size in sizes))
        output = project(query.with_last(wide), query.last, biased=self.use_bias)
        pairs = multiply(self.num_query_heads, query.shape[1], value.shape[1])
        is_fused = not (self.dropout or call.get("return_attention_scores"))
        scaling = pairs if is_fused else query.with_last(wide).elements
        gating = gate(query, wide, biased=self.use_bias) if self.use_gate else 0
        return add(projections, scaling, multiply(4 * self.head_dim + 5, pairs), gating, output)

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
        self.check_kernel()
