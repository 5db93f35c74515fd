"""Convolutions: small kernels that slide along the axes of sequences, images and volumes."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Annotated, Literal

from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import DataFormat, Padding, PositiveInt, Size1, Size2, Size3, Sizes
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import ARGUMENTS_CLASH, BAD_ARGUMENT, CANNOT_COMPUTE
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import (
    Dim,
    Shape,
    TensorType,
    Weight,
    add,
    arrange,
    channels,
    multiply,
    spatial,
    transposed_length,
    window_length,
)  # fmt: skip

from .grids import Images, Sequences, Volumes
from .kernels import Activated, DepthwiseKernel, KernelAndBias
from .layer import Layer
from .order import After, Before

Size1OrNone = Annotated[tuple[int], Sizes(1, least=0)] | None
Size2OrNone = Annotated[tuple[int, int], Sizes(2, least=0)] | None
Size3OrNone = Annotated[tuple[int, int, int], Sizes(3, least=0)] | None


class Sliding(Layer):
    """A layer that slides a kernel along its input."""

    needs_floats = True

    kernel_size: tuple[int, ...]
    """Length of the kernel along each axis; one number stands for all."""
    strides: tuple[int, ...] = ()
    """Step of the kernel along each axis."""
    padding: Padding = "valid"
    """`valid`: the kernel stays inside; `same`: zeros are added at the edge, so that only strides shrink the output."""
    data_format: DataFormat | None = None
    """Whether channels are the last axis or the first one behind the batch; the last one by default."""
    dilation_rate: tuple[int, ...] = ()
    """Distance between neighbouring elements of the kernel along each axis."""

    @property
    def reach(self) -> int:
        """Number of places that the kernel covers."""
        return prod(self.kernel_size)

    def slide(self, x: TensorType, depth: Dim) -> TensorType:
        """What is left when the kernel has passed, with `depth` channels."""
        sizes = tuple(
            window_length(length, size, stride, dilation, self.padding)
            for length, size, stride, dilation in zip(
                spatial(x.shape, self.data_format), self.kernel_size, self.strides, self.dilation_rate, strict=True
            )
        )
        return x.with_shape(arrange(x.shape[0], sizes, depth, self.data_format))

    def check_steps(self) -> None:
        """Refuse strides together with dilation, as Keras does for most convolutions."""
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise Refusal(
                ARGUMENTS_CLASH,
                f"cannot have strides of {max(self.strides)} together with a dilation of {max(self.dilation_rate)}",
                field="dilation_rate",
                help="leave out one of `strides` and `dilation_rate`",
            )


class Convolution(KernelAndBias, Activated, Sliding):
    """A convolution whose kernel mixes the channels."""

    filters: Annotated[PositiveInt, Before("kernel_size")]
    """Number of channels in the output."""
    groups: Annotated[PositiveInt, After("dilation_rate")] = 1
    """Number of groups that the channels are split into, each with kernels of its own."""

    def output_type(self, x: TensorType) -> TensorType:
        self.check_steps()
        self._check_groups(channels(x.shape, self.data_format))
        return self.slide(x, self.filters)

    def weights(self, x: TensorType) -> Iterator[Weight]:
        depth = channels(x.shape, self.data_format)
        yield Weight("kernel", (*self.kernel_size, depth and depth // self.groups, self.filters))
        yield from self.bias(self.filters)

    def operations(self, x: TensorType) -> Dim:
        depth = channels(x.shape, self.data_format)
        output = self.slide(x, self.filters)
        products = multiply(2, self.reach, depth and depth // self.groups, output.elements)
        return add(products, self.finishing(output, biased=self.use_bias))

    def _check_groups(self, depth: Dim) -> None:
        for count, what in ((self.filters, "filters"), (depth, "input channels")):
            if isinstance(count, int) and count % self.groups:
                raise Refusal(
                    BAD_ARGUMENT,
                    f"has {self.groups} groups, which do not divide its {count} {what}",
                    field="groups",
                    help=f"choose `groups` so that it divides {count}",
                )


class Conv1D(Convolution, Sequences):
    """Slide kernels along sequences, such as signals or text."""

    aliases = ("Convolution1D",)

    kernel_size: Size1
    strides: Size1 = (1,)
    padding: Literal["valid", "same", "causal"] = "valid"  # type: ignore[assignment] # one more than images have
    """`valid`: the kernel stays inside; `same`: zeros at both ends; `causal`: so that no step sees a later one."""
    dilation_rate: Size1 = (1,)


class Conv2D(Convolution, Images):
    """Slide kernels along images: every output channel is a learned pattern."""

    aliases = ("Convolution2D",)

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)


class Conv3D(Convolution, Volumes):
    """Slide kernels along volumes, such as scans or videos."""

    aliases = ("Convolution3D",)

    kernel_size: Size3
    strides: Size3 = (1, 1, 1)
    dilation_rate: Size3 = (1, 1, 1)


class Transposed(KernelAndBias, Activated, Sliding):
    """A convolution run backwards: it makes its input larger by its strides."""

    filters: Annotated[PositiveInt, Before("kernel_size")]
    """Number of channels in the output."""
    output_padding: Annotated[tuple[int, ...] | None, After("padding")] = None
    """How much longer the output is along each axis, where several lengths are possible; chosen by Keras by default."""

    def output_type(self, x: TensorType) -> TensorType:
        self.check_steps()
        self._check_output_padding()
        lengths = spatial(x.shape, self.data_format)
        more = self.output_padding or (None,) * len(lengths)
        sizes = tuple(
            transposed_length(length, size, stride, dilation, self.padding, extra)
            for length, size, stride, dilation, extra in zip(
                lengths, self.kernel_size, self.strides, self.dilation_rate, more, strict=True
            )
        )
        return x.with_shape(arrange(x.shape[0], sizes, self.filters, self.data_format))

    def weights(self, x: TensorType) -> Iterator[Weight]:
        yield Weight("kernel", (*self.kernel_size, self.filters, channels(x.shape, self.data_format)))
        yield from self.bias(self.filters)

    def operations(self, x: TensorType) -> Dim:
        products = multiply(2, self.reach, x.elements, self.filters)
        return add(products, self.finishing(self.output_type(x), biased=self.use_bias))

    def _check_output_padding(self) -> None:
        axes = zip(self.output_padding or (), self.strides, self.kernel_size, self.dilation_rate, strict=False)
        for extra, stride, size, dilation in axes:
            if extra >= stride:
                raise Refusal(
                    ARGUMENTS_CLASH,
                    f"has an output padding of {extra}, which must be less than its stride of {stride}",
                    field="output_padding",
                    help="leave out `output_padding`",
                )
            if self.padding == "same" and extra == 0 and (dilation * (size - 1) + 1) % 2 == 0:
                raise Refusal(
                    CANNOT_COMPUTE,
                    f"has a kernel of even size {size} and no output padding, which TensorFlow cannot run with `same`",
                    field="output_padding",
                    help="leave out `output_padding`",
                )


class Conv1DTranspose(Transposed, Sequences):
    """Make sequences longer with learned kernels."""

    aliases = ("Convolution1DTranspose",)

    kernel_size: Size1
    strides: Size1 = (1,)
    output_padding: Annotated[Size1OrNone, After("padding")] = None
    dilation_rate: Size1 = (1,)


class Conv2DTranspose(Transposed, Images):
    """Make images larger with learned kernels, as the decoder of an autoencoder does."""

    aliases = ("Convolution2DTranspose",)

    kernel_size: Size2
    strides: Size2 = (1, 1)
    output_padding: Annotated[Size2OrNone, After("padding")] = None
    dilation_rate: Size2 = (1, 1)


class Conv3DTranspose(Transposed, Volumes):
    """Make volumes larger with learned kernels."""

    aliases = ("Convolution3DTranspose",)

    kernel_size: Size3
    strides: Size3 = (1, 1, 1)
    output_padding: Annotated[Size3OrNone, After("data_format")] = None
    dilation_rate: Size3 = (1, 1, 1)


class Depthwise(DepthwiseKernel, Activated, Sliding):
    """A convolution that keeps the channels apart."""

    depth_multiplier: Annotated[PositiveInt, After("padding")] = 1
    """Number of output channels for each input channel."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.slide(x, multiply(channels(x.shape, self.data_format), self.depth_multiplier))

    def weights(self, x: TensorType) -> Iterator[Weight]:
        depth = channels(x.shape, self.data_format)
        yield Weight("kernel", (*self.kernel_size, depth, self.depth_multiplier))
        yield from self.bias(multiply(depth, self.depth_multiplier))

    def operations(self, x: TensorType) -> Dim:
        output = self.output_type(x)
        return add(multiply(2, self.reach, output.elements), self.finishing(output, biased=self.use_bias))


