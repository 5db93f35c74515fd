"""An embedding that also goes from vectors back to words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import PositiveFloat, PositiveInt
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import BAD_ARGUMENT
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, Weight, show_shape

from .layer import Layer


class ReversibleEmbedding(Layer):
    """Look up a learned vector for every word or, with `call: {reverse: true}`, score every word for a vector.

    Language models use one layer at both ends, so that input and output share their weights.
    """

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
        if x.rank == 1 or x.last not in (self.output_dim, None):
            raise Refusal(
                BAD_ARGUMENT,
                f"scores words for vectors of {self.output_dim} features, and is given {show_shape(x.shape)}",
                field="output_dim",
            )
        return x.with_last(self.input_dim)

    def weights(self, x: TensorType) -> Iterator[Weight]:
        yield Weight("embeddings", (self.input_dim, self.output_dim))
        if not self.tie_weights:
            yield Weight("reverse_embeddings", (self.output_dim, self.input_dim))
