"""Recurrent cells, which make one step, and the layer that runs a cell along a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from tfspec.catalogue.problems import CANNOT_COMPUTE, UNKNOWN_SIZE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, Weight, multiply, show_shape

from .inner import apply_inner, inner_weights, several
from .inputs import check_floats
from .layer import Outputs
from .recurrence import KNOWN_BATCH, LongShortTerm, Loop, Recurrence, ResetAndUpdate, States, check_states
from .stacked_cells import OneCell


class Cell(Recurrence):
    """One step of a recurrent layer: from an input and the states before to an output and the states after."""

    layout = "batch features"
    autocast: ClassVar[bool] = True  # type: ignore[misc] # without it, Keras fails on inputs of another dtype

    def output_type(self, sequence: TensorType, states: States) -> Outputs:
        """The output, and the states after it."""
        state = sequence.with_shape((sequence.shape[0], self.units))
        check_states(states, [(sequence.shape[0], size) for size in self.state_sizes])
        if self.dropout:
            check_floats(sequence)
        if self.gates > 1:  # which are multiplied with the states
            check_floats(*states)
        self.check_precision()
        return (state,) * (1 + self.states)

    def weights(self, sequence: TensorType, states: States) -> Iterator[Weight]:
        """The weights of a step."""
        return self.step_weights(sequence.last)

    def operations(self, sequence: TensorType, states: States | None = None) -> Dim:
        return self.step_operations(sequence.last)


class SimpleRNNCell(Cell):
    """One step of `SimpleRNN`, for `RNN`."""

    def check_alone(self) -> None:
        for field in ("dropout", "recurrent_dropout"):
            if getattr(self, field):
                raise Refusal(
                    CANNOT_COMPUTE,
                    f"cannot have `{field}` outside of `RNN`: Keras draws once, and fails in the second call",
                    field=field,
                    help=f"leave out `{field}`, or write `RNN: {{cell: {self.written}}}`",
                )


class LSTMCell(LongShortTerm, Cell):
    """One step of `LSTM`, for `RNN`."""


class GRUCell(ResetAndUpdate, Cell):
    """One step of `GRU`, for `RNN`."""


class RNN(Loop):
    """Run a cell along a sequence, step by step; `SimpleRNN`, `LSTM` and `GRU` do so faster."""

    wraps = ("SimpleRNNCell", "LSTMCell", "GRUCell", "StackedRNNCells")

    cell: OneCell
    """The cell that makes each step; a list of cells is short for `StackedRNNCells`."""
    zero_output_for_mask: bool = False
    """Whether the output is 0 at steps that are padding, instead of that of the step before."""

    @property
    def units(self) -> int:
        """Number of features of the state and the output."""
        return int(getattr(self.cell, "units", 1))

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """Number of features of each state of the cell."""
        return tuple(getattr(self.cell, "state_sizes", (1,)))

    @property
    def states(self) -> int:
        """Number of states of the cell."""
        return len(self.state_sizes)

    def grouped(self, states: list[Any]) -> list[Any]:
        """The states as the cell takes them."""
        return self.cell.grouped(states)

    def output_type(self, sequences: TensorType, initial_state: States | None = None) -> Outputs:
        batch, steps = sequences.shape[:2]
        for field, unknown in (("stateful", batch is None), ("unroll", not isinstance(steps, int))):
            if getattr(self, field) and unknown:
                what = "batch size" if field == "stateful" else "number of steps"
                raise Refusal(
                    UNKNOWN_SIZE,
                    f"needs a known {what}, and is given {show_shape(sequences.shape)}",
                    field=field,
                    help=KNOWN_BATCH if field == "stateful" else f"leave out `{field}`",
                )
        if initial_state is not None:
            check_states(initial_state, [(batch, size) for size in self.state_sizes])
        _, *states = several(apply_inner(self.cell, ("cell",), *self._first_step(sequences)))
        output = sequences.with_shape((batch, steps, self.units) if self.return_sequences else (batch, self.units))
        return (output, *states) if self.return_state else output

    def weights(self, sequences: TensorType, initial_state: States | None = None) -> Iterator[Weight]:
        return inner_weights(self.cell, ("cell",), *self._first_step(sequences))

    def operations(self, sequences: TensorType, initial_state: States | None = None) -> Dim:
        """Those of the cell, as often as there are steps."""
        return multiply(sequences.shape[1], self.cell.operations(*self._first_step(sequences)))

    def _first_step(self, sequences: TensorType) -> tuple[TensorType, States]:
        """What the cell is given at each step: that part of the sequences, and its states."""
        batch, _, *sizes = sequences.shape
        return sequences.with_shape((batch, *sizes)), tuple(
            sequences.with_shape((batch, size)) for size in self.state_sizes
        )
