"""Recurrent cells, which make one step, and the layer that runs a cell along a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import Fraction, PositiveInt
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Shape, TensorType, Weight, show_shape

from .kernels import Activated, KernelAndBias
from .layer import Layer, Outputs, check_floats
from .order import After, Before
from .rnn import States, check_states


class Cell(KernelAndBias, Activated):
    """One step of a recurrent layer: from an input and the states before to an output and the states after."""

    layout = "batch features"
    autocast: ClassVar[bool] = True  # type: ignore[misc] # without it, Keras fails on inputs of another dtype
    states: ClassVar[int] = 1
    """Number of its states."""
    gates: ClassVar[int] = 1
    """How many kernels of `units` columns stand side by side in its kernel."""

    units: PositiveInt
    """Number of features of the state and the output."""
    activation: Activation | None = default("tanh")
    """Function applied to the new state."""
    recurrent_initializer: Annotated[Initializer, Before("bias_initializer")] = default("orthogonal")
    """Where the first values of the recurrent kernel, which multiplies the state, come from."""
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

    def output_type(self, sequence: TensorType, states: States) -> Outputs:
        """The output, and the states after it."""
        state = sequence.with_shape((sequence.shape[0], self.units))
        check_states(states, self.states, (sequence.shape[0], self.units))
        if self.dropout:
            check_floats(sequence)
        if self.policy.variable == "bfloat16" and self.effective("recurrent_initializer").spelling() == "Orthogonal":
            raise Refusal(
                CANNOT_COMPUTE,
                "has an orthogonal recurrent kernel, which TensorFlow cannot make in bfloat16",
                field="dtype" if "dtype" in self.model_fields_set else None,
                help="use `mixed_bfloat16`, which keeps weights in float32, or `recurrent_initializer: glorot_uniform`",
            )
        return (state,) * (1 + self.states)

    def weights(self, sequence: TensorType, states: States) -> Iterator[Weight]:
        """The kernels of the input and the state, and the bias."""
        width = self.gates * self.units
        yield Weight("kernel", (sequence.last, width))
        yield Weight("recurrent_kernel", (self.units, width))
        if self.use_bias:
            yield Weight("bias", self.bias_shape(width))

    def bias_shape(self, width: int) -> Shape:
        """The shape of the bias."""
        return (width,)


class SimpleRNNCell(Cell):
    """One step of `SimpleRNN`, for `RNN`."""


class GatedCell(Cell):
    """A cell whose gates say how much of the state stays."""

    recurrent_activation: Annotated[Activation | None, After("activation")] = default("sigmoid")
    """Function of the gates."""


class LSTMCell(GatedCell):
    """One step of `LSTM`, for `RNN`."""

    states = 2
    gates = 4

    unit_forget_bias: Annotated[bool, After("bias_initializer")] = True
    """Whether the forget gate's bias starts at 1, so that the cell keeps what it has at first."""


class GRUCell(GatedCell):
    """One step of `GRU`, for `RNN`."""

    gates = 3

    reset_after: Annotated[bool, Before("seed")] = True
    """Whether the reset gate acts after the recurrent kernel."""

    def bias_shape(self, width: int) -> Shape:
        return (2, width) if self.reset_after else (width,)


class RNN(Layer):
    """Run a cell along a sequence, step by step; `SimpleRNN`, `LSTM` and `GRU` do so faster."""

    layout = "batch time features"
    input_words: ClassVar[dict[str, str]] = {"sequence": "sequences"}
    wraps = ("SimpleRNNCell", "LSTMCell", "GRUCell")

    cell: Layer
    """The cell that makes each step."""
    return_sequences: bool = False
    """Whether the output has every step, and not the last one only; another recurrent layer needs that."""
    return_state: bool = False
    """Whether the last states are given too, behind the output; name them with `as`."""
    go_backwards: bool = False
    """Whether the sequence is gone through from its end."""
    stateful: bool = False
    """Whether each batch starts from the states that the one before left; needs a fixed batch size."""
    unroll: bool = False
    """Whether the steps are laid out one by one, which is faster for short sequences and takes more memory."""
    zero_output_for_mask: bool = False
    """Whether the output is 0 at steps that are padding, instead of that of the step before."""

    @property
    def units(self) -> int:
        """Number of features of the state and the output."""
        return int(getattr(self.cell, "units", 1))

    @property
    def states(self) -> int:
        """Number of states of the cell."""
        return int(getattr(self.cell, "states", 1))

    def output_type(self, sequences: TensorType, initial_state: States | None = None) -> Outputs:
        batch, steps = sequences.shape[:2]
        for field, unknown in (("stateful", batch is None), ("unroll", steps is None)):
            if getattr(self, field) and unknown:
                what = "batch size" if field == "stateful" else "number of steps"
                raise Refusal(
                    UNKNOWN_SIZE,
                    f"needs a known {what}, and is given {show_shape(sequences.shape)}",
                    field=field,
                    help=f"leave out `{field}`",
                )
        if initial_state is not None:
            check_states(initial_state, self.states, (batch, self.units))
        state = sequences.with_shape((batch, self.units))
        self.cell.apply(self._step(sequences), (state,) * self.states)
        output = sequences.with_shape((batch, steps, self.units)) if self.return_sequences else state
        return (output, *(state,) * self.states) if self.return_state else output

    def weights(self, sequences: TensorType, initial_state: States | None = None) -> Iterator[Weight]:
        state = sequences.with_shape((sequences.shape[0], self.units))
        path = self.cell.name or self.cell.auto_name
        for weight in self.cell.built_weights(self._step(sequences), (state,) * self.states):
            yield weight._replace(name=f"{path}/{weight.name}")

    def _step(self, sequences: TensorType) -> TensorType:
        return sequences.with_shape((sequences.shape[0], *sequences.shape[2:]))