class DepthwiseConv1D(Depthwise, Sequences):
    """Slide kernels along every channel of a sequence by itself."""

    kernel_size: Size1
    strides: Size1 = (1,)
    dilation_rate: Size1 = (1,)


class DepthwiseConv2D(Depthwise, Images):
    """Slide kernels along every channel of an image by itself."""

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)


class Separable(DepthwiseKernel, Activated, Sliding):
    """A depthwise convolution, and a kernel of size 1 behind it that mixes the channels."""

    filters: Annotated[PositiveInt, Before("kernel_size")]
    """Number of channels in the output."""
    depth_multiplier: Annotated[PositiveInt, After("dilation_rate")] = 1
    """Number of channels that the depthwise step makes of each input channel."""
    pointwise_initializer: Annotated[Initializer, Before("bias_initializer")] = default("glorot_uniform")
    """Where the pointwise kernel's first values come from."""
    pointwise_regularizer: Annotated[Regularizer | None, Before("bias_regularizer")] = None
    """Penalty on the pointwise kernel."""
    pointwise_constraint: Annotated[Constraint | None, Before("bias_constraint")] = None
    """Bounds that the pointwise kernel is kept within."""

    def output_type(self, x: TensorType) -> TensorType:
        return self.slide(x, self.filters)

    def weights(self, x: TensorType) -> Iterator[Weight]:
        depth = channels(x.shape, self.data_format)
        ones: Shape = (1,) * len(self.kernel_size)
        yield Weight("depthwise_kernel", (*self.kernel_size, depth, self.depth_multiplier))
        yield Weight("pointwise_kernel", (*ones, multiply(depth, self.depth_multiplier), self.filters))
        yield from self.bias(self.filters)

    def operations(self, x: TensorType) -> Dim:
        between = self.slide(x, multiply(channels(x.shape, self.data_format), self.depth_multiplier))
        products = multiply(2, add(self.reach, self.filters), between.elements)
        return add(products, self.finishing(self.output_type(x), biased=self.use_bias))


class SeparableConv1D(Separable, Sequences):
    """Convolve every channel of a sequence by itself, then mix the channels: far fewer weights than `Conv1D`."""

    aliases = ("SeparableConvolution1D",)

    kernel_size: Size1
    strides: Size1 = (1,)
    dilation_rate: Size1 = (1,)


class SeparableConv2D(Separable, Images):
    """Convolve every channel of an image by itself, then mix the channels: far fewer weights than `Conv2D`."""

    aliases = ("SeparableConvolution2D",)

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)
