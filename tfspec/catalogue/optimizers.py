"""Optimizers: how gradients change the weights."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from annotated_types import Ge, Gt, Le, Lt
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tfspec.diagnostics import one_of

from .declaration import Declaration
from .fields import Fraction, NonNegativeFloat, NonNegativeInt, OptimizerName, PositiveFloat, PositiveInt
from .layers.order import After
from .numbers import NumberOr
from .refused import A_ROOT, TOOLS, Refused
from .schedules import Schedule

LearningRate = Annotated[float | Schedule, NumberOr(Schedule)]
Momentum = Annotated[float, Ge(0), Lt(1)]
"""How much of an average is kept at each step: 0 keeps nothing, 0.99 nearly all."""


class Optimizer(Declaration):
    """A rule by which gradients change weights."""

    family = "optimizer"
    keras = "optimizers"
    refuses: ClassVar[dict[str, Refused]] = {
        **TOOLS,
        "Optimizer": A_ROOT,
        "MultiOptimizer": Refused(
            "it picks a weight's optimizer by patterns over the weights' paths, and a pattern that meets none of them "
            "leaves its weights to the default, unseen",
            "choose one optimizer; `Muon` treats layers apart, by `exclude_layers`",
        ),
        "OptimizerMap": Refused("it is an argument of `MultiOptimizer`, which a spec cannot say either"),
    }

    @property
    def slots(self) -> int | None:
        """How many values are kept for each value of a weight; None where that hangs on the weight's shape."""
        raise NotImplementedError


class Stepping(Optimizer):
    """An optimizer that takes the steps itself.

    A class's formulas say `w` for a weight, `g` for its gradient, `lr` for the learning rate.
    """

    learning_rate: LearningRate = 0.001
    """Size of a step: a number, or a schedule such as `CosineDecay`."""
    weight_decay: NonNegativeFloat | None = None
    """Share of each weight, times the learning rate, that every step takes off."""
    clipnorm: PositiveFloat | None = None
    """Greatest L2 norm of the gradient of one weight; longer ones are scaled down."""
    clipvalue: PositiveFloat | None = None
    """Greatest absolute value in a gradient; larger ones are cut."""
    global_clipnorm: PositiveFloat | None = None
    """Greatest L2 norm of all gradients taken together; longer ones are scaled down."""
    use_ema: bool = False
    """Whether a moving average of the weights is kept, which replaces them after training."""
    ema_momentum: Fraction = 0.99
    """How much of the moving average of the weights is kept at each step."""
    ema_overwrite_frequency: PositiveInt | None = None
    """Steps after which the weights are replaced by their moving average; only after training where left out."""
    loss_scale_factor: PositiveFloat | None = None
    """Factor of the loss, taken out of the gradients again, so that small ones survive half precision."""
    gradient_accumulation_steps: Annotated[int, Ge(2)] | None = None
    """Batches whose gradients are averaged into one step."""
    name: OptimizerName | None = None
    """Name of the optimizer, which its variables carry too."""

    @property
    def slots(self) -> int | None:
        """How many values are kept for each value of a weight; None where that hangs on the weight's shape."""
        own = self.own_slots
        return None if own is None else own + self.use_ema + (self.gradient_accumulation_steps is not None)

    @property
    def own_slots(self) -> int | None:
        """The same without those that `use_ema` and `gradient_accumulation_steps` add."""
        return 2

    @model_validator(mode="after")
    def _one_way_of_clipping(self) -> Self:
        ways = [way for way in ("clipnorm", "clipvalue", "global_clipnorm") if getattr(self, way) is not None]
        if len(ways) > 1:
            message = f"gradients are clipped in one way, not by {one_of(ways, 'and')}"
            raise PydanticCustomError(
                "argument", "{message}", {"message": message, "help": f"keep {one_of(ways)}, and remove the rest"}
            )
        return self


class SGD(Stepping):
    """Stochastic gradient descent: `w -= lr * g`, with momentum `v = momentum * v - lr * g; w += v`."""

    identifiers = ("sgd",)

    learning_rate: LearningRate = 0.01
    momentum: Fraction = 0.0
    """How much of the last step goes on in the next one."""
    nesterov: bool = False
    """Whether the gradient is taken as if the momentum had already moved the weights (Nesterov)."""

    @property
    def own_slots(self) -> int:
        """One for the momentum, where there is one."""
        return int(self.momentum != 0)


class RMSprop(Stepping):
    """Divides gradients by the root of a moving average of their squares.

    Source: Hinton, 2012, http://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.
    """

    identifiers = ("rmsprop",)

    rho: Momentum = 0.9
    """How much of the average of squared gradients is kept at each step."""
    momentum: Fraction = 0.0
    """How much of the last step goes on in the next one."""
    epsilon: NonNegativeFloat = 1e-7
    """Small number that keeps the divisor from 0."""
    centered: bool = False
    """Whether gradients are divided by their deviation from their mean, which needs more memory."""

    @property
    def own_slots(self) -> int:
        """One for the squares, one for the momentum, one for the mean."""
        return 1 + (self.momentum > 0) + self.centered


