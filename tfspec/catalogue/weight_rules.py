"""What is said of a single weight: its first values, a penalty, bounds; and which weights that suits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from tfspec.diagnostics import Refusal
from tfspec.tensors import Weight, is_float, show_shape
from tfspec.tensors.problems import NO_SUCH_AXIS

from .declaration import Declaration
from .problems import BAD_ARGUMENT


class WeightRule(Declaration):
    """An initializer, a regularizer or a constraint of a weight."""

    least_axes: ClassVar[int] = 0
    """The fewest axes of a weight that it suits."""

    most_axes: ClassVar[int | None] = None
    """The most axes; any number where it is None."""

    @property
    def named_axes(self) -> tuple[int, ...]:
        """The axes of the weight that its arguments name."""
        return ()

    def misfit(self, weight: Weight) -> str | None:
        """Why it does not suit a weight of so many axes, or None; for rules of its own."""
        del weight
        return None

    def check(self, weight: Weight, field: str) -> None:
        """Refuse a weight that it does not suit.

        Raises:
            Refusal: Keras would fail with it, or train with numbers that are none.
        """
        rank, said = len(weight.shape), f"`{weight.name}` has {show_shape(weight.shape)}"
        if wrong := [axis for axis in self.named_axes if not -rank <= axis < rank]:
            message = f"speaks of axis {wrong[0]} in `{self.written}`, and {said}"
            raise Refusal(NO_SUCH_AXIS, message, field=field, help="name axes of the weight itself, from 0 on")
        reason = self.misfit(weight)
        if rank < self.least_axes or (self.most_axes is not None and rank > self.most_axes):
            exact = self.least_axes == self.most_axes
            reason = f"suits weights of {'' if exact else 'at least '}{self.least_axes} axes"
        if reason:
            raise Refusal(BAD_ARGUMENT, f"cannot have `{self.written}` here: it {reason}, and {said}", field=field)


def rules_for(weight: Weight, said: Mapping[str, object]) -> Iterator[tuple[str, WeightRule]]:
    """The rules among the arguments of a layer that are meant for a weight, with the names of the arguments.

    An argument is called after its weight, `bias_initializer`, or without the word kernel:
    `recurrent_constraint` is that of `recurrent_kernel`. The only kernel of a depthwise convolution is called
    `kernel`, and its arguments `depthwise_initializer` and so on.
    """
    if weight.dtype is not None and not is_float(weight.dtype):  # quantized: its values come from elsewhere
        return
    leaf = weight.name.rpartition("/")[2]
    words = {leaf, leaf.removesuffix("_kernel"), "depthwise" if leaf == "kernel" else leaf}
    for field, rule in said.items():
        if isinstance(rule, WeightRule) and field.rpartition("_")[0] in words:
            yield field, rule
