"""Attention: every step of a sequence looks at all steps of another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from tfspec.catalogue.fields import Fraction, PositiveInt
from tfspec.catalogue.numbers import OneOrMore
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE, UNLIKE_SEQUENCES
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, show_shape

from .kernels import KernelAndBias
from .layer import Layer, Outputs
from .order import Before


class Attending(Layer):
    """A layer that mixes values by how alike queries and keys are."""

    layout = "batch ... time features"
    takes_list = True

    dropout: Fraction = 0.0
    """Share of the scores that training drops."""

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
        check_alike("query value", query, value, range(query.rank - 2))
        check_alike("value key", value, key, range(value.rank - 1))
        check_alike("query key", query, key, [-1])
        output = query.with_last(value.last)
        return (output, query.with_last(key.shape[-2])) if return_attention_scores else output


class Attention(Attending):
    """Mix the values by how alike queries and keys are: `softmax(query · key) · value` (Luong).

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`.
    """

    needs_floats = True

    use_scale: Annotated[bool, Before("dropout")] = False
    """Whether the scores are multiplied with a learned number."""
    score_mode: Annotated[Literal["dot", "concat"], Before("dropout")] = "dot"
    """How a query is compared with a key: their product, or a function of their sum."""
    seed: int | None = None
    """Seed of the dropout; the spec's `seed` decides where it is left out."""

    def weights(self, query: TensorType, value: TensorType, key: TensorType | None = None) -> Iterator[Weight]:
        if self.use_scale:
            yield Weight("scale", ())
        if self.score_mode == "concat":
            yield Weight("concat_score_weight", ())


class AdditiveAttention(Attending):
    """Mix the values by a learned comparison, `sum(scale * tanh(query + key))` (Bahdanau).

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`.
    """

    use_scale: Annotated[bool, Before("dropout")] = True
    """Whether every feature has a learned weight in the comparison."""

    def weights(self, query: TensorType, value: TensorType, key: TensorType | None = None) -> Iterator[Weight]:
        if self.use_scale:
            yield Weight("scale", (query.last,))


class MultiHeadAttention(KernelAndBias):
    """Compare queries with keys in several learned ways at once, and mix the values by the results.

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`; with the
    same tensor for both it is self-attention.
    """

    layout = "batch ... time features"

    num_heads: PositiveInt
    """Number of comparisons (heads)."""
    key_dim: PositiveInt
    """Number of features by which each head compares."""
    value_dim: Annotated[PositiveInt | None, Before("use_bias")] = None
    """Number of features of each head's values; `key_dim` by default."""
    dropout: Annotated[Fraction, Before("use_bias")] = 0.0
    """Share of the scores that training drops."""
    output_shape: Annotated[
        Annotated[int | tuple[int, ...], OneOrMore(int, 1)] | None, Before("kernel_initializer")
    ] = None
    """Number of features of the output, or several sizes; as many as the query has by default."""
    attention_axes: Annotated[Annotated[int | tuple[int, ...], OneOrMore(int)] | None, Before("kernel_initializer")] = (
        None
    )
    """Axes of the steps; all but the batch and the features by default."""
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
        if value.shape[1:-1] != key.shape[1:-1]:
            raise unlike("value key", value, key)
        check_alike("value key", value, key, [0])
        attended = self._attended(value)
        others = [axis for axis in range(value.rank - 1) if axis not in attended]
        if query.rank != value.rank:
            raise unlike("query value", query, value)
        check_alike("query value", query, value, others)
        self._check_kernels(query, masked=use_causal_mask or self.sliding_window is not None)
        output = query.with_shape((*query.shape[:-1], *self._output_sizes(query)))
        scores = (*_pick(query, others), self.num_heads, *_pick(query, attended), *_pick(value, attended))
        return (output, query.with_shape(scores)) if return_attention_scores else output

    def weights(self, query: TensorType, value: TensorType, key: TensorType | None = None) -> Iterator[Weight]:
        value_dim = self.value_dim or self.key_dim
        yield from self._projection("query", query.last, (self.num_heads, self.key_dim))
        yield from self._projection("key", (key or value).last, (self.num_heads, self.key_dim))
        if self.use_gate:
            yield from self._projection("gate", query.last, (self.num_heads, value_dim))
        yield from self._projection("value", value.last, (self.num_heads, value_dim))
        sizes = self._output_sizes(query)
        yield Weight("attention_output/kernel", (self.num_heads, value_dim, *sizes))
        if self.use_bias:
            yield Weight("attention_output/bias", sizes)

    def _projection(self, name: str, features: Dim, sizes: Shape) -> Iterator[Weight]:
        yield Weight(f"{name}/kernel", (features, *sizes))
        if self.use_bias:
            yield Weight(f"{name}/bias", sizes)

    def _output_sizes(self, query: TensorType) -> Shape:
        if self.output_shape is None:
            return (query.last,)
        return (self.output_shape,) if isinstance(self.output_shape, int) else self.output_shape

    def _attended(self, value: TensorType) -> tuple[int, ...]:
        """The axes of the steps, counted from 0."""
        if self.attention_axes is None:
            return tuple(range(1, value.rank - 1))
        axes = (self.attention_axes,) if isinstance(self.attention_axes, int) else self.attention_axes
        counted = tuple(axis if axis >= 0 else value.rank + axis for axis in axes)
        if len(set(counted)) < len(counted) or not all(0 < axis < value.rank - 1 for axis in counted):
            raise Refusal(
                BAD_ARGUMENT,
                f"attends along {list(axes)}, and {show_shape(value.shape)} has steps along 1 to {value.rank - 2}",
                field="attention_axes",
                help="name axes between the batch and the features, each once",
            )
        return counted

    def _check_kernels(self, query: TensorType, *, masked: bool) -> None:
        if self.flash_attention:
            raise Refusal(
                CANNOT_COMPUTE,
                "has no fused kernel on TensorFlow",
                field="flash_attention",
                help="leave out `flash_attention`",
            )
        if masked and query.rank > 3:  # noqa: PLR2004 - batch, time and features
            raise Refusal(
                CANNOT_COMPUTE,
                f"masks steps along one axis only, and is given {show_shape(query.shape)}",
                help="leave out `use_causal_mask` and `sliding_window`, or put the steps into one axis with `Reshape`",
            )


def check_alike(names: str, first: TensorType, second: TensorType, axes: Iterable[int]) -> None:
    """Refuse two tensors, called by `names`, that differ in the number of axes or in the sizes of these."""
    sizes = ((first.shape[axis], second.shape[axis]) for axis in axes)
    if first.rank != second.rank or any(None not in pair and pair[0] != pair[1] for pair in sizes):
        raise unlike(names, first, second)


def unlike(names: str, first: TensorType, second: TensorType) -> Refusal:
    """The refusal of two tensors that do not fit together."""
    one, other = names.split()
    return Refusal(
        UNLIKE_SEQUENCES,
        f"cannot combine a {one} of {show_shape(first.shape)} with a {other} of {show_shape(second.shape)}",
    )


def _pick(x: TensorType, axes: tuple[int, ...] | list[int]) -> Shape:
    return tuple(x.shape[axis] for axis in axes)
