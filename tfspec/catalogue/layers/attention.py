"""Attention: every step of a sequence looks at all steps of another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from tfspec.catalogue.activations import softmax_operations
from tfspec.catalogue.fields import Fraction, PositiveInt
from tfspec.catalogue.numbers import OneOrMore
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE, INTEGER_INPUT, UNLIKE_SEQUENCES
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, are_unlike, differ, multiply, product, show_shape

from .kernels import KernelAndBias
from .layer import Argument, Layer, Outputs
from .masks import mask_of_query
from .order import Before

BATCH_TIME_FEATURES = 3
"""Axes of a sequence, for which Keras has a function that scales the scores in place of the queries."""


class Attending(Layer):
    """A layer that mixes values by how alike queries and keys are."""

    passes_mask = True
    uses_mask = True
    layout = "batch ... time features"
    takes_list = True

    dropout: Fraction = 0.0
    """Share of the scores that training drops."""

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return mask_of_query(masks, inputs)

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

    def comparing(self, scores: TensorType, features: Dim) -> Dim:
        """The operations of comparing every query with every key."""
        raise NotImplementedError

    def operations(self, query: TensorType, value: TensorType, key: TensorType | None = None, **call: bool) -> Dim:
        scores = query.with_last((key or value).shape[-2])
        weighing = multiply(5 + call.get("use_causal_mask", False), scores.elements)
        return add(self.comparing(scores, query.last), weighing, multiply(2, scores.elements, value.last))


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

    def comparing(self, scores: TensorType, features: Dim) -> Dim:
        """A product of vectors, or a function of their sum, and a scale."""
        if self.score_mode == "dot":
            return multiply(add(multiply(2, features), int(self.use_scale)), scores.elements)
        return multiply(add(multiply(3 + self.use_scale, features)), scores.elements)


class AdditiveAttention(Attending):
    """Mix the values by a learned comparison, `sum(scale * tanh(query + key))` (Bahdanau).

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`.
    """

    no_kernel_for = ("bool",)

    use_scale: Annotated[bool, Before("dropout")] = True
    """Whether every feature has a learned weight in the comparison."""

    def _check(self, *inputs: Argument) -> None:
        super()._check(*inputs)
        query, *_, key = [x.dtype for x in inputs if isinstance(x, TensorType)]
        if query != key:
            advice = "give both inputs one `dtype`"
            raise Refusal(INTEGER_INPUT, f"adds queries to keys, and is given {query} and {key}", help=advice)

    def weights(self, query: TensorType, value: TensorType, key: TensorType | None = None) -> Iterator[Weight]:
        if self.use_scale:
            yield Weight("scale", (query.last,))

    def comparing(self, scores: TensorType, features: Dim) -> Dim:
        """A sum, its `tanh`, a scale, and the sum of all features."""
        return multiply(add(multiply(4, features), -1), scores.elements)


class Heads(KernelAndBias):
    """Attention that compares queries with keys in several learned ways at once."""

    keeps_rank = True
    passes_mask = True
    uses_mask = True
    casts_itself = True

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

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return mask_of_query(masks, inputs)

    def check_kernel(self) -> None:
        """Refuse a fused kernel."""
        if self.flash_attention:
            raise Refusal(
                CANNOT_COMPUTE,
                "has no fused kernel on TensorFlow",
                field="flash_attention",
                help="leave out `flash_attention`",
            )


class MultiHeadAttention(Heads):
    """Compare queries with keys in several learned ways at once, and mix the values by the results.

    Takes `[query, value]`, where the values serve as keys too, or `[query, value, key]`; with the
    same tensor for both it is self-attention.
    """

    layout = "batch ... time features"
    example: ClassVar[dict[str, object]] = {"num_heads": 2, "key_dim": 8}

    num_heads: PositiveInt
    """Number of comparisons (heads)."""
    key_dim: PositiveInt
    """Number of features by which each head compares."""
    value_dim: Annotated[PositiveInt | None, Before("dropout")] = None
    """Number of features of each head's values; `key_dim` by default."""
    output_shape: Annotated[Annotated[int | tuple[int, ...], OneOrMore(int, 1)] | None, Before("sliding_window")] = None
    """Number of features of the output, or several sizes; as many as the query has by default."""
    attention_axes: Annotated[Annotated[int | tuple[int, ...], OneOrMore(int)] | None, Before("sliding_window")] = None
    """Axes of the steps; all but the batch and the features by default."""

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
        if value.rank != key.rank or are_unlike(value.shape[1:-1], key.shape[1:-1]):
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

    def operations(self, query: TensorType, value: TensorType, key: TensorType | None = None, **call: bool) -> Dim:
        """Those of the projections, of comparing queries with keys, and of mixing the values."""
        mixed = self.num_heads * (self.value_dim or self.key_dim)
        sizes = ((query, self.num_heads * self.key_dim), (key or value, self.num_heads * self.key_dim), (value, mixed))
        projections = add(*(project(x, size, biased=self.use_bias) for x, size in sizes))
        output = project(query.with_last(mixed), product(self._output_sizes(query)), biased=self.use_bias)
        attended = self._attended(value)
        pairs = multiply(self.num_heads, *query.shape[1:-1], *_pick(value, attended))
        is_fused = query.rank == BATCH_TIME_FEATURES and not (self.dropout or call.get("return_attention_scores"))
        scaling = pairs if is_fused else query.with_last(self.num_heads * self.key_dim).elements
        weighing = multiply(softmax_operations(attended), pairs)
        products = multiply(2 * (self.key_dim + mixed // self.num_heads), pairs)
        gating = gate(query, mixed, biased=self.use_bias) if self.use_gate else 0
        return add(projections, scaling, products, weighing, gating, output)

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
        self.check_kernel()
        if masked and query.rank > 3:  # noqa: PLR2004 - batch, time and features
            raise Refusal(
                CANNOT_COMPUTE,
                f"masks steps along one axis only, and is given {show_shape(query.shape)}",
                help="leave out `use_causal_mask` and `sliding_window`, or put the steps into one axis with `Reshape`",
            )


def project(x: TensorType, size: Dim, *, biased: bool) -> Dim:
    """The operations of a dense map to so many features."""
    return add(multiply(2, x.elements, size), x.with_last(size).elements if biased else 0)


def gate(query: TensorType, size: int, *, biased: bool) -> Dim:
    """The operations of weighing what the heads give by a sigmoid of a dense map of the query."""
    return add(project(query, size, biased=biased), multiply(2, query.with_last(size).elements))


def check_alike(names: str, first: TensorType, second: TensorType, axes: Iterable[int]) -> None:
    """Refuse two tensors, called by `names`, that differ in the number of axes or in the sizes of these."""
    sizes = ((first.shape[axis], second.shape[axis]) for axis in axes)
    if first.rank != second.rank or any(differ(*pair) for pair in sizes):
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
