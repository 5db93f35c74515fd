"""An embedding that also goes from vectors back to words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import PositiveFloat, PositiveInt
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, differ, multiply, show_shape

from .quantization import Quantizable, ceil_div


class ReversibleEmbedding(Quantizable):
    """Look up a learned vector for every word or, with `call: {reverse: true}`, score every word for a vector.

    Language models use one layer at both ends, so that input and output share their weights.
    """

    example: ClassVar[dict[str, object]] = {"input_dim": 1000, "output_dim": 16}
    example_axes = "batch time"
    example_dtype = "int32"

    quantizations = ("int8", "int4")

    input_dim: PositiveInt
    """Size of the vocabulary: the largest index plus 1."""
    output_dim: PositiveInt
    """Length of the vectors."""
    tie_weights: bool = True
    """Whether the way back uses the same vectors, and not weights of its own."""
    embeddings_initializer: Initializer = default("uniform")
    """Where the vectors' first values come from."""
    embeddings_regularizer: Regularizer | None = None
    """Penalty on the vectors."""
    embeddings_constraint: Constraint | None = None
    """Bounds that the vectors are kept within."""
    mask_zero: bool = False
    """Whether 0 is padding, which the layers after it (`LSTM`, attention, pooling over time) then skip."""
    reverse_dtype: Literal["float32", "float64", "float16", "bfloat16"] | None = None
    """Dtype in which the way back is computed; that of the layer by default."""
    logit_soft_cap: PositiveFloat | None = None
    """Bound that the scores approach but do not reach; none by default."""

    def output_type(self, x: TensorType, *, reverse: bool = False) -> TensorType:
        if not reverse:
            return x.with_shape((*x.shape, self.output_dim))
        if x.rank == 1 or differ(x.last, self.output_dim):
            raise Refusal(
                BAD_ARGUMENT,
                f"scores words for vectors of {self.output_dim} features, and is given {show_shape(x.shape)}",
                field="output_dim",
            )
        return x.with_last(self.input_dim)

    def weights(self, x: TensorType) -> Iterator[Weight]:
        shape = (self.input_dim, self.output_dim)
        if self.is_packed:
            yield from self.quantized("embeddings", shape, reduced=1)
            yield from () if self.tie_weights else self._packed_reverse()
            return
        yield Weight("embeddings", shape)
        if not self.tie_weights:
            yield Weight("reverse_embeddings", shape[::-1])

    def _packed_reverse(self) -> Iterator[Weight]:
        """The quantized weights of the way back: those of int4 are packed along the other axis."""
        block = self.policy.block
        halves = 2 if self.policy.quantization == "int4" else 1
        packed = (ceil_div(self.output_dim, halves), self.input_dim)
        scale: Shape = (ceil_div(self.output_dim, block), self.input_dim) if block else (self.input_dim,)
        yield from self.whole("reverse_embeddings", packed, scale)
        if block:
            yield Weight("reverse_embeddings_zero", scale, trainable=False)

    def operations(self, x: TensorType, *, reverse: bool = False) -> Dim:
        if not reverse:
            return 0
        capping = multiply(3, x.with_last(self.input_dim).elements) if self.logit_soft_cap else 0
        return add(multiply(2, x.elements, self.input_dim), capping)
