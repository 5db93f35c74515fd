"""Activations: functions applied to a layer's output, element by element or along its last axis."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from tfspec.tensors import Dim, TensorType, multiply

from .declaration import Declaration
from .fields import NonNegativeFloat, PositiveFloat
from .refused import TOOLS, Refused

Gives: TypeAlias = Literal[
    "numbers", "signed", "non_negative", "positive", "probability", "probabilities", "log_probability",
    "log_probabilities",
]  # fmt: skip
"""What the values of an activation are."""

GIVES_WORDS: dict[Gives, str] = {
    "numbers": "any numbers",
    "signed": "numbers between -1 and 1",
    "non_negative": "numbers of 0 or more",
    "positive": "numbers above 0",
    "probability": "numbers between 0 and 1, each for itself",
    "probabilities": "numbers between 0 and 1 that add up to 1 along the last axis",
    "log_probability": "logarithms of numbers between 0 and 1",
    "log_probabilities": "logarithms of numbers that add up to 1 along the last axis",
}
"""What each kind is."""

RELU6 = 6
"""The bound of `relu` for which TensorFlow has a kernel."""


class Activation(Declaration):
    """A function of a layer's output, element by element or along its last axis."""

    family = "activation"
    keras = "activations"
    refuses: ClassVar[dict[str, Refused]] = TOOLS

    gives: ClassVar[Gives] = "numbers"
    """What its values are, with the arguments that it has by default."""

    per_element: ClassVar[int | None] = None
    """Operations for each element of its output, with the arguments that it has by default."""

    not_computed_in: ClassVar[tuple[str, ...]] = ()
    """Floating-point dtypes in which TensorFlow cannot compute it in a graph, which `fit` makes of a model."""

    keeps_shape: ClassVar[bool] = True
    """Whether the output is as large as the input; only `glu` halves an axis."""

    def gives_for(self, rank: int) -> Gives:
        """What its values are for a tensor of so many axes, where arguments have a say in it."""
        del rank
        return self.gives

    def operations(self, output: TensorType) -> Dim:
        """The operations of computing so many values, for one example."""
        return multiply(self._per_element, output.elements) if self._per_element else self._per_element

    @property
    def _per_element(self) -> int | None:
        """The same as `per_element`, where arguments have a say in it."""
        return self.per_element


class Linear(Activation):
    """`x`: the input as it is."""

    word = "linear"
    per_element = 0


class Relu(Activation):
    """`max(x, 0)`, or with other bounds: 0 below `threshold` (or a slope), `max_value` at most."""

    word = "relu"
    per_element = 1
    gives = "non_negative"

    negative_slope: float = 0.0
    """Slope below the threshold."""
    max_value: NonNegativeFloat | None = None
    """Greatest output; unbounded by default."""
    threshold: float = 0.0
    """Value from which on the input passes."""

    @property
    def _per_element(self) -> int:
        return relu_operations(self.max_value, self.negative_slope, self.threshold)

    def gives_for(self, rank: int) -> Gives:
        return "numbers" if self.negative_slope != 0 or self.threshold < 0 else self.gives


class Relu6(Activation):
    """`min(max(x, 0), 6)`."""

    word = "relu6"
    per_element = 1
    gives = "non_negative"


class LeakyRelu(Activation):
    """`x` where it is positive, `negative_slope * x` elsewhere."""

    word = "leaky_relu"
    per_element = 1

    negative_slope: float = 0.2
    """Slope for negative inputs."""

    def gives_for(self, rank: int) -> Gives:
        return self.gives if self.negative_slope else "non_negative"


class Elu(Activation):
    """`x` where it is positive, `alpha * (exp(x) - 1)` elsewhere.

    Source: Clevert et al., 2016, https://arxiv.org/abs/1511.07289.
    """

    word = "elu"
    per_element = 1

    alpha: float = 1.0
    """Factor for negative inputs; the output tends to `-alpha`."""

    @property
    def _per_element(self) -> int:
        return elu_operations(self.alpha)


class Selu(Activation):
    """`1.0507 * x` where it is positive, `1.7581 * (exp(x) - 1)` elsewhere.

    Keeps mean and variance from layer to layer, with `lecun_normal` kernels and `AlphaDropout`.
    Source: Klambauer et al., 2017, https://arxiv.org/abs/1706.02515.
    """

    word = "selu"
    per_element = 1


class Celu(Activation):
    """`max(x, 0) + min(alpha * (exp(x / alpha) - 1), 0)`, whose slope has no jump.

    Source: Barron, 2017, https://arxiv.org/abs/1704.07483.
    """

    word = "celu"
    per_element = 6

    alpha: PositiveFloat = 1.0
    """How far below zero the output goes: it tends to `-alpha`."""


class Gelu(Activation):
    """`x * P(X <= x)` for a standard normal `X`, which is `x * (1 + erf(x / sqrt(2))) / 2`.

    Source: Hendrycks and Gimpel, 2016, https://arxiv.org/abs/1606.08415.
    """

    word = "gelu"
    per_element = 5

    approximate: bool = False
    """Whether `erf` is replaced by a formula with `tanh`, as the first Transformers did."""

    @property
    def _per_element(self) -> int:
        return 8 if self.approximate else 5