class Adaptive(Stepping):
    """An optimizer that averages gradients (`m`) and their squares (`v`) and steps by `lr * m / sqrt(v)`."""

    beta_1: Momentum = 0.9
    """How much of the average of gradients is kept at each step."""
    beta_2: Momentum = 0.999
    """How much of the average of squared gradients is kept at each step."""
    epsilon: NonNegativeFloat = 1e-7
    """Small number that keeps the divisor from 0."""


class Adam(Adaptive):
    """Steps by `lr * m / (sqrt(v) + epsilon)`, with averages of gradients and of squared gradients.

    Source: Kingma and Ba, 2014, https://arxiv.org/abs/1412.6980.
    """

    identifiers = ("adam",)

    amsgrad: bool = False
    """Whether `v` never falls (Reddi et al., 2018, https://openreview.net/forum?id=ryQu7f-RZ)."""

    @property
    def own_slots(self) -> int:
        """Both averages, and the greatest of the second."""
        return 2 + self.amsgrad


class AdamW(Adaptive):
    """`Adam` with weight decay that does not go through the averages.

    Source: Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101.
    """

    identifiers = ("adamw",)

    weight_decay: Annotated[NonNegativeFloat, After("learning_rate")] = 0.004
    amsgrad: bool = False
    """Whether `v` never falls (Reddi et al., 2018, https://openreview.net/forum?id=ryQu7f-RZ)."""

    @property
    def own_slots(self) -> int:
        """Both averages, and the greatest of the second."""
        return 2 + self.amsgrad


class Adamax(Adaptive):
    """`Adam` with the largest gradient so far, slowly forgotten, in place of the root of `v`.

    Source: Kingma and Ba, 2014, section 7.1, https://arxiv.org/abs/1412.6980.
    """

    identifiers = ("adamax",)


class Nadam(Adaptive):
    """`Adam` with Nesterov momentum. Source: Dozat, 2016, http://cs229.stanford.edu/proj2015/054_report.pdf."""

    identifiers = ("nadam",)


class Lamb(Adaptive):
    """`Adam` whose step is scaled for each weight by the ratio of norms of weight and step; for large batches.

    Source: You et al., 2019, https://arxiv.org/abs/1904.00962.
    """

    identifiers = ("lamb",)


class ScheduleFreeAdamW(Adaptive):
    """`AdamW` that averages weights along the way, and so needs no schedule.

    Source: Defazio et al., 2024, https://arxiv.org/abs/2405.15682.
    """

    identifiers = ("schedulefreeadamw",)

    learning_rate: LearningRate = 0.0025
    epsilon: NonNegativeFloat = 1e-8
    warmup_steps: NonNegativeInt = 0
    """Steps in which the learning rate rises from 0."""


class Adagrad(Stepping):
    """Divides gradients by the root of the sum of their squares so far: weights that changed much slow down.

    Source: Duchi et al., 2011, https://jmlr.org/papers/v12/duchi11a.html.
    """

    identifiers = ("adagrad",)

    initial_accumulator_value: NonNegativeFloat = 0.1
    """What the sum of squares starts from."""
    epsilon: NonNegativeFloat = 1e-7
    """Small number that keeps the divisor from 0."""

    @property
    def own_slots(self) -> int:
        """The sum of squares."""
        return 1


class Adadelta(Stepping):
    """`Adagrad` over a moving window, with steps in the unit of the weights.

    The paper's own learning rate is 1. Source: Zeiler, 2012, https://arxiv.org/abs/1212.5701.
    """

    identifiers = ("adadelta",)

    rho: Momentum = 0.95
    """How much of the averages is kept at each step."""
    epsilon: NonNegativeFloat = 1e-7
    """Small number that keeps the divisor from 0."""


class Lion(Stepping):
    """`w -= lr * sign(beta_1 * m + (1 - beta_1) * g)`: every weight moves by the same amount.

    Wants a learning rate 3 to 10 times smaller than `Adam`, and a larger `weight_decay`. Source: Chen
    et al., 2023, https://arxiv.org/abs/2302.06675.
    """

    identifiers = ("lion",)

    beta_1: Annotated[float, Gt(0), Le(1)] = 0.9
    """Share of the average in the step; the rest is the gradient of this batch."""
    beta_2: Momentum = 0.99
    """How much of the average of gradients is kept at each step."""

    @property
    def own_slots(self) -> int:
        """The average of gradients."""
        return 1


