"""Recurrent layers over sequences of images: an LSTM whose products are convolutions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import PositiveInt, Size1, Size2, Size3
from tfspec.catalogue.problems import UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, Weight, add, are_known, channels, multiply, show_shape

from .convolutional import Sliding
from .layer import Outputs
from .order import After, Before
from .recurrence import KNOWN_BATCH, StateKernel, States, Stepping, check_states, long_short_term


class ConvLSTM(Stepping, StateKernel, Sliding):
    """An LSTM that convolves every step with its kernel, and its state with another one."""

    states: ClassVar[int] = 2

    filters: Annotated[PositiveInt, Before("kernel_size")]
    """Number of channels of the state and the output."""
    recurrent_activation: Annotated[Activation | None, After("activation")] = default("sigmoid")
    """Function of the gates."""
    unit_forget_bias: Annotated[bool, After("bias_initializer")] = True
    """Whether the forget gate's bias starts at 1, so that the cell keeps what it has at first."""

    def built_for(self, *inputs: TensorType) -> object:
        """The sizes of a step, which its cell takes no others of."""
        return inputs[0].shape[2:]

    def output_type(self, sequences: TensorType, initial_state: States | None = None) -> Outputs:
        self.check_steps()
        step = self._step(sequences)
        if not are_known(step.shape[1:]):
            message = f"makes states of known sizes, and is given {show_shape(sequences.shape)}"
            raise Refusal(UNKNOWN_SIZE, message, help="say every size but the time's in the `shape` of the input")
        if self.stateful and step.shape[0] is None:
            message = "keeps its states from batch to batch, and the batch size is not known"
            raise Refusal(UNKNOWN_SIZE, message, field="stateful", help=KNOWN_BATCH)
        self.check_precision()
        state = self.slide(step, self.filters)
        if initial_state is not None:
            check_states(initial_state, [state.shape] * self.states)
        batch, *sizes = state.shape
        output = state.with_shape((batch, sequences.shape[1], *sizes)) if self.return_sequences else state
        return (output, state, state) if self.return_state else output

    def weights(self, sequences: TensorType, initial_state: States | None = None) -> Iterator[Weight]:
        depth = channels(self._step(sequences).shape, self.data_format)
        yield Weight("conv_lstm_cell/kernel", (*self.kernel_size, depth, 4 * self.filters))
        yield Weight("conv_lstm_cell/recurrent_kernel", (*self.kernel_size, self.filters, 4 * self.filters))
        if self.use_bias:
            yield Weight("conv_lstm_cell/bias", (4 * self.filters,))

    def operations(self, sequences: TensorType, initial_state: States | None = None) -> Dim:
        """Those of a step, as often as there are steps: eight convolutions, and the gates."""
        step = self._step(sequences)
        state = self.slide(step, self.filters)
        depth = add(channels(step.shape, self.data_format), self.filters)
        products = multiply(8 * self.reach, depth, state.elements)
        sums = multiply(8 if self.use_bias else 4, state.elements)
        function = self.effective("recurrent_activation")
        gate = function.operations(state) if function else 0
        gates = long_short_term(state, gate, self.finishing(state, biased=False))
        return multiply(sequences.shape[1], add(products, sums, gates))

    def _step(self, sequences: TensorType) -> TensorType:
        return sequences.with_shape((sequences.shape[0], *sequences.shape[2:]))


class ConvLSTM1D(ConvLSTM):
    """Go through a sequence of sequences, such as spectra, with a convolutional LSTM."""

    layout = "batch time length channels"
    layout_first = "batch time channels length"

    kernel_size: Size1
    strides: Size1 = (1,)
    dilation_rate: Size1 = (1,)


class ConvLSTM2D(ConvLSTM):
    """Go through a sequence of images, such as a video, with a convolutional LSTM."""

    layout = "batch time height width channels"
    layout_first = "batch time channels height width"

    kernel_size: Size2
    strides: Size2 = (1, 1)
    dilation_rate: Size2 = (1, 1)


class ConvLSTM3D(ConvLSTM):
    """Go through a sequence of volumes with a convolutional LSTM."""

    layout = "batch time depth height width channels"
    layout_first = "batch time channels depth height width"

    kernel_size: Size3
    strides: Size3 = (1, 1, 1)
    dilation_rate: Size3 = (1, 1, 1)
