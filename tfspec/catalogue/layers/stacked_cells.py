"""Several recurrent cells as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

from pydantic import ValidationError
from pydantic_core import CoreSchema, core_schema

from tfspec.catalogue.problems import CANNOT_COMPUTE
from tfspec.catalogue.strict import carried
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, Weight, add

from .inner import Layers, Way, apply_inner, inner_weights, several
from .layer import Layer, Outputs
from .policies import check_policy
from .recurrence import States, check_states

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class StackedRNNCells(Layer):
    """Several cells as one, each fed by the one before: `RNN` then goes along the sequence once for all of them.

    Its states are those of all cells, in order.
    """

    layout = "batch features"
    keeps_dtype = True
    wraps = ("SimpleRNNCell", "LSTMCell", "GRUCell", "StackedRNNCells")
    example: ClassVar[dict[str, object]] = {"cells": [{"LSTMCell": {"units": 32}}, {"LSTMCell": {"units": 16}}]}

    cells: Layers
    """The cells: the first is fed the input, the last gives the output."""

    @property
    def units(self) -> int:
        """Number of features of the output."""
        return int(getattr(self.cells[-1], "units", 1))

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """Number of features of each state, cell by cell."""
        return tuple(size for cell in self.cells for size in _state_sizes(cell))

    def check_alone(self) -> None:
        for index, cell in enumerate(self.cells):
            try:
                cell.check_alone()
            except Refusal as refusal:
                raise refusal.inside(cell.written, "cells", index, cell.written) from None

    def grouped(self, states: list[Any]) -> list[Any]:
        """The states cell by cell: the only one as it is, several in a list of their own."""
        groups: list[Any] = []
        for cell, own in self._with_states(tuple(states)):
            group = cell.grouped(list(own))
            groups.append(group[0] if len(own) == 1 and not isinstance(cell, StackedRNNCells) else group)
        return groups

    def output_type(self, sequence: TensorType, states: States) -> Outputs:
        """The output, and the states after it."""
        check_policy(self.policy, self.quantizations, needs_floats=True)  # it casts, and the cells take what comes
        check_states(states, [(sequence.shape[0], size) for size in self.state_sizes])
        self._check_stacks()
        calls = list(self._calls(sequence, states))
        return (calls[-1][-1][0], *(state for *_, outputs in calls for state in outputs[1:]))

    def weights(self, sequence: TensorType, states: States) -> Iterator[Weight]:
        for way, cell, inputs, _ in self._calls(sequence, states):
            yield from inner_weights(cell, way, *inputs)

    def operations(self, sequence: TensorType, states: States) -> Dim:
        """Those of all cells."""
        return add(*(cell.operations(*inputs) for _, cell, inputs, _ in self._calls(sequence, states)))

    def _calls(
        self, sequence: TensorType, states: States
    ) -> Iterator[tuple[Way, Layer, tuple[TensorType, States], tuple[TensorType, ...]]]:
        """The cells in order, each with the way to it, what it is called with, and what it gives."""
        given = sequence
        for index, (cell, own) in enumerate(self._with_states(states)):
            outputs = several(apply_inner(cell, ("cells", index), given, own))
            yield ("cells", index), cell, (given, own), outputs
            given = outputs[0]

    def _check_stacks(self) -> None:
        for index, cell in enumerate(self.cells):
            if isinstance(cell, StackedRNNCells) and len(cell.cells) == len(cell.state_sizes) == 1:
                raise Refusal(
                    CANNOT_COMPUTE,
                    "is a stack of one cell with one state inside another stack, and Keras takes the state for a list",
                    help=f"write `{cell.cells[0].written}` in its place",
                ).inside(cell.written, "cells", index, cell.written)

    def _with_states(self, states: tuple[Any, ...]) -> Iterator[tuple[Layer, tuple[Any, ...]]]:
        """The cells, each with those states that are its own."""
        start = 0
        for cell in self.cells:
            end = start + len(_state_sizes(cell))
            yield cell, states[start:end]
            start = end


def _state_sizes(cell: Layer) -> tuple[int, ...]:
    return tuple(getattr(cell, "state_sizes", (1,)))


class Stacks:
    """Marks a field that holds a cell, which a list of cells may stand for."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        one = handler(schema)
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}

    def _read(self, value: object, handler: Any) -> object:
        if not isinstance(value, (list, tuple)):
            return handler(value)
        try:
            return StackedRNNCells.model_validate({"cells": value})
        except ValidationError as error:  # whose places are those of the list
            details = [detail | {"loc": detail["loc"][1:]} for detail in carried(error)]
            raise ValidationError.from_exception_data(error.title, details) from None


OneCell: TypeAlias = Annotated[Layer, Stacks()]