class Ftrl(Stepping):
    """Follow the regularized leader: for shallow models over many features that are mostly 0.

    Source: McMahan et al., 2013, https://research.google.com/pubs/archive/41159.pdf.
    """

    identifiers = ("ftrl",)

    learning_rate_power: Annotated[float, Le(0)] = -0.5
    """Power by which the learning rate falls with the squared gradients; 0 keeps it."""
    initial_accumulator_value: NonNegativeFloat = 0.1
    """What the sum of squared gradients starts from."""
    l1_regularization_strength: NonNegativeFloat = 0.0
    """Factor of the absolute values of the weights."""
    l2_regularization_strength: NonNegativeFloat = 0.0
    """Factor of the squares of the weights, as a brake on every step."""
    l2_shrinkage_regularization_strength: NonNegativeFloat = 0.0
    """Factor of the squares of the weights, as a part of the loss."""
    beta: NonNegativeFloat = 0.0
    """The paper's `beta`: added to the root of the sum of squares."""


class Adafactor(Stepping):
    """`Adam` with squared gradients that are kept as sums over the rows and columns of a matrix.

    Keras keeps a whole velocity beside them, so that it takes as much memory as momentum does.
    Source: Shazeer and Stern, 2018, https://arxiv.org/abs/1804.04235.
    """

    identifiers = ("adafactor",)

    beta_2_decay: Annotated[float, Le(0)] = -0.8
    """Power of the step by which new squares lose weight."""
    epsilon_1: NonNegativeFloat = 1e-30
    """Small number that is added to squared gradients."""
    epsilon_2: NonNegativeFloat = 1e-3
    """Least scale of a weight, so that steps do not vanish."""
    clip_threshold: PositiveFloat = 1.0
    """Greatest root mean square of a step; larger ones are scaled down."""
    relative_step: bool = True
    """Whether a constant learning rate falls with `1 / sqrt(step)`."""

    @property
    def own_slots(self) -> int:
        """The velocity; the sums over rows and columns are small beside it."""
        return 1


class Muon(Stepping):
    """Makes the momentum of every matrix orthogonal before the step; all other weights go by `AdamW`.

    Name the output layer in `exclude_layers`. Source: Liu et al., 2025,
    https://arxiv.org/abs/2502.16982.
    """

    identifiers = ("muon",)

    adam_beta_1: Momentum = 0.9
    """`beta_1` of the weights that go by `AdamW`."""
    adam_beta_2: Momentum = 0.999
    """`beta_2` of the weights that go by `AdamW`."""
    adam_weight_decay: NonNegativeFloat | None = 0.004
    """`weight_decay` of the weights that go by `AdamW`."""
    epsilon: NonNegativeFloat = 1e-7
    """Small number that keeps divisors from 0."""
    weight_decay: NonNegativeFloat | None = 0.004
    exclude_layers: Annotated[list[str], Field(min_length=1)] | None = None
    """Regular expressions; weights whose path matches one go by `AdamW`."""
    exclude_embeddings: bool = True
    """Whether embeddings go by `AdamW`."""
    muon_a: float = 3.4445
    """First coefficient of the polynomial that makes a matrix orthogonal."""
    muon_b: float = -4.775
    """Second coefficient of the polynomial."""
    muon_c: float = 2.0315
    """Third coefficient of the polynomial."""
    adam_lr_ratio: PositiveFloat = 1.0
    """Learning rate of the weights that go by `AdamW`, as a multiple of `learning_rate`."""
    momentum: Momentum = 0.95
    """How much of the last step goes on in the next one."""
    ns_steps: PositiveInt = 5
    """Times that the polynomial is applied."""
    nesterov: bool = True
    """Whether the momentum is Nesterov's."""
    rms_rate: PositiveFloat | None = 0.2
    """Root mean square that a step is scaled to, as in `AdamW`; null leaves it as it is."""

    @property
    def own_slots(self) -> None:
        """One for a matrix, two for other weights."""
        return


class LossScaleOptimizer(Optimizer):
    """Multiplies the loss, so that small gradients survive half precision, by a factor that it finds by itself.

    The factor is halved, and the step left out, when a gradient is no number; it is doubled after
    `dynamic_growth_steps` good steps. `precision: mixed_float16` puts one around any other optimizer.
    """

    inner_optimizer: Optimizer
    """The optimizer that takes the steps."""
    initial_scale: PositiveFloat = 32768.0
    """The factor at first."""
    dynamic_growth_steps: PositiveInt = 2000
    """Good steps after which the factor is doubled."""
    name: OptimizerName | None = None
    """Name of the optimizer, which its variables carry too."""

    @property
    def slots(self) -> int | None:
        """Those of the optimizer inside."""
        return self.inner_optimizer.slots

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        inner = self.inner_optimizer
        if isinstance(inner, LossScaleOptimizer) or getattr(inner, "loss_scale_factor", None) is not None:
            message = f"the loss is scaled once, and `{inner.written}` inside would scale it too"
            advice = "take `loss_scale_factor` out"
            if isinstance(inner, LossScaleOptimizer):
                advice = "keep one `LossScaleOptimizer`"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": advice})
        return self
