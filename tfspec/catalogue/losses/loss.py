"""What every loss is: a number that training makes small, and what it expects of model and labels."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.fields import FloatPolicy
from tfspec.catalogue.predictions import Labels, Wants
from tfspec.catalogue.refused import A_ROOT, TOOLS, Refused

Reduction: TypeAlias = Literal["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"]


class Loss(Declaration):
    """How far predictions are from labels, as a number to be made small."""

    family = "loss"
    keras = "losses"
    refuses: ClassVar[dict[str, Refused]] = {**TOOLS, "Loss": A_ROOT}

    labels: ClassVar[Labels | None] = "same"
    """The form of the labels; None where Keras decides it from the shapes."""

    wants: ClassVar[Wants | None] = "numbers"
    """What the model must give, where the loss takes no logits; None where Keras decides it from the shapes."""

    output_axes: ClassVar[str] = ""
    """The axes of the output, by name; any where it is empty."""

    label_axes: ClassVar[str] = ""
    """The axes of the labels, by name, where they are not those that follow from their form."""

    compile_word: ClassVar[bool] = True
    """Whether Keras's `compile` knows the loss by its word; otherwise it is given as an object."""

    @property
    def from_logits_said(self) -> bool:
        """Whether the loss takes logits: numbers that are no probabilities yet."""
        return bool(getattr(self, "from_logits", False))


class NamedLoss(Loss):
    """A loss of Keras, with the arguments that all of them take."""

    reduction: Reduction | None = "sum_over_batch_size"
    """How the losses of a batch become one number.

    `sum_over_batch_size` and `mean` divide the sum by their number, `mean_with_sample_weight` by the
    sum of the sample weights, `sum` adds them up, `none` leaves them as they are.
    """
    name: str = ""
    """Name of the loss."""
    dtype: FloatPolicy | None = None
    """What the loss is computed in; float32 where it is left out."""
