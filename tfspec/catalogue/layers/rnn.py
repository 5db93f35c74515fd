"""Recurrent layers: they go through a sequence step by step, and wrappers around layers."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, cast

from tfspec.catalogue.fields import Fraction
from tfspec.catalogue.problems import ARGUMENTS_CLASH, CANNOT_COMPUTE, NO_SUCH_INNER, UNKNOWN_SIZE, WRONG_STATE
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, multiply, show_shape

from .forms import Switch
from .inner import apply_inner, inner_weights, several
from .inputs import check_floats
from .layer import Layer, Outputs, call_signature
from .order import After
from .recurrence import KNOWN_BATCH, LongShortTerm, Loop, Recurrence, ResetAndUpdate, States, check_states

if TYPE_CHECKING:
    from .cells import RNN
    from .conv_lstm import ConvLSTM

    Recurring: TypeAlias = "Recurrent | RNN | ConvLSTM"


class Recurrent(Loop, Recurrence):
    """A layer that goes through a sequence step by step, with a state that it carries along."""

    def output_type(self, sequences: TensorType, initial_state: States | None = None) -> Outputs:
        batch, steps = sequences.shape[:2]
        if self.dropout:
            check_floats(sequences)
        if self.stateful and batch is None:
            raise Refusal(
                UNKNOWN_SIZE,
                "keeps its states from batch to batch, and the batch size is not known",
                field="stateful",
                help=KNOWN_BATCH,
            )
        self.check_precision()
        if initial_state is not None:
            check_states(initial_state, [(batch, size) for size in self.state_sizes])
        state = sequences.with_shape((batch, self.units))
        output = sequences.with_shape((batch, steps, self.units)) if self.return_sequences else state
        return (output, *(state,) * self.states) if self.return_state else output

    def weights(self, sequences: TensorType, initial_state: States | None = None) -> Iterator[Weight]:
        for weight in self.step_weights(sequences.last):
            yield weight._replace(name=f"{self.auto_name}_cell/{weight.name}")

    def operations(self, sequences: TensorType, initial_state: States | None = None) -> Dim:
        """Those of a step, as often as there are steps."""
        return multiply(sequences.shape[1], self.step_operations(sequences.last))


class SimpleRNN(Recurrent):
    """Feed every step together with the state from the step before through a dense layer."""

    seed: Annotated[int | None, After("unroll")] = None


class Fused(Recurrent):
    """A recurrent layer that has a fast kernel of its own."""

    recurrent_dropout: Fraction = 0.0
    """Share of the state that training drops; rules out the fast kernel on a GPU."""
    use_cudnn: Annotated[bool | Literal["auto"], Switch("auto")] = "auto"
    """Whether the fast kernel of cuDNN is used; `auto` does so where it can."""


class LSTM(LongShortTerm, Fused):
    """Long short-term memory: three gates guard a cell that can keep a value for long.

    Its states are the hidden state, which is also the output, and the cell.
    """


class GRU(ResetAndUpdate, Fused):
    """Gated recurrent unit: two gates and a single state, with fewer weights than `LSTM`."""


class Bidirectional(Layer):
    """Go through a sequence from both ends with two copies of a recurrent layer, and combine what they give."""

    passes_mask = True
    casts_itself = True
    layout = "batch time ... features"
    example: ClassVar[dict[str, object]] = {"layer": {"LSTM": {"units": 8}}}

    input_words: ClassVar[dict[str, str]] = {"sequence": "sequences"}
    wraps = ("SimpleRNN", "LSTM", "GRU", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
    omits: ClassVar[dict[str, str]] = {"weights": "a spec holds no arrays; load them into the built model"}

    layer: Layer
    """The recurrent layer; a second one of its kind runs from the end."""
    merge_mode: Literal["concat", "sum", "mul", "ave"] | None = "concat"
    """How the two outputs are combined: side by side, added, multiplied, averaged, or, with `null`, given as two."""
    backward_layer: Layer | None = None
    """The layer that runs from the end, where it is not to be like `layer`; needs `go_backwards: true`."""

    @property
    def directions(self) -> tuple[Recurring, Recurring]:
        """The layer that runs from the start and the one that runs from the end."""
        forward = cast("Recurring", self.layer)
        return forward, cast("Recurring", self.backward_layer or forward)

    @property
    def input_axes(self) -> str:
        """Those of the layer inside."""
        return self.layer.input_axes

    @property
    def uses_mask(self) -> bool:  # type: ignore[override] # it hangs on an argument here
        """Whether the layer inside does."""
        return self.layer.uses_mask

    @property
    def states(self) -> int:
        """Number of states of both directions."""
        return sum(layer.states for layer in self.directions)

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """Number of features of each state of both directions."""
        return tuple(size for layer in self.directions for size in getattr(layer, "state_sizes", (1,) * layer.states))

    def grouped(self, states: list[Any]) -> list[Any]:
        """The states of both directions, each as the layer takes them."""
        forward, backward = self.directions
        return [*forward.grouped(states[: forward.states]), *backward.grouped(states[forward.states :])]

    def output_type(self, sequences: TensorType, initial_state: States | None = None) -> Outputs:
        forward, backward = self.directions
        self._check_directions(forward, backward)
        if initial_state is not None and len(initial_state) != self.states:
            raise Refusal(WRONG_STATE, f"starts from {self.states} states, and is given {len(initial_state)}")
        if initial_state is not None and forward.states != backward.states:
            message = f"has layers of {forward.states} and {backward.states} states, and Keras gives each half of them"
            raise Refusal(WRONG_STATE, message, field="backward_layer", help="use two layers of one kind")
        way = ("layer" if self.backward_layer is None else "backward_layer",)
        there = several(apply_inner(forward, ("layer",), sequences, initial_state and initial_state[: forward.states]))
        back = several(apply_inner(backward, way, sequences, initial_state and initial_state[forward.states :]))
        if [each.shape for each in there] != [each.shape for each in back]:
            ends = " and ".join(", ".join(show_shape(each.shape) for each in outputs) for outputs in (there, back))
            raise Refusal(
                CANNOT_COMPUTE,
                f"has layers that give {ends}, and Keras counts the first twice",
                field="backward_layer",
                help="let both give the same sizes",
            )
        states = (*there[1:], *back[1:])
        if self.merge_mode is None:
            return (there[0], back[0], *states)
        output = there[0].with_last(multiply(there[0].last, 2)) if self.merge_mode == "concat" else there[0]
        return (output, *states) if states else output

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return self.directions[0].output_mask(masks, inputs)

    def built_for(self, *inputs: TensorType) -> object:
        """What the layer inside is built for."""
        return self.layer.built_for(*inputs)

    def weights(self, sequences: TensorType, initial_state: States | None = None) -> Iterator[Weight]:
        forward, backward = self.directions
        name = forward.name or forward.auto_name
        names = [f"forward_{name.removeprefix('forward_')}", f"backward_{name.removeprefix('backward_')}"]
        if self.backward_layer is not None:
            names[1] = backward.name or backward.auto_name
        for layer, path in zip((forward, backward), names, strict=True):
            for weight in layer.built_weights(sequences):
                yield weight._replace(name=f"{path}/{weight.name}")

    def operations(self, sequences: TensorType, initial_state: States | None = None) -> Dim:
        """Those of both directions, and of combining what they give."""
        there = several(self.directions[0].output_type(sequences))[0]
        combining = {"sum": 1, "mul": 1, "ave": 2}.get(self.merge_mode or "", 0)
        merged = multiply(combining, there.elements) if combining else 0
        return add(*(layer.operations(sequences) for layer in self.directions), merged)

    def _check_directions(self, forward: Recurring, backward: Recurring) -> None:
        if forward.go_backwards if self.backward_layer is None else forward.go_backwards == backward.go_backwards:
            raise Refusal(
                ARGUMENTS_CLASH,
                "would go through the sequence in one direction twice",
                field="layer" if self.backward_layer is None else "backward_layer",
                help="leave out `go_backwards` in `layer`, and set it in `backward_layer` if there is one",
            )
        for field in ("stateful", "return_sequences", "return_state"):
            if getattr(forward, field) != getattr(backward, field):
                raise Refusal(
                    ARGUMENTS_CLASH,
                    f"has layers that differ in `{field}`",
                    field="backward_layer",
                    help=f"give both the same `{field}`",
                )
        if forward.stateful and forward.return_state:
            raise Refusal(
                CANNOT_COMPUTE,
                "cannot both keep its states from batch to batch and return them: Keras fails",
                field="layer",
                help="leave out `stateful` or `return_state` in `layer`",
            )


class TimeDistributed(Layer):
    """Apply a layer to every step of a sequence by itself, with the same weights."""

    passes_mask = True
    takes_texts = True
    layout = "batch time ... features"

    layer: Layer
    """The layer that is applied to each step."""

    def output_type(self, x: TensorType) -> TensorType:
        self._check_layer()
        step = apply_inner(self.layer, ("layer",), self._step(x))
        if not isinstance(step, TensorType):
            raise Refusal(NO_SUCH_INNER, f"takes a layer that gives one tensor, not {len(step)}", field="layer")
        return step.with_shape((step.shape[0], x.shape[1], *step.shape[1:]))

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        (mask, x) = (masks[0], inputs[0])
        if mask is not None:
            self.layer.output_mask([(mask[0], *mask[2:])], [self._step(x)])
        return mask

    def weights(self, x: TensorType) -> Iterator[Weight]:
        return inner_weights(self.layer, ("layer",), self._step(x))

    def _step(self, x: TensorType) -> TensorType:
        return x.with_shape((x.shape[0], *x.shape[2:]))

    def operations(self, x: TensorType) -> Dim:
        """Those of the layer, as often as there are steps."""
        return multiply(x.shape[1], self.layer.operations(self._step(x)))

    def _check_layer(self) -> None:
        tensors = [
            parameter
            for parameter in call_signature(type(self.layer)).parameters.values()
            if parameter.default is inspect.Parameter.empty
        ]
        if not self.layer.tells_shape:
            message = (
                f"asks a layer for its shapes before it runs, and Keras cannot tell those of `{self.layer.written}`"
            )
            advice = "write a `TimeDistributed` for each layer of the chain"
            raise Refusal(NO_SUCH_INNER, message, field="layer", help=advice)
        if len(tensors) != 1 or self.layer.takes_list:
            raise Refusal(
                NO_SUCH_INNER, f"takes a layer of one tensor, and `{self.layer.written}` takes several", field="layer"
            )
