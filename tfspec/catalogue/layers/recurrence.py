"""What recurrent layers and their cells share: the weights of a step, its gates, and the loop around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, TypeAlias

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.fields import Fraction, PositiveInt
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import CANNOT_COMPUTE, WRONG_STATE
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Shape, TensorType, Weight, add, multiply, product, show_shape

from .kernels import Activated, KernelAndBias
from .layer import Layer
from .masks import check_step_mask
from .order import After, Before

States: TypeAlias = tuple[TensorType, ...]

KNOWN_BATCH = "write `input: {…, batch_size: 32}`, with the size of every batch, or leave out `stateful`"
"""What helps a layer that keeps its states from batch to batch."""


class StateKernel(KernelAndBias, Activated):
    """A layer that makes a new state from its input and the state before, with a kernel for each."""

    states: ClassVar[int] = 1
    """Number of its states."""

    activation: Activation | None = default("tanh")
    """Function applied to the new state."""
    recurrent_initializer: Annotated[Initializer, Before("bias_initializer")] = default("orthogonal")
    """Where the first values of the recurrent kernel, which is applied to the state, come from."""
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

    def check_precision(self) -> None:
        """Refuse a first recurrent kernel that cannot be drawn."""
        if self.policy.variable == "bfloat16" and self.effective("recurrent_initializer").spelling() == "Orthogonal":
            raise Refusal(
                CANNOT_COMPUTE,
                "has an orthogonal recurrent kernel, which TensorFlow cannot make in bfloat16",
                field="dtype" if "dtype" in self.model_fields_set else None,
                help="use `mixed_bfloat16`, which keeps weights in float32, or `recurrent_initializer: glorot_uniform`",
            )


class Recurrence(StateKernel):
    """A layer that makes a new state of so many features from its input and the state before."""

    gates: ClassVar[int] = 1
    """How many kernels of `units` columns stand side by side in its kernel."""

    units: PositiveInt
    """Number of features of the state and the output."""

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """Number of features of each state."""
        return (self.units,) * self.states

    def step_weights(self, features: Dim) -> Iterator[Weight]:
        """The kernels of the input and the state, and the bias."""
        width = self.gates * self.units
        yield Weight("kernel", (features, width))
        yield Weight("recurrent_kernel", (self.units, width))
        if self.use_bias:
            yield Weight("bias", self.bias_shape(width))

    def bias_shape(self, width: int) -> Shape:
        """The shape of the bias."""
        return (width,)

    def step_operations(self, features: Dim) -> Dim:
        """The operations of one step: products with both kernels, their sum, the bias and the gates."""
        width = self.gates * self.units
        products = multiply(2 * width, add(features, self.units))
        bias = product(self.bias_shape(width)) if self.use_bias else 0
        state = TensorType((None, self.units))
        return add(products, width, bias, self.gate_operations(state, self.finishing(state, biased=False)))

    def gate_operations(self, state: TensorType, activation: Dim) -> Dim:
        """The operations that make the new state of what the kernels give, with so many for one activation."""
        del state
        return activation


class Gates(Layer):
    """A recurrence whose gates say how much of the state stays."""

    recurrent_activation: Annotated[Activation | None, After("activation")] = default("sigmoid")
    """Function of the gates."""

    def gating(self, state: TensorType) -> Dim:
        """The operations of one gate."""
        function = self.effective("recurrent_activation")
        return function.operations(state) if function else 0


class LongShortTerm(Gates):
    """Three gates around a cell that can keep a value for long."""

    states: ClassVar[int] = 2
    gates: ClassVar[int] = 4

    unit_forget_bias: Annotated[bool, After("bias_initializer")] = True
    """Whether the forget gate's bias starts at 1, so that the cell keeps what it has at first."""

    def gate_operations(self, state: TensorType, activation: Dim) -> Dim:
        """Three gates, the activation of the input and of the cell, three products and a sum."""
        return long_short_term(state, self.gating(state), activation)


class ResetAndUpdate(Gates):
    """Two gates and a single state."""

    gates: ClassVar[int] = 3

    reset_after: Annotated[bool, Before("seed"), Before("use_cudnn")] = True
    """Whether the reset gate acts after the recurrent kernel, as the fast kernel needs."""

    def bias_shape(self, width: int) -> Shape:
        """The shape of the bias: the recurrent kernel has one of its own where the reset acts after it."""
        return (2, width) if self.reset_after else (width,)

    def gate_operations(self, state: TensorType, activation: Dim) -> Dim:
        """Two gates, one activation, three products, a sum and a difference."""
        return add(multiply(2, self.gating(state)), activation, multiply(5, state.elements))


class Stepping(Layer):
    """A layer that goes through a sequence step by step."""

    passes_mask = True
    input_words: ClassVar[dict[str, str]] = {"sequence": "sequences"}

    return_sequences: bool = False
    """Whether the output has every step, and not the last one only; another recurrent layer needs that."""
    return_state: bool = False
    """Whether the last states are given too, behind the output; name them with `as`."""
    go_backwards: bool = False
    """Whether the sequence is gone through from its end."""
    stateful: bool = False
    """Whether each batch starts from the states that the one before left; needs a fixed batch size."""

    @property
    def casts_itself(self) -> bool:  # type: ignore[override] # it hangs on an argument here
        """Whether the products with its kernel cast; those with what `dropout` keeps do not."""
        return not getattr(self, "dropout", 0)

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return masks[0] if self.return_sequences else None


class Loop(Stepping):
    """A layer that goes through a sequence of vectors."""

    uses_mask = True
    layout = "batch time features"

    unroll: bool = False
    """Whether the steps are laid out one by one, which is faster for short sequences and takes more memory."""

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        check_step_mask(masks, inputs)
        return super().output_mask(masks, inputs)


def long_short_term(state: TensorType, gate: Dim, activation: Dim) -> Dim:
    """The operations of the gates of an LSTM, given those of one gate and of one activation."""
    return add(multiply(3, gate), multiply(2, activation), multiply(4, state.elements))


def check_states(given: States, wanted: Sequence[Shape]) -> None:
    """Refuse initial states of another number or of other shapes."""
    count = len(wanted)
    if len(given) != count:
        raise Refusal(WRONG_STATE, f"starts from {count} state{'s' if count > 1 else ''}, and is given {len(given)}")
    for state, shape in zip(given, wanted, strict=True):
        batches = {state.shape[0], shape[0]} - {None}
        if state.shape[1:] != shape[1:] or len(batches) > 1:
            raise Refusal(
                WRONG_STATE, f"starts from states of shape {show_shape(shape)}, and is given {show_shape(state.shape)}"
            )
