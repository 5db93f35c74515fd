"""Recurrent layers over sequences of images: an LSTM whose products are convolutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import Fraction, PositiveInt, Size1, Size2, Size3
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import CANNOT_COMPUTE, UNKNOWN_SIZE, WRONG_STATE
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, are_known, channels, multiply, show_shape

from .convolutional import Sliding
from .kernels import Activated, KernelAndBias
from .layer import Outputs
from .order import After, Before
from .recurrence import States, long_short_term


class ConvLSTM(KernelAndBias, Activated, Sliding):
    """An LSTM that convolves every step with its kernel, and its state with another one."""

    input_words: ClassVar[dict[str, str]] = {"sequence": "sequences"}
    passes_mask = True
    states: ClassVar[int] = 2

    filters: Annotated[PositiveInt, Before("kernel_size")]
    """Number of channels of the state and the output."""
    activation: Activation | None = default("tanh")
    """Function applied to the new state."""
    recurrent_activation: Annotated[Activation | None, After("activation")] = default("sigmoid")
    """Function of the gates."""
    recurrent_initializer: Annotated[Initializer, Before("bias_initializer")] = default("orthogonal")
    """Where the first values of the recurrent kernel, which is slid along the state, come from."""
    unit_forget_bias: Annotated[bool, After("bias_initializer")] = True
    """Whether the forget gate's bias starts at 1, so that the cell keeps what it has at first."""
    recurrent_regularizer: Annotated[Regularizer | None, Before("bias_regularizer")] = None
    """Penalty on the recurrent kernel."""
    recurrent_constraint: Annotated[Constraint | None, Before("bias_constraint")] = None
    """Bounds that the recurrent kernel is kept within."""
    dropout: Fraction = 0.0
    """Share of the input that training drops."""
    recurrent_dropout: Fraction = 0.0
    """Share of the state that training drops."""
    seed: int | None = None
    """Seed of the dropout; the spec's `seed` decides where it is left out."""
    return_sequences: bool = False
    """Whether the output has every step, and not the last one only; another recurrent layer needs that."""
    return_state: bool = False
    """Whether the last states are given too, behind the output; name them with `as`."""
    go_backwards: bool = False
    """Whether the sequence is gone through from its end."""
    stateful: bool = False
    """Whether each batch starts from the states that the one before left; needs a fixed batch size."""

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return masks[0] if self.return_sequences else None

    def output_type(self, sequences: TensorType, initial_state: States | None = None) -> Outputs:
        self.check_steps()
        step = self._step(sequences)
        if not are_known(step.shape[1:]) or (self.stateful and step.shape[0] is None):
            raise Refusal(
                UNKNOWN_SIZE,
                f"makes states of known sizes, and is given {show_shape(sequences.shape)}",
                help="say every size but the time's in the `shape` of the input, and the batch size for `stateful`",
            )
        if self.policy.variable == "bfloat16" and self.effective("recurrent_initializer").spelling() == "Orthogonal":
            raise Refusal(
                CANNOT_COMPUTE,
                "has an orthogonal recurrent kernel, which TensorFlow cannot make in bfloat16",
                field="dtype" if "dtype" in self.model_fields_set else None,
                help="use `mixed_bfloat16`, which keeps weights in float32, or `recurrent_initializer: glorot_uniform`",
            )
        state = self.slide(step, self.filters)
        if initial_state is not None:
            self._check_states(initial_state, state)
        batch, *sizes = state.shape
        output = state.with_shape((batch, sequences.shape[1], *sizes)) if self.return_sequences else state
        return (output, state, state) if self.return_state else output

    def weights(self, sequences: TensorType, initial_state: States | None = None) -> Iterator[Weight]:
        depth = channels(self._step(sequences).shape, self.data_format)
        yield Weight("conv_lstm_cell/kernel", (*self.kernel_size, depth, 4 * self.filters))
        yield Weight("conv_lstm_cell/recurrent_kernel", (*self.kernel_size, self.filters, 4 * self.filters))
        if self.use_bias:
            yield Weight("conv_lstm_cell/bias", (4 * self.filters,))

    def _check_states(self, given: States, wanted: TensorType) -> None:
        """Refuse initial states of another number or shape."""
        if len(given) != self.states:
            raise Refusal(WRONG_STATE, f"starts from {self.states} states, and is given {len(given)}")
        for state in given:
            batches = {state.shape[0], wanted.shape[0]} - {None}
            if state.shape[1:] != wanted.shape[1:] or len(batches) > 1:
                shown = show_shape(wanted.shape)
                raise Refusal(
                    WRONG_STATE, f"starts from states of shape {shown}, and is given {show_shape(state.shape)}"
                )

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
