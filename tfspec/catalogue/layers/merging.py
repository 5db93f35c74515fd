"""Merging: several tensors become one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Annotated, ClassVar

from tfspec.catalogue.problems import BAD_ARGUMENT, CANNOT_COMPUTE, CANNOT_JOIN, INTEGER_INPUT, WRONG_COUNT
from tfspec.diagnostics import Refusal
from tfspec.tensors import (
    Dim,
    Shape,
    TensorType,
    add,
    are_unlike,
    broadcast,
    common_batch,
    differ,
    is_float,
    multiply,
    product,
    promoted,
    resolve_axes,
    show_shape,
    width,
)

from .forms import AxisOrPair
from .layer import Layer
from .normalization import to_length_one, without

SHORT = 2
"""The bytes of whole numbers whose mean is of float32; that of longer ones is of float64."""


class Merging(Layer):
    """A layer that combines tensors element by element; sizes of 1 stretch."""

    keeps_rank = True
    passes_mask = True
    takes_list = True
    keeps_dtype = True

    def output_type(self, *inputs: TensorType) -> TensorType:
        if joint_dtype(inputs[:2]) == "bool":  # the first two are combined before the third comes
            raise Refusal(INTEGER_INPUT, "computes with numbers, and is given bool", help="give it another `dtype`")
        return TensorType(broadcast([x.shape for x in inputs]), joint_dtype(inputs))

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        known = [mask for mask in masks if mask is not None]
        return broadcast(known) if len(known) == len(masks) else None

    def operations(self, *inputs: TensorType) -> Dim:
        """One for each element of what the tensors so far give, with every tensor after the first."""
        shapes = [x.shape for x in inputs]
        return add(*(product(broadcast(shapes[:count])[1:]) for count in range(2, len(shapes) + 1)))


class Add(Merging):
    """Add tensors element by element; a residual connection is `from: [shortcut, _]`."""

    takes_texts = True

    def output_type(self, *inputs: TensorType) -> TensorType:
        if inputs[0].dtype == "string" and len({x.rank for x in inputs}) > 1:
            raise Refusal(CANNOT_COMPUTE, "joins texts, which TensorFlow does only for tensors of as many axes each")
        return super().output_type(*inputs)


class Subtract(Merging):
    """Subtract the second tensor from the first."""

    def output_type(self, *inputs: TensorType) -> TensorType:
        check_count(inputs, 2)
        return super().output_type(*inputs)


class Multiply(Merging):
    """Multiply tensors element by element."""


class Average(Merging):
    """Take the mean of tensors element by element."""

    def output_type(self, *inputs: TensorType) -> TensorType:
        output = super().output_type(*inputs)
        if is_float(output.dtype):
            return output
        return output.with_dtype("float64" if (width(output.dtype) or 0) > SHORT else "float32")

    def operations(self, *inputs: TensorType) -> Dim:
        """The sum, and a division."""
        return add(super().operations(*inputs), self.output_type(*inputs).elements)


class Maximum(Merging):
    """Take the greatest of tensors element by element."""


class Minimum(Merging):
    """Take the least of tensors element by element."""


class Concatenate(Layer):
    """Put tensors behind each other along an axis; the other axes must agree."""

    passes_mask = True
    takes_texts = True
    takes_list = True
    keeps_dtype = True
    per_element = 0

    axis: int = -1
    """Axis along which they stand behind each other; the last one by default."""

    def output_type(self, *inputs: TensorType) -> TensorType:
        shapes = [x.shape for x in inputs]
        if len({len(shape) for shape in shapes}) > 1:
            raise _mismatch(shapes, None)
        (axis,) = resolve_axes(self.axis, len(shapes[0]))
        if axis == 0:
            raise Refusal(
                BAD_ARGUMENT,
                "joins along the batch, which Keras does not reckon with",
                field="axis",
                help="choose another axis",
            )
        for other, sizes in enumerate(zip(*shapes, strict=True)):
            if other != axis and any(differ(a, b) for a, b in combinations(sizes, 2)):
                raise _mismatch(shapes, other)
        joined = add(*(shape[axis] for shape in shapes))
        return TensorType((*shapes[0][:axis], joined, *shapes[0][axis + 1 :]), joint_dtype(inputs))

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        return None if all(mask is None for mask in masks) else self.output_type(*inputs).shape[:-1]


class Dot(Layer):
    """Multiply two tensors and add up along an axis of each, example by example; with `normalize` their cosine."""

    example: ClassVar[dict[str, object]] = {"axes": 1}

    takes_list = True
    keeps_dtype = True

    axes: Annotated[int | tuple[int, int], AxisOrPair()]
    """Axis of both tensors to add up along, or a list of 2: one of the first and one of the second."""
    normalize: bool = False
    """Whether both are brought to length 1 before."""

    def output_type(self, *inputs: TensorType) -> TensorType:
        check_count(inputs, 2)
        first, second = (x.shape for x in inputs)
        (along,), (of,) = (
            resolve_axes(axis, len(x), "axes") for axis, x in zip(self._axes(), (first, second), strict=True)
        )
        if 0 in (along, of):
            raise Refusal(BAD_ARGUMENT, "multiplies along the batch", field="axes", help="choose axes from 1 on")
        if are_unlike((first[along],), (second[of],)):
            raise Refusal(
                BAD_ARGUMENT,
                f"adds up along axes {along} of {show_shape(first)} and {of} of {show_shape(second)}: the sizes differ",
                field="axes",
            )
        if self.normalize and not all(is_float(x.dtype) for x in inputs):
            raise Refusal(
                INTEGER_INPUT,
                "computes lengths with floating-point numbers only, and is given integers",
                field="normalize",
            )
        common_batch([first, second])
        rest = (*first[1:along], *first[along + 1 :], *second[1:of], *second[of + 1 :])
        dtype = promoted(*(x.dtype for x in inputs))
        return TensorType((first[0], *(rest or (1,))), "int32" if dtype == "int8" else dtype)

    def operations(self, *inputs: TensorType) -> Dim:
        pairs = list(zip(inputs, self._axes(), strict=True))
        first, second = inputs
        products = multiply(2, first.elements, without(second, self._axes()[1]).elements)
        return add(products, *(to_length_one(x, axis) for x, axis in pairs if self.normalize))

    def _axes(self) -> tuple[int, int]:
        return (self.axes, self.axes) if isinstance(self.axes, int) else self.axes


def check_count(inputs: tuple[TensorType, ...], count: int) -> None:
    """Refuse another number of tensors."""
    if len(inputs) != count:
        raise Refusal(
            WRONG_COUNT, f"takes {count} tensors, and is given {len(inputs)}", help=f"name {count} of them in `from`"
        )


def joint_dtype(inputs: tuple[TensorType, ...]) -> str:
    """The dtype of what is made of several tensors; texts and numbers do not go together."""
    dtypes = [x.dtype for x in inputs]
    if "string" in dtypes and set(dtypes) != {"string"}:
        raise Refusal(INTEGER_INPUT, "takes texts or numbers, and is given both")
    return dtypes[0] if len(set(dtypes)) == 1 else promoted(*dtypes)


def _mismatch(shapes: list[Shape], axis: int | None) -> Refusal:
    listed = " and ".join(show_shape(shape) for shape in shapes)
    where = "in their number of axes" if axis is None else f"along axis {axis}"
    return Refusal(
        CANNOT_JOIN,
        f"joins {listed}, which differ {where}",
        field="axis",
        help="give them the same sizes along every other axis",
    )
