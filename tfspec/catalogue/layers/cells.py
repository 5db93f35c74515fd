"""Recurrent cells, which make one step, and the layer that runs a cell along a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from tfspec.catalogue.problems import UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, Weight, show_shape

from .layer import Layer, Outputs, check_floats
from .recurrence import LongShortTerm, Loop, Recurrence, ResetAndUpdate, States, check_states


class Cell(Recurrence):
    """One step of a recurrent layer: from an input and the states before to an output and the states after."""

    layout = "batch features"
    autocast: ClassVar[bool] = True  # type: ignore[misc] # without it, Keras fails on inputs of another dtype

    def output_type(self, sequence: TensorType, states: States) -> Outputs:
        """The output, and the states after it."""
        state = sequence.with_shape((sequence.shape[0], self.units))
        check_states(states, self.states, (sequence.shape[0], self.units))
        if self.dropout:
            check_floats(sequence)
        self.check_precision()
        return (state,) * (1 + self.states)

    def weights(self, sequence: TensorType, states: States) -> Iterator[Weight]:
        """The weights of a step."""
        return self.step_weights(sequence.last)


class SimpleRNNCell(Cell):
    """One step of `SimpleRNN`, for `RNN`."""


class LSTMCell(LongShortTerm, Cell):
    """One step of `LSTM`, for `RNN`."""


class GRUCell(ResetAndUpdate, Cell):
    """One step of `GRU`, for `RNN`."""


class RNN(Loop):
    """Run a cell along a sequence, step by step; `SimpleRNN`, `LSTM` and `GRU` do so faster."""

    wraps = ("SimpleRNNCell", "LSTMCell", "GRUCell")

    cell: Layer
    """The cell that makes each step."""
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
