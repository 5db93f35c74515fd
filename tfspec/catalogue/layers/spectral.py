"""A wrapper that keeps a layer's kernel from growing."""

from __future__ import annotations

from collections.abc import Iterator

from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.problems import ARGUMENTS_CLASH
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, Weight

from .inner import apply_inner
from .layer import Layer, Outputs


class SpectralNormalization(Layer):
    """Divide a layer's kernel by its largest singular value in training, as the critic of a GAN needs."""

    needs_floats = True
    wraps = (
        "Dense", "EinsumDense", "Embedding", "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose",
        "Conv3DTranspose", "DepthwiseConv1D", "DepthwiseConv2D",
    )  # fmt: skip

    layer: Layer
    """The layer, which must have a kernel."""
    power_iterations: PositiveInt = 1
    """Number of steps that refine the singular value in each batch."""

    def output_type(self, x: TensorType) -> Outputs:
        if getattr(self.layer, "lora_rank", None):
            raise Refusal(
                ARGUMENTS_CLASH,
                "cannot divide a kernel that is frozen for `lora_rank`",
                field="layer",
                help="leave out `lora_rank`",
            )
        if self.layer.policy.quantization:
            raise Refusal(
                ARGUMENTS_CLASH,
                f"cannot divide the whole numbers that `{self.layer.dtype}` keeps as a kernel",
                field="layer",
                help="leave out the `dtype` of the layer",
            )
        return apply_inner(self.layer, ("layer",), x)

    def operations(self, x: TensorType) -> Dim:
        """Those of the layer: the kernel is divided in training."""
        return self.layer.operations(x)

    def weights(self, x: TensorType) -> Iterator[Weight]:
        path = self.layer.name or self.layer.auto_name
        kernel, *others = self.layer.built_weights(x)
        yield kernel._replace(name=f"{path}/{kernel.name}")
        yield Weight("vector_u", (1, kernel.shape[-1]), trainable=False, dtype=kernel.dtype)
        for weight in others:
            yield weight._replace(name=f"{path}/{weight.name}")
