"""Activations: functions applied to a layer's output, element by element or along its last axis."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from .declaration import Declaration

Gives: TypeAlias = Literal[
    "numbers", "signed", "non_negative", "positive", "probability", "probabilities", "log_probability",
    "log_probabilities",
]  # fmt: skip
"""What the values of an activation are.

`numbers` may be anything, `signed` ones lie between -1 and 1, `non_negative` ones are 0 or more,
`positive` ones more than 0; each `probability` lies between 0 and 1 by itself, `probabilities` add
up to 1 along the last axis; `log_probability` and `log_probabilities` are the logarithms of those.
"""

LAYER_TAKES_IT = "an activation has no arguments in a spec; the layer of that name takes them"
NO_ARGUMENTS = "an activation has no arguments in a spec"


class Activation(Declaration):
    """A function of a layer's output, element by element or along its last axis."""

    family = "activation"
    keras = "activations"

    gives: ClassVar[Gives] = "numbers"
    """What its values are."""

    keeps_shape: ClassVar[bool] = True
    """Whether the output is as large as the input; only `glu` halves the last axis."""


class Linear(Activation):
    """`x`: the input as it is."""

    word = "linear"


class Relu(Activation):
    """`max(x, 0)`."""

    word = "relu"
    omits: ClassVar[dict[str, str]] = dict.fromkeys(("negative_slope", "max_value", "threshold"), LAYER_TAKES_IT)
    gives = "non_negative"


class Relu6(Activation):
    """`min(max(x, 0), 6)`."""

    word = "relu6"
    gives = "non_negative"


class LeakyRelu(Activation):
    """`x` where it is positive, `0.2 * x` elsewhere; the layer `LeakyReLU` takes another slope."""

    word = "leaky_relu"
    omits: ClassVar[dict[str, str]] = {"negative_slope": LAYER_TAKES_IT}


class Elu(Activation):
    """`x` where it is positive, `exp(x) - 1` elsewhere; the layer `ELU` takes a factor.

    Source: Clevert et al., 2016, https://arxiv.org/abs/1511.07289.
    """

    word = "elu"
    omits: ClassVar[dict[str, str]] = {"alpha": LAYER_TAKES_IT}


class Selu(Activation):
    """`1.0507 * x` where it is positive, `1.7581 * (exp(x) - 1)` elsewhere.

    Keeps mean and variance from layer to layer, with `lecun_normal` kernels and `AlphaDropout`.
    Source: Klambauer et al., 2017, https://arxiv.org/abs/1706.02515.
    """

    word = "selu"


class Celu(Activation):
    """`max(x, 0) + min(exp(x) - 1, 0)`, whose slope has no jump.

    Source: Barron, 2017, https://arxiv.org/abs/1704.07483.
    """

    word = "celu"
    omits: ClassVar[dict[str, str]] = {"alpha": NO_ARGUMENTS}


class Gelu(Activation):
    """`x * P(X <= x)` for a standard normal `X`, which is `x * (1 + erf(x / sqrt(2))) / 2`.

    Source: Hendrycks and Gimpel, 2016, https://arxiv.org/abs/1606.08415.
    """

    word = "gelu"
    omits: ClassVar[dict[str, str]] = {"approximate": NO_ARGUMENTS}


class Silu(Activation):
    """`x * sigmoid(x)`, also called swish.

    Source: Ramachandran et al., 2017, https://arxiv.org/abs/1710.05941.
    """

    word = "silu"
    identifiers = ("swish",)


class HardSilu(Activation):
    """`x * min(max(x + 3, 0), 6) / 6`: `silu` in pieces, and faster.

    Source: Howard et al., 2019, https://arxiv.org/abs/1905.02244.
    """

    word = "hard_silu"
    identifiers = ("hard_swish",)


class Mish(Activation):
    """`x * tanh(softplus(x))`.

    Source: Misra, 2019, https://arxiv.org/abs/1908.08681.
    """

    word = "mish"


