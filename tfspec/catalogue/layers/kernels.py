"""What layers with a kernel and a bias have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import ARGUMENTS_CLASH
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, multiply

from .layer import Layer
from .order import Before
from .quantization import Quantizable


class Activated(Layer):
    """A layer that ends in an activation."""

    activation: Activation | None = None
    """Function applied to the result; none by default."""

    def finishing(self, output: TensorType, *, biased: bool) -> Dim:
        """The operations of adding a bias and applying the activation."""
        function = self.effective("activation")
        return add(output.elements if biased else 0, function.operations(output) if function else 0)


class Biased(Layer):
    """A layer that adds a bias."""

    use_bias: bool = True
    """Whether a bias is added."""
    bias_initializer: Initializer = default("zeros")
    """Where the bias's first values come from."""
    bias_regularizer: Regularizer | None = None
    """Penalty on the bias."""
    bias_constraint: Constraint | None = None
    """Bounds that the bias is kept within."""

    def bias(self, size: Dim) -> Iterator[Weight]:
        """The bias, where the layer has one."""
        if self.use_bias:
            yield Weight("bias", (size,))


class KernelAndBias(Biased):
    """A layer that multiplies with a kernel and adds a bias."""

    kernel_initializer: Annotated[Initializer, Before("bias_initializer")] = default("glorot_uniform")
    """Where the kernel's first values come from."""
    kernel_regularizer: Annotated[Regularizer | None, Before("bias_regularizer")] = None
    """Penalty on the kernel."""
    kernel_constraint: Annotated[Constraint | None, Before("bias_constraint")] = None
    """Bounds that the kernel is kept within."""


class DepthwiseKernel(Biased):
    """A layer with a kernel for each channel by itself."""

    depthwise_initializer: Annotated[Initializer, Before("bias_initializer")] = default("glorot_uniform")
    """Where the depthwise kernel's first values come from."""
    depthwise_regularizer: Annotated[Regularizer | None, Before("bias_regularizer")] = None
    """Penalty on the depthwise kernel."""
    depthwise_constraint: Annotated[Constraint | None, Before("bias_constraint")] = None
    """Bounds that the depthwise kernel is kept within."""


class LowRank(Quantizable):
    """A layer whose large weight can be frozen, with a trained correction of low rank beside it (LoRA)."""

    lora_rank: PositiveInt | None = None
    """Rank of a trained correction to the weight, which is itself frozen then; none by default."""
    lora_alpha: float | None = None
    """Factor of the correction is `lora_alpha / lora_rank`; `lora_rank` where it is left out."""

    def adapted(self, name: str, shape: Shape, constraint: str) -> Iterator[Weight]:
        """The large weight: trained, or frozen where a correction is trained in its place; not yet a quantized one."""
        if self.lora_rank and getattr(self, constraint) is not None:
            raise Refusal(
                ARGUMENTS_CLASH,
                f"cannot have `lora_rank` together with `{constraint}`",
                field="lora_rank",
                help=f"leave out `{constraint}`",
            )
        if self.lora_rank and self.policy.quantization == "float8":
            message = "cannot have `lora_rank` together with weights in float8"
            raise Refusal(ARGUMENTS_CLASH, message, field="lora_rank", help="leave out one of them")
        yield from self.float8()
        if not self.is_packed:
            yield Weight(name, shape, trainable=self.lora_rank is None)

    def correction(self, name: str, shape: Shape) -> Iterator[Weight]:
        """The two factors of the correction to the weight `name`, always in float32."""
        if self.lora_rank:
            yield Weight(f"lora_{name}_a", (*shape[:-1], self.lora_rank), dtype="float32")
            yield Weight(f"lora_{name}_b", (self.lora_rank, shape[-1]), dtype="float32")

    def correcting(self, shape: Shape) -> Dim:
        """The operations of multiplying the two factors, scaling their product and adding it to the weight."""
        return multiply(2 * self.lora_rank + 2, *shape) if self.lora_rank else 0
