"""A dense layer whose axes are said by an equation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from tfspec.catalogue.constraints import Constraint
from tfspec.catalogue.declaration import default
from tfspec.catalogue.initializers import Initializer
from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE
from tfspec.catalogue.regularizers import Regularizer
from tfspec.diagnostics import Refusal
from tfspec.tensors import Dim, Length, Shape, TensorType, Weight, add, multiply, show_dim, show_shape, without_names
from tfspec.tensors.einsum import EQUATION, Equation, read_equation

from .core import QUANTIZED
from .forms import Sizes
from .kernels import Activated, LowRank
from .order import Before


class OpenSizes(Sizes):
    """One size, or a list of sizes, each of which may be left to the input."""

    def __init__(self) -> None:
        super().__init__(1, unknown=True)
        self.schema = {"anyOf": [{"type": "integer", "minimum": 1}, self.schema]}
        self.expected = f"a whole number of 1 or more, or {self.expected}"

    def read(self, value: object) -> tuple[int | None, ...] | None:
        """The sizes."""
        return super().read([value] if isinstance(value, int) else value)


class EinsumDense(LowRank, Activated):
    """Multiply with a kernel along the axes that an equation names, as attention does: `abc,cd->abd`.

    The letters stand for the axes of the input, the kernel and the output, the batch first; `...`
    for axes that pass through.
    """

    keeps_rank = True
    omits: ClassVar[dict[str, str]] = {
        "gptq_unpacked_column_size": QUANTIZED,
        "quantization_config": QUANTIZED,
    }
    example: ClassVar[dict[str, object]] = {"equation": "abc,cd->abd", "output_shape": [None, 8]}
    example_axes = "batch time 16"

    equation: Annotated[str, Field(pattern=EQUATION)]
    """Letters of the input's, the kernel's and the output's axes: `abc,cd->abd` or `...x,xy->...y`."""
    output_shape: Annotated[tuple[int | None, ...], OpenSizes()]
    """Sizes of the output's letters but the batch; `null` where the input decides."""
    bias_axes: Annotated[Annotated[str, Field(pattern=r"^[a-zA-Z]+$")] | None, Before("lora_rank")] = None
    """Letters of the axes along which the bias varies; no bias by default."""
    kernel_initializer: Annotated[Initializer, Before("lora_rank")] = default("glorot_uniform")
    """Where the kernel's first values come from."""
    bias_initializer: Annotated[Initializer, Before("lora_rank")] = default("zeros")
    """Where the bias's first values come from."""
    kernel_regularizer: Annotated[Regularizer | None, Before("lora_rank")] = None
    """Penalty on the kernel."""
    bias_regularizer: Annotated[Regularizer | None, Before("lora_rank")] = None
    """Penalty on the bias."""
    kernel_constraint: Annotated[Constraint | None, Before("lora_rank")] = None
    """Bounds that the kernel is kept within."""
    bias_constraint: Annotated[Constraint | None, Before("lora_rank")] = None
    """Bounds that the bias is kept within."""

    def output_type(self, x: TensorType) -> TensorType:
        equation = read_equation(self.equation)
        self._check_letters(equation)
        if self.is_packed:
            self._check_packed(equation)
        sizes = self._sizes(equation, x)
        passed = self._passed(equation, x)
        if equation.leading and without_names(passed[1:]) != without_names(passed[:0:-1]):
            raise Refusal(
                CANNOT_COMPUTE,
                f"passes the axes [{', '.join(map(show_dim, passed[1:]))}] through, whose order Keras turns round",
                field="equation",
                help="give every axis a letter",
            )
        letters = tuple(sizes[letter] for letter in equation.output)
        return x.with_shape((*passed, *letters) if equation.leading else (*letters, *passed))

    def weights(self, x: TensorType) -> Iterator[Weight]:
        equation = read_equation(self.equation)
        sizes = self._sizes(equation, x)
        given = self._input_sizes(equation, x)
        kernel = tuple(sizes[letter] if letter in sizes else given[letter] for letter in equation.kernel)
        yield from self.adapted("kernel", kernel, "kernel_constraint")
        if self.bias_axes:
            first = min(equation.output.index(letter) for letter in self.bias_axes)
            bias = tuple(sizes[letter] if letter in self.bias_axes else 1 for letter in equation.output[first:])
            ones: Shape = (1,) * (len(self._passed(equation, x)) if equation.trailing else 0)
            yield Weight("bias", (*bias, *ones))
        yield from self.correction("kernel", kernel)
        if self.is_packed:
            yield from self._packed(equation, kernel, x)

    def _packed(self, equation: Equation, kernel: Shape, x: TensorType) -> Iterator[Weight]:
        """The quantized kernel: int4 lays it out as a matrix, summed letters first."""
        size = dict(zip(equation.kernel, kernel, strict=True))
        if self.policy.quantization == "int4":
            rows = multiply(*(size[letter] for letter in equation.kernel if letter not in equation.output))
            columns = multiply(*(size[letter] for letter in equation.kernel if letter in equation.output))
            yield from self.halved("kernel", (rows, columns), reduced=0)
            return
        ones: Shape = (1,) * len(self._passed(equation, x))
        letters = tuple(size.get(letter, 1) for letter in equation.output)
        yield from self.whole("kernel", kernel, (*ones, *letters) if equation.leading else (*letters, *ones))

    def operations(self, x: TensorType) -> Dim:
        equation = read_equation(self.equation)
        given = self._input_sizes(equation, x)
        sizes = {**self._sizes(equation, x), **given}
        kernel = tuple(sizes[letter] for letter in equation.kernel)
        passed = self._passed(equation, x)
        if equation.leading and passed:
            passed = passed[1:]
        else:
            sizes.pop(equation.input[0])
        letters = (sizes[letter] for letter in equation.output if letter in sizes)
        finishing = self.finishing(x.with_shape((None, *letters, *passed)), biased=self.bias_axes is not None)
        return add(self.correcting(kernel), multiply(2, *sizes.values(), *passed), finishing)

    def _check_packed(self, equation: Equation) -> None:
        """Refuse what Keras builds with a quantized kernel and then cannot multiply."""
        mode = self.policy.quantization
        if equation.open:
            message = f"passes axes through, which a kernel in {mode} cannot"
            raise Refusal(CANNOT_COMPUTE, message, field="equation", help="give every axis a letter")
        last = equation.kernel[-1]
        if self.lora_rank and (last != equation.output[-1] or last in equation.input):
            raise Refusal(
                CANNOT_COMPUTE,
                f"corrects a kernel in {mode} along its last axis `{last}`, which must be new and last in the output",
                field="equation",
                help="put a letter last in both that the input does not have, or leave out `lora_rank`",
            )
        if mode == "int8" and not _has_room(equation):
            raise Refusal(
                CANNOT_COMPUTE,
                "sums over axes whose scales Keras puts in the wrong place",
                field="equation",
                help="use `int4_from_float32`, or sum over one axis alone",
            )

    def _check_letters(self, equation: Equation) -> None:
        """Refuse letters that stand nowhere else, or twice in one place."""
        for letters in equation[:3]:
            if len(set(letters)) < len(letters):
                raise self._refused(f"names an axis twice in `{letters}`")
        if missing := set(equation.output) - set(equation.input + equation.kernel):
            raise self._refused(f"has `{min(missing)}` in the output, which neither the input nor the kernel has")
        if missing := set(equation.kernel) - set(equation.input + equation.output):
            raise self._refused(f"has `{min(missing)}` in the kernel, which neither the input nor the output has")
        if missing := set(self.bias_axes or "") - set(equation.output):
            raise self._refused(f"has no axis `{min(missing)}` in the output", "bias_axes")

    def _passed(self, equation: Equation, x: TensorType) -> Shape:
        """The sizes of the axes that have no letter, the batch included."""
        more = x.rank - len(equation.input)
        return x.shape[:more] if equation.leading else x.shape[len(equation.input) :]

    def _input_sizes(self, equation: Equation, x: TensorType) -> dict[str, Dim]:
        more = x.rank - len(equation.input)
        if more < 0 or (more and not equation.open):
            letters = len(equation.input)
            raise self._refused(f"has {letters} letters for the input, which is {show_shape(x.shape)}")
        return dict(zip(equation.input, x.shape[more:] if equation.leading else x.shape, strict=False))

    def _sizes(self, equation: Equation, x: TensorType) -> dict[str, Dim]:
        """The sizes of the output's letters."""
        given = self._input_sizes(equation, x)
        has_batch = not (equation.leading and x.rank > len(equation.input))
        if has_batch and equation.output[0] != equation.input[0]:
            raise self._refused(
                f"begins with `{equation.input[0]}` and `{equation.output[0]}`, not both with the batch"
            )
        letters = equation.output[has_batch:]
        if len(self.output_shape) != len(letters):
            raise self._refused(f"has {len(self.output_shape)} sizes for the letters `{letters}`", "output_shape")
        for letter, size in zip(letters, self.output_shape, strict=True):
            if size is not None and letter in given and given[letter] != size:
                found = "unknown" if given[letter] is None else given[letter]
                raise self._refused(f"gives `{letter}` the size {size}, which is {found} in the input", "output_shape")
        kept = {letter: size for letter, size in given.items() if isinstance(size, Length)}
        sizes = (
            kept.get(letter) if size is None else size for letter, size in zip(letters, self.output_shape, strict=True)
        )
        return dict(zip(equation.output, (*(x.shape[:1] if has_batch else ()), *sizes), strict=True))

    def _refused(self, message: str, field: str = "equation") -> Refusal:
        return Refusal(BAD_ARGUMENT, message, field=field)


def _has_room(equation: Equation) -> bool:
    """Whether the scales of input and kernel, of one number along the summed axes, line up with the output."""
    summed = [letter for letter in equation.input if letter not in equation.output]
    new = [letter for letter in equation.output if letter not in equation.input]
    stand_last = equation.input.endswith("".join(summed)) and equation.output.endswith("".join(new))
    in_kernel = sum(letter not in equation.output for letter in equation.kernel)
    carried = sum(letter not in equation.kernel for letter in equation.output)
    return (len(summed) <= len(new) or (bool(new) and stand_last)) and in_kernel <= carried
