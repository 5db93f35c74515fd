"""Categories by ranges: which bin a number falls into."""

from __future__ import annotations

from typing import Annotated, ClassVar

from tfspec.catalogue.fields import PositiveFloat, PositiveInt
from tfspec.catalogue.numbers import Floats
from tfspec.catalogue.problems import ARGUMENTS_CLASH, BAD_ARGUMENT
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, TensorType, multiply

from .encoding import SPARSE, Encoding
from .order import Before


class Discretization(Encoding):
    """Sort numbers into bins: ages into age groups.

    The boundaries are given, or learned from the data of `prepare` so that the bins hold equally many.
    """

    learns = "bin_boundaries"
    takes_texts = False
    omits: ClassVar[dict[str, str]] = {"sparse": SPARSE}
    trainable: ClassVar[bool] = True  # type: ignore[misc] # Keras's signature has no such argument
    autocast: ClassVar[bool] = True  # type: ignore[misc] # the same
    example: ClassVar[dict[str, object]] = {"bin_boundaries": [0.0, 1.0, 2.0]}
    example_axes = "batch 4"

    bin_boundaries: Annotated[Floats | None, Before("output_mode")] = None
    """Boundaries between the bins in ascending order; there is one bin more."""
    num_bins: Annotated[PositiveInt | None, Before("output_mode")] = None
    """Number of bins whose boundaries are learned from data; there may be fewer where values repeat."""
    epsilon: Annotated[PositiveFloat, Before("output_mode")] = 0.01
    """How exactly the boundaries are learned: smaller takes longer."""

    def output_type(self, x: TensorType) -> TensorType:
        boundaries = self.bin_boundaries or ()
        if (self.bin_boundaries is None) == (self.num_bins is None):
            raise Refusal(
                ARGUMENTS_CLASH,
                "takes either `bin_boundaries` or `num_bins`",
                field="num_bins" if self.num_bins else None,
                help="give one of them",
            )
        if list(boundaries) != sorted(boundaries):
            raise Refusal(
                BAD_ARGUMENT,
                f"has boundaries that do not ascend: {list(boundaries)}",
                field="bin_boundaries",
                help="put them in ascending order",
            )
        if self.output_mode == "int":
            return x.with_dtype("int32")
        depth = self.num_bins or len(boundaries) + 1
        encoded = x.with_dtype(self.policy.compute)
        if self.output_mode == "one_hot":
            kept = x.shape[:-1] if x.rank > 1 and x.last == 1 else x.shape
            return encoded.with_shape((*kept, depth))
        if x.rank == 1:
            raise self.unlike(x, "(batch, values)")
        self.check_counts(self.policy.compute)
        return encoded.with_shape((x.shape[0], *x.shape[2:], depth))

    def operations(self, x: TensorType) -> Dim:
        """The comparisons with boundaries, each of which halves those that are left."""
        boundaries = len(self.bin_boundaries or ()) or (self.num_bins or 1) - 1
        return multiply(boundaries.bit_length(), x.elements)