class Glu(Activation):
    """`a * sigmoid(b)`, where `a` and `b` are the halves of the last axis: the output has half the features.

    Source: Dauphin et al., 2017, https://arxiv.org/abs/1612.08083.
    """

    word = "glu"
    omits: ClassVar[dict[str, str]] = {"axis": NO_ARGUMENTS}
    keeps_shape = False


class Softplus(Activation):
    """`log(exp(x) + 1)`: a smooth `relu`, always positive."""

    word = "softplus"
    gives = "positive"


class Squareplus(Activation):
    """`(x + sqrt(x**2 + 4)) / 2`: like `softplus`, without exponentials.

    Source: Barron, 2021, https://arxiv.org/abs/2112.11687.
    """

    word = "squareplus"
    omits: ClassVar[dict[str, str]] = {"b": NO_ARGUMENTS}
    gives = "positive"


class SparsePlus(Activation):
    """0 up to -1, `(x + 1)**2 / 4` up to 1, and `x` from there."""

    word = "sparse_plus"
    gives = "non_negative"


class Exponential(Activation):
    """`exp(x)`."""

    word = "exponential"
    gives = "positive"


class Tanh(Activation):
    """`(exp(x) - exp(-x)) / (exp(x) + exp(-x))`, between -1 and 1."""

    word = "tanh"
    gives = "signed"


class HardTanh(Activation):
    """`min(max(x, -1), 1)`."""

    word = "hard_tanh"
    gives = "signed"


class Softsign(Activation):
    """`x / (abs(x) + 1)`, between -1 and 1."""

    word = "softsign"
    gives = "signed"


class TanhShrink(Activation):
    """`x - tanh(x)`."""

    word = "tanh_shrink"


class HardShrink(Activation):
    """`x`, but 0 where it lies between -0.5 and 0.5."""

    word = "hard_shrink"
    omits: ClassVar[dict[str, str]] = {"threshold": NO_ARGUMENTS}


class SoftShrink(Activation):
    """`x` moved by 0.5 towards 0, and 0 where it lies between -0.5 and 0.5."""

    word = "soft_shrink"
    omits: ClassVar[dict[str, str]] = {"threshold": NO_ARGUMENTS}


class Sigmoid(Activation):
    """`1 / (1 + exp(-x))`: each value a probability by itself."""

    word = "sigmoid"
    gives = "probability"


class HardSigmoid(Activation):
    """`min(max(x / 6 + 0.5, 0), 1)`: `sigmoid` in pieces, and faster."""

    word = "hard_sigmoid"
    gives = "probability"


class SparseSigmoid(Activation):
    """`min(max((x + 1) / 2, 0), 1)`.

    Source: Blondel et al., 2019, https://arxiv.org/abs/1901.02324.
    """

    word = "sparse_sigmoid"
    gives = "probability"


class LogSigmoid(Activation):
    """`log(1 / (1 + exp(-x)))`: each value the logarithm of a probability."""

    word = "log_sigmoid"
    gives = "log_probability"


class Softmax(Activation):
    """`exp(x) / sum(exp(x))` along the last axis: probabilities that add up to 1.

    The layer `Softmax` takes another axis.
    """

    word = "softmax"
    omits: ClassVar[dict[str, str]] = {"axis": LAYER_TAKES_IT}
    gives = "probabilities"


class Sparsemax(Activation):
    """`max(x - t, 0)` along the last axis, with the `t` by which the values add up to 1; many are exactly 0.

    Keras 3.15 computes another `t` where several values are not 0, so that they do not add up to 1
    (https://github.com/keras-team/keras/issues/23425). Source: Martins and Astudillo, 2016, https://arxiv.org/abs/1602.02068.
    """

    word = "sparsemax"
    omits: ClassVar[dict[str, str]] = {"axis": NO_ARGUMENTS}
    gives = "non_negative"  # `probabilities`, once Keras is right


class LogSoftmax(Activation):
    """`x - log(sum(exp(x)))` along the last axis: logarithms of probabilities that add up to 1."""

    word = "log_softmax"
    omits: ClassVar[dict[str, str]] = {"axis": NO_ARGUMENTS}
    gives = "log_probabilities"
