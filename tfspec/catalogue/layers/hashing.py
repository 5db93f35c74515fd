"""Categories by hashing: a number for every word, without a vocabulary."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from tfspec.catalogue.fields import PositiveInt
from tfspec.catalogue.problems import ARGUMENTS_CLASH, BAD_ARGUMENT, WRONG_COUNT
from tfspec.diagnostics import Refusal
from tfspec.tensors import TensorType, policy, show_shape

from .encoding import SPARSE, Encoding
from .forms import AxisOrPair, Form
from .order import Before


class Token(Form):
    """A whole number or a text."""

    expected = "a whole number or a text"
    schema = {"type": ["integer", "string"]}  # noqa: RUF012 - read only

    def read(self, value: object) -> int | str | None:
        """The token."""
        return value if isinstance(value, (int, str)) and not isinstance(value, bool) else None


class Hashing(Encoding):
    """Give every word or number one of `num_bins` numbers, the same each time, without a vocabulary."""

    own_policy = True
    omits: ClassVar[dict[str, str]] = {"sparse": SPARSE}
    example_axes = "batch 4"
    example_dtype = "string"

    num_bins: PositiveInt
    """Number of categories; different words may share one."""
    mask_value: Annotated[Annotated[int | str, Token()] | None, Before("output_mode")] = None
    """Word or number that stands for padding and gets category 0; none by default."""
    salt: Annotated[Annotated[int | tuple[int, int], AxisOrPair()] | None, Before("output_mode")] = None
    """Secret number, or two, that decide which category a word gets; none by default."""

    def output_type(self, x: TensorType) -> TensorType:
        kind = {"string": "texts", "bool": "`true` and `false`"}.get(x.dtype, "numbers")
        fits = kind == ("texts" if isinstance(self.mask_value, str) else "numbers")
        if self.mask_value is not None and self.num_bins > 1 and not fits:
            raise Refusal(
                BAD_ARGUMENT,
                f"looks for `{self.mask_value}` among {kind}",
                field="mask_value",
                help={"texts": "give a text", "numbers": "give a number"}.get(kind, "leave out `mask_value`"),
            )
        if self.output_mode == "int":
            if self.dtype not in {None, "int32", "int64"}:
                raise Refusal(
                    ARGUMENTS_CLASH,
                    f"gives int32 or int64, not {self.dtype}",
                    field="dtype",
                    help="leave out `dtype`",
                )
            return x.with_dtype(self.policy.compute if self.dtype else "int64")
        dtype = policy(self.dtype).variable
        if self.output_mode == "one_hot":
            return self.one_hot(x, self.num_bins).with_dtype(dtype)
        self.check_counts(dtype)
        return self.one_vector(x, self.num_bins).with_dtype(dtype)


class HashedCrossing(Encoding):
    """Give every pair of words or numbers one of `num_bins` numbers: their crossing as one feature.

    Takes two tensors of shape (batch, 1).
    """

    example_axes = "batch 1"
    example_dtype = "string"

    takes_list = True
    omits: ClassVar[dict[str, str]] = {"sparse": SPARSE}
    trainable: ClassVar[bool] = True  # type: ignore[misc] # Keras's signature has no such argument
    autocast: ClassVar[bool] = True  # type: ignore[misc] # the same

    num_bins: PositiveInt
    """Number of categories; different pairs may share one."""
    output_mode: Literal["int", "one_hot"] = "int"
    """`int`: numbers; `one_hot`: a vector for each."""

    @property
    def own_policy(self) -> bool:  # type: ignore[override] # it hangs on an argument here
        """Whether it gives int64, whatever the spec's `precision` is."""
        return self.output_mode == "int"

    def output_type(self, *inputs: TensorType) -> TensorType:
        pair = 2
        if len(inputs) != pair:
            raise Refusal(WRONG_COUNT, f"crosses two tensors, and is given {len(inputs)}")
        x, other = inputs
        for each in inputs:
            if each.rank > pair or (each.rank == pair and each.last != 1):
                raise Refusal(BAD_ARGUMENT, f"crosses tensors of shape (batch, 1), not {show_shape(each.shape)}")
            if not each.dtype.startswith(("int", "uint", "string")):
                raise Refusal(BAD_ARGUMENT, f"crosses texts and whole numbers, and is given {each.dtype}")
        if x.shape != other.shape:
            shapes = f"{show_shape(x.shape)} and {show_shape(other.shape)}"
            raise Refusal(BAD_ARGUMENT, f"crosses tensors of one shape, and is given {shapes}")
        if self.output_mode == "int":
            return x.with_dtype(self.policy.compute if self.dtype else "int64")
        return x.with_shape((x.shape[0], self.num_bins)).with_dtype(self.policy.compute)
