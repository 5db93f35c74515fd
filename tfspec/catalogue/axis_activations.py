"""Activations that compute each value from all those along an axis."""

from __future__ import annotations

from .activations import Activation, Gives


class AlongAxis(Activation):
    """An activation that computes each value from all those along an axis."""

    axis: int = -1
    """Axis along which it computes: -1 is the last."""

    def is_along_last(self, rank: int) -> bool:
        """Whether that axis is the last of so many."""
        return self.axis in (-1, rank - 1)


class Glu(AlongAxis):
    """`a * sigmoid(b)`, where `a` and `b` are the halves of an axis: the output has half the features.

    Source: Dauphin et al., 2017, https://arxiv.org/abs/1612.08083.
    """

    word = "glu"
    per_element = 2
    keeps_shape = False


class Softmax(AlongAxis):
    """`exp(x) / sum(exp(x))` along an axis: probabilities that add up to 1."""

    word = "softmax"
    per_element = 5
    gives = "probabilities"

    def gives_for(self, rank: int) -> Gives:
        return self.gives if self.is_along_last(rank) else "probability"


class Sparsemax(AlongAxis):
    """`max(x - t, 0)` along an axis, with the `t` by which the values add up to 1; many are exactly 0.

    Keras 3.15 computes another `t` where several values are not 0, so that they do not add up to 1
    (https://github.com/keras-team/keras/issues/23425). Source: Martins and Astudillo, 2016, https://arxiv.org/abs/1602.02068.
    """

    word = "sparsemax"
    not_computed_in = ("float16",)
    per_element = 9
    gives = "non_negative"  # `probabilities`, once Keras is right


class LogSoftmax(AlongAxis):
    """`x - log(sum(exp(x)))` along an axis: logarithms of probabilities that add up to 1."""

    word = "log_softmax"
    per_element = 5
    gives = "log_probabilities"

    def gives_for(self, rank: int) -> Gives:
        return self.gives if self.is_along_last(rank) else "log_probability"
