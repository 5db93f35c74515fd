"""Core layers: dense maps, embeddings, and layers that pass their input through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.regularizers import Regularizer
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, multiply

from .kernels import Activated, KernelAndBias, LowRank
from .layer import Elementwise
from .order import Before

QUANTIZED = "takes a Python object of Keras's quantizers"


class Dense(LowRank, KernelAndBias, Activated):
    """Mix every feature with every other: `activation(x @ kernel + bias)`.

    Acts on the last axis; the axes before it pass through unchanged.
    """

    passes_mask = True
    layout = "batch ... features"
    omits: ClassVar[dict[str, str]] = {"quantization_config": QUANTIZED}

    units: PositiveInt
    """Number of features in the output."""

    def output_type(self, x: TensorType) -> TensorType:
        return x.with_last(self.units)

    def weights(self, x: TensorType) -> Iterator[Weight]:
        shape = (x.last, self.units)
        yield from self.adapted("kernel", shape, "kernel_constraint")
        yield from self.bias(self.units)
        yield from self.correction("kernel", shape)
        yield from self.quantized("kernel", shape, reduced=0)

    def operations(self, x: TensorType) -> Dim:
        products = multiply(2, x.elements, self.units)
        finishing = self.finishing(x.with_last(self.units), biased=self.use_bias)
        return add(self.correcting((x.last, self.units)), products, finishing)


class Embedding(LowRank):
    """Look up a learned vector for every whole number, such as the index of a word.

    The numbers must be at least 0 and less than `input_dim`. The output has one axis more than the input.
    """

    quantizations = ("int8", "int4")
    omits: ClassVar[dict[str, str]] = {
        "weights": "a spec holds no arrays; load them into the built model",
        "quantization_config": QUANTIZED,
    }
    example: ClassVar[dict[str, object]] = {"input_dim": 1000, "output_dim": 16}
    example_axes = "batch time"
    example_dtype = "int32"
    makes_mask = True

    input_dim: PositiveInt
    """Size of the vocabulary: the largest index plus 1."""
    output_dim: PositiveInt
    """Length of the vectors."""
    embeddings_initializer: Annotated[Initializer, Before("lora_rank")] = default("uniform")
    """Where the vectors' first values come from."""
    embeddings_regularizer: Annotated[Regularizer | None, Before("lora_rank")] = None
    """Penalty on the vectors."""
    embeddings_constraint: Annotated[Constraint | None, Before("lora_rank")] = None
    """Bounds that the vectors are kept within."""
    mask_zero: Annotated[bool, Before("lora_rank")] = False
    """Whether 0 is padding, which the layers after it (`LSTM`, attention, pooling over time) then skip."""

    def output_type(self, x: TensorType) -> TensorType:
        return x.with_shape((*x.shape, self.output_dim))

    def weights(self, x: TensorType) -> Iterator[Weight]:
        shape = (self.input_dim, self.output_dim)
        yield from self.adapted("embeddings", shape, "embeddings_constraint")
        yield from self.correction("embeddings", shape)
        yield from self.quantized("embeddings", shape, reduced=1)

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return inputs[0].shape if self.mask_zero else None

    def operations(self, x: TensorType) -> Dim:
        """None without a correction, which is computed for the whole vocabulary."""
        return self.correcting((self.input_dim, self.output_dim))


class Identity(Elementwise):
    """Pass the input through as it is."""

    passes_mask = True
    takes_texts = True
    keeps_dtype = True
    per_element = 0


class Masking(Elementwise):
    """Mark the steps of a sequence that the layers after it skip: those where every feature is `mask_value`."""

    layout = "batch ... features"
    makes_mask = True
    keeps_dtype = True
    per_element = 1

    mask_value: float = 0.0
    """Value that stands for padding."""

    def output_type(self, x: TensorType) -> TensorType:
        return x.with_dtype("int32") if x.dtype == "bool" else x

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return inputs[0].shape[:-1]
