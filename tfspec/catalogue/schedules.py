"""Learning-rate schedules: the learning rate as a function of the training step."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from annotated_types import Ge
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .declaration import Declaration
from .fields import Fraction, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt
from .numbers import Floats, Integers
from .refused import A_ROOT, A_TOOL, Refused


class Schedule(Declaration):
    """A learning rate that changes with the step; a step is one batch, counted over all epochs."""

    family = "schedule"
    keras = "optimizers.schedules"
    refuses: ClassVar[dict[str, Refused]] = {
        "LearningRateSchedule": A_ROOT,
        "deserialize": A_TOOL,
        "serialize": A_TOOL,
    }

    name: str = ""
    """Name of the schedule."""


class Decay(Schedule):
    """A schedule that starts somewhere and goes down."""

    initial_learning_rate: NonNegativeFloat
    """Learning rate at the first step."""


class ExponentialDecay(Decay):
    """`initial_learning_rate * decay_rate ** (step / decay_steps)`."""

    decay_steps: PositiveInt
    """Steps in which the rate is multiplied by `decay_rate` once."""
    decay_rate: NonNegativeFloat
    """Factor that is reached after `decay_steps`."""
    staircase: bool = False
    """Whether the rate falls in jumps, every `decay_steps`, instead of at each step."""
    name: str = "ExponentialDecay"


class InverseTimeDecay(Decay):
    """`initial_learning_rate / (1 + decay_rate * step / decay_steps)`."""

    decay_steps: PositiveInt
    """Steps that count as one unit of time."""
    decay_rate: NonNegativeFloat
    """How fast the rate falls."""
    staircase: bool = False
    """Whether the rate falls in jumps, every `decay_steps`, instead of at each step."""
    name: str = "InverseTimeDecay"


class PolynomialDecay(Decay):
    """`(initial_learning_rate - end_learning_rate) * (1 - step / decay_steps) ** power + end_learning_rate`."""

    decay_steps: PositiveInt
    """Steps until the end is reached, where the rate stays."""
    end_learning_rate: NonNegativeFloat = 0.0001
    """Learning rate at the end."""
    power: PositiveFloat = 1.0
    """Power of the polynomial; 1 is a straight line."""
    cycle: bool = False
    """Whether it starts anew beyond `decay_steps`, each time over a longer stretch."""
    name: str = "PolynomialDecay"


class CosineDecay(Decay):
    """Down along half a cosine, after a straight rise where `warmup_target` is given.

    Without a rise, `initial_learning_rate * ((1 - alpha) * (1 + cos(pi * step / decay_steps)) / 2 + alpha)`.
    Source: Loshchilov and Hutter, 2016, https://arxiv.org/abs/1608.03983.
    """

    decay_steps: PositiveInt
    """Steps of the way down."""
    alpha: NonNegativeFloat = 0.0
    """Learning rate at the end, as a share of the highest one."""
    name: str = "CosineDecay"
    warmup_target: NonNegativeFloat | None = None
    """Learning rate that the rise ends at; no rise where it is left out."""
    warmup_steps: NonNegativeInt = 0
    """Steps of the rise, before the way down."""


class CosineDecayRestarts(Decay):
    """Down along half a cosine, again and again: each period is `t_mul` times as long as the one before.

    Source: Loshchilov and Hutter, 2016, https://arxiv.org/abs/1608.03983.
    """

    first_decay_steps: PositiveInt
    """Steps of the first period."""
    t_mul: Annotated[float, Ge(1)] = 2.0
    """Length of a period, as a multiple of the one before."""
    m_mul: PositiveFloat = 1.0
    """Learning rate at the start of a period, as a multiple of that of the one before."""
    alpha: Fraction = 0.0
    """Learning rate at the end of a period, as a share of `initial_learning_rate`."""
    name: str = "SGDRDecay"


class PiecewiseConstantDecay(Schedule):
    """A learning rate for each stretch of steps: `values[i]` up to and with step `boundaries[i]`."""

    example: ClassVar[dict[str, object]] = {"boundaries": [1000, 2000], "values": [0.1, 0.01, 0.001]}

    boundaries: Integers
    """Last step of every stretch but the last, rising."""
    values: Annotated[Floats, Field(min_length=2)]
    """Learning rate of every stretch: one more than there are boundaries."""
    name: str = "PiecewiseConstant"

    @model_validator(mode="after")
    def _one_more_value(self) -> Self:
        if len(self.values) != len(self.boundaries) + 1:
            message = f"there are {len(self.values)} `values` for {len(self.boundaries)} `boundaries`"
            advice = f"give {len(self.boundaries) + 1} values: one before each boundary, and one after the last"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": advice})
        if any(late <= early for early, late in zip(self.boundaries, self.boundaries[1:], strict=False)):
            message = f"`boundaries` must rise, not {list(self.boundaries)}"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": None})
        return self