class Silu(Activation):
    """`x * sigmoid(x)`, also called swish.

    Source: Ramachandran et al., 2017, https://arxiv.org/abs/1710.05941.
    """

    word = "silu"
    per_element = 3
    identifiers = ("swish",)


class HardSilu(Activation):
    """`x * min(max(x + 3, 0), 6) / 6`: `silu` in pieces, and faster.

    Source: Howard et al., 2019, https://arxiv.org/abs/1905.02244.
    """

    word = "hard_silu"
    per_element = 4
    identifiers = ("hard_swish",)


class Mish(Activation):
    """`x * tanh(softplus(x))`.

    Source: Misra, 2019, https://arxiv.org/abs/1908.08681.
    """

    word = "mish"
    per_element = 3


class Softplus(Activation):
    """`log(exp(x) + 1)`: a smooth `relu`, always positive."""

    word = "softplus"
    per_element = 1
    gives = "positive"


class Squareplus(Activation):
    """`(x + sqrt(x**2 + b)) / 2`: like `softplus`, without exponentials.

    Source: Barron, 2021, https://arxiv.org/abs/2112.11687.
    """

    word = "squareplus"
    per_element = 5
    gives = "positive"

    b: NonNegativeFloat = 4
    """How smooth the bend at 0 is; with 0 it is `relu`."""

    def gives_for(self, rank: int) -> Gives:
        return self.gives if self.b else "non_negative"


class SparsePlus(Activation):
    """0 up to -1, `(x + 1)**2 / 4` up to 1, and `x` from there."""

    word = "sparse_plus"
    per_element = 5
    gives = "non_negative"


class Exponential(Activation):
    """`exp(x)`."""

    word = "exponential"
    per_element = 1
    gives = "positive"


class Tanh(Activation):
    """`(exp(x) - exp(-x)) / (exp(x) + exp(-x))`, between -1 and 1."""

    word = "tanh"
    per_element = 1
    gives = "signed"


class HardTanh(Activation):
    """`min(max(x, -1), 1)`."""

    word = "hard_tanh"
    per_element = 2
    gives = "signed"


class Softsign(Activation):
    """`x / (abs(x) + 1)`, between -1 and 1."""

    word = "softsign"
    per_element = 1
    gives = "signed"


class TanhShrink(Activation):
    """`x - tanh(x)`."""

    word = "tanh_shrink"
    per_element = 2


class HardShrink(Activation):
    """`x`, but 0 where it lies between `-threshold` and `threshold`."""

    word = "hard_shrink"
    per_element = 2

    threshold: NonNegativeFloat = 0.5
    """How far from 0 a value must be to pass."""


class SoftShrink(Activation):
    """`x` moved by `threshold` towards 0, and 0 where it lies between `-threshold` and `threshold`."""

    word = "soft_shrink"
    per_element = 4

    threshold: NonNegativeFloat = 0.5
    """How far values are moved, and how far from 0 one must be to pass."""


class Threshold(Activation):
    """`x` where it is greater than `threshold`, and `default_value` elsewhere."""

    word = "threshold"
    per_element = 1

    threshold: float
    """Value above which the input passes."""
    default_value: float
    """What stands in place of the other values."""

    def gives_for(self, rank: int) -> Gives:
        return "non_negative" if self.threshold >= 0 and self.default_value >= 0 else self.gives


class Sigmoid(Activation):
    """`1 / (1 + exp(-x))`: each value a probability by itself."""

    word = "sigmoid"
    per_element = 1
    gives = "probability"


class HardSigmoid(Activation):
    """`min(max(x / 6 + 0.5, 0), 1)`: `sigmoid` in pieces, and faster."""

    word = "hard_sigmoid"
    per_element = 3
    gives = "probability"


class SparseSigmoid(Activation):
    """`min(max((x + 1) / 2, 0), 1)`.

    Source: Blondel et al., 2019, https://arxiv.org/abs/1901.02324.
    """

    word = "sparse_sigmoid"
    per_element = 4
    gives = "probability"


class LogSigmoid(Activation):
    """`log(1 / (1 + exp(-x)))`: each value the logarithm of a probability."""

    word = "log_sigmoid"
    per_element = 3
    gives = "log_probability"


def relu_operations(max_value: float | None, negative_slope: float, threshold: float) -> int:
    """The operations of `relu` for each element: more where no kernel of TensorFlow does it in one go."""
    if negative_slope and max_value is None and not threshold:
        return 1
    clipping = 0 if max_value is None or (max_value == RELU6 and not threshold) else 2
    sloping = 4 + (threshold != 0) if negative_slope else 0
    return 1 + clipping + sloping


def elu_operations(alpha: float) -> int:
    """The operations of `elu` for each element: a factor takes a comparison and a product more."""
    return 1 if alpha == 1 else 3


def softmax_operations(axes: int | tuple[int, ...]) -> int:
    """The operations of `softmax` for each element: along several axes, it goes by the logarithm of the sum."""
    return 5 if isinstance(axes, int) or len(axes) == 1 else 6
