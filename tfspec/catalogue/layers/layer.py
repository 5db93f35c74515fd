"""What every layer is: arguments in, and from them the type of its output and its weights."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, ClassVar, TypeAlias, cast

from pydantic import Field

from tfspec.catalogue.activations import Activation
from tfspec.catalogue.declaration import Declaration, snake_case
from tfspec.catalogue.fields import LayerName, PolicyName
from tfspec.catalogue.problems import NO_SUCH_INNER, SPLIT_ACTIVATION, UNKNOWN_SIZE
from tfspec.catalogue.registry import find, words
from tfspec.catalogue.regularizers import Regularizer
from tfspec.catalogue.weight_rules import rules_for
from tfspec.diagnostics import Refusal, one_of
from tfspec.tensors import (
    Dim,
    Policy,
    Shape,
    TensorType,
    Weight,
    are_known,
    is_float,
    multiply,
    policy,
    settled,
    show_shape,
)
from tfspec.tensors.problems import NO_SUCH_AXIS

from .inputs import check_axes, check_dtype, check_floats, check_kernels, check_numbers, check_sum
from .order import in_keras_order
from .policies import check_computed, check_policy, check_variable
from .refused import REFUSED

Outputs: TypeAlias = TensorType | tuple[TensorType, ...]
Argument: TypeAlias = TensorType | tuple[TensorType, ...] | None
"""What a parameter of a layer's call is given: a tensor, or several (the states of an RNN)."""


class Layer(Declaration):
    """A layer of a model.

    The parameters of `output_type` are the tensors that the layer takes, and what `from` binds:
    positional ones by position or name, `*inputs` any number. Keyword-only parameters are the
    other arguments of its call, which a spec gives under `call`.
    """

    family = "layer"
    keras = "layers"
    refuses = REFUSED

    layout: ClassVar[str] = "batch ..."
    """The axes of the first input, by name; `...` stands for any number of them."""

    layout_first: ClassVar[str] = ""
    """The axes under `data_format: channels_first`, where the layer has one."""

    keeps_dtype: ClassVar[bool] = False
    """Whether an integer input gives an integer output, instead of the dtype of the policy."""

    needs_floats: ClassVar[bool] = False
    """Whether TensorFlow computes the layer on floating-point numbers only."""

    no_kernel_for: ClassVar[tuple[str, ...]] = ()
    """Dtypes of its input for which TensorFlow cannot compute the layer, where others that are no floats will do."""

    not_computed_in: ClassVar[tuple[str, ...]] = ()
    """Floating-point dtypes in which TensorFlow cannot compute the layer in a graph, which `fit` makes of a model."""

    own_policy: ClassVar[bool] = False
    """Whether it has a dtype of its own where it says none, whatever the spec's `precision` is."""

    casts_itself: ClassVar[bool] = False
    """Whether it casts floating-point tensors to the dtype that it computes in even without `autocast`."""

    takes_texts: ClassVar[bool] = False
    """Whether it takes strings, which it moves about or looks at itself."""

    makes_mask: ClassVar[bool] = False
    """Whether it may mark some of what it gives as padding."""

    passes_mask: ClassVar[bool] = False
    """Whether what it gives carries the mask of what it takes."""

    uses_mask: ClassVar[bool] = False
    """Whether it skips the steps that the mask of its input marks as padding."""

    float_policy: ClassVar[bool] = False
    """Whether `dtype` must be floating-point, to which integers are cast as well."""

    ignores_dtype: ClassVar[bool] = False
    """Whether Keras takes a `dtype` and does nothing with it."""

    quantizations: ClassVar[tuple[str, ...]] = ()
    """The ways in which its weights can be quantized."""

    keeps_rank: ClassVar[bool] = False
    """Whether Keras builds it for tensors of so many axes as its first call has."""

    learns: ClassVar[str] = ""
    """The argument that it must learn from data, as `prepare` lets it, where a spec leaves it out."""

    tells_shape: ClassVar[bool] = True
    """Whether Keras can tell the shape that it gives without calling it, as `TimeDistributed` asks."""

    keeps_tensors: ClassVar[bool] = False
    """Whether it keeps tensors from when it is built, which inside a `Pipeline` is at a time that is over then."""

    wraps: ClassVar[tuple[str, ...]] = ()
    """The layers that it takes as arguments; any layer where it is empty."""

    takes_list: ClassVar[bool] = False
    """Whether Keras takes the inputs as one list (`Attention`, merging layers)."""

    input_words: ClassVar[dict[str, str]] = {}
    """Other words for the parameters of the call."""

    only_inside: ClassVar[str] = ""
    """Why the layer runs inside a `Pipeline` only; empty where a model takes it by itself."""

    example_axes: ClassVar[str] = ""
    """The axes of its example's inputs, by name or size, where `layout` leaves them open: `batch height width 3`."""

    example_dtype: ClassVar[str] = "float32"
    """The dtype of its example's inputs."""

    per_element: ClassVar[int | None] = None
    """Operations for each element of the output, 0 where data is only moved; None: `operations` says another rule."""

    name: LayerName | None = None
    """Name of the layer, unique in its model."""
    trainable: bool = True
    """Whether training changes the layer's weights."""
    dtype: PolicyName | None = None
    """Dtype policy of the layer; the spec's `precision` where it is left out."""
    autocast: bool = True
    """Whether floating-point inputs are cast to the dtype that the layer computes in."""
    activity_regularizer: Regularizer | None = Field(default=None)
    """Penalty on the layer's output, added to the loss."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Put the fields in the order of Keras's signature, the ones that all layers have last."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.__pydantic_fields__ = in_keras_order(cls.__pydantic_fields__, last=tuple(Layer.__pydantic_fields__))

    @classmethod
    def hint(cls, name: str) -> str | None:
        """An activation that has no layer of its own is an argument of one."""
        found = (word for word in (name, snake_case(name), name.lower()) if find("activation", word))
        word = next(found, None)
        if word is None or word.replace("_", "") in {other.lower() for other in words("layer")}:
            return None
        return f"write `Activation: {{activation: {word}}}`"

    @property
    def policy(self) -> Policy:
        """What the layer computes in, and what it keeps its weights in."""
        return policy(self.dtype)

    def grouped(self, states: list[Any]) -> list[Any]:
        """Several tensors for one parameter of the call, as Keras takes them."""
        return states

    def output_type(self, *inputs: Any, **keywords: Any) -> Outputs:
        """The type of what the layer gives, or a tuple of types where it gives several."""
        raise NotImplementedError

    def output_mask(self, masks: Sequence[Shape | None], inputs: Sequence[TensorType]) -> Shape | None:
        """The shape of the mask that its first result carries; takes all tensors of a call, and their masks.

        Raises:
            Refusal: It does not take such a mask.
        """
        del inputs
        return masks[0] if self.passes_mask else None

    def weights(self, *inputs: Any, **keywords: Any) -> Iterable[Weight]:
        """The layer's weights in the order of `keras.layers.Layer.weights`; takes the tensors of `output_type`."""
        return ()

    def built_for(self, *inputs: TensorType) -> object:
        """What Keras builds the layer for at its first call beside its weights, so that all calls need it."""
        return {x.rank for x in inputs} if self.keeps_rank else None

    def operations(self, *inputs: Any, **keywords: Any) -> Dim:
        """The floating-point operations of one use for one example, not in training; takes what `output_type` takes.

        A multiply-add is two, any other operation on one or two numbers is one, moving data is none.
        """
        if not self.per_element:
            return self.per_element
        output = self.output_type(*inputs, **keywords)
        return multiply(self.per_element, (output if isinstance(output, TensorType) else output[0]).elements)

    def in_phase(self, *, training: bool) -> Layer:
        """What has its sizes in training, or in use, where it leaves them open because the two differ; else itself."""
        changes = {}
        for name, value in self.said.items():
            several = value if isinstance(value, tuple) else (value,)
            if any(isinstance(each, Layer) for each in several):
                settled = tuple(each.in_phase(training=training) for each in several)
                if any(new is not old for new, old in zip(settled, several, strict=True)):
                    changes[name] = settled if isinstance(value, tuple) else settled[0]
        return self.model_copy(update=changes) if changes else self

    def apply(self, *inputs: Argument, **keywords: Any) -> Outputs:
        """The output's type as Keras gives it: inputs cast and their rank checked, dtype of the policy.

        Raises:
            Refusal: The layer does not take these inputs.
        """
        given = [self._cast(value) for value in inputs]
        keywords = {key: self._cast(value) if _is_tensors(value) else value for key, value in keywords.items()}
        keywords.pop("training", None)  # Keras takes it for every layer, and no type hangs on it
        self._check(*given)
        outputs = self.output_type(*given, **keywords)
        _check_activations(self, outputs if isinstance(outputs, TensorType) else outputs[0])
        several = (outputs,) if isinstance(outputs, TensorType) else outputs
        if self.activity_regularizer:
            for output in several:
                dtype = self._settled(output).dtype
                check_sum(dtype)
                self.activity_regularizer.check(Weight("output", output.shape, dtype=dtype), "activity_regularizer")
        return self._settled(outputs) if isinstance(outputs, TensorType) else tuple(map(self._settled, several))

    def built_weights(self, *inputs: Argument, **keywords: Any) -> Iterator[Weight]:
        """The weights with dtype and trainability settled, for inputs as `apply` takes them.

        Raises:
            Refusal: The size of a weight hangs on a dim that is not known.
        """
        given = [self._cast(value) for value in inputs]
        named = {key: self._cast(value) for key, value in keywords.items() if key in _weight_parameters(type(self))}
        for weight in self.weights(*given, **named):
            if not are_known(weight.shape):
                shown = show_shape(_shape(given[0]))
                raise Refusal(
                    UNKNOWN_SIZE,
                    f"has a weight `{weight.name}` whose size is not known: its input is {shown}",
                    help="say the size of that axis in the `shape` of the input",
                )
            if not weight.dtype:
                check_variable(self.policy.variable)
            dtype = weight.dtype or self.policy.variable
            built = weight._replace(dtype=dtype, trainable=weight.trainable and self.trainable)
            for field, rule in rules_for(built, self.said):
                rule.check(built, field)
            yield built

    def check_alone(self) -> None:
        """Refuse what Keras runs inside another layer only.

        Raises:
            Refusal: A model cannot take the layer as one of its own.
        """

    def _check(self, *inputs: Argument) -> None:
        """What every layer refuses, whatever it computes."""
        if not self.ignores_dtype or self.policy.quantization:
            check_policy(self.policy, self.quantizations, needs_floats=self.needs_floats or self.float_policy)
            check_computed(self.policy.compute, self.not_computed_in)
        if inputs and isinstance(inputs[0], TensorType):
            check_axes(self.input_axes, inputs[0])
        tensors = [value for value in inputs if isinstance(value, TensorType)]
        if not self.takes_texts:
            states = [value for value in inputs if value and not isinstance(value, TensorType)]
            check_numbers(*tensors, *chain.from_iterable(states))
        if self.needs_floats:
            check_floats(*tensors)
        check_kernels(self.no_kernel_for, *tensors)
        if not (self.autocast or self.casts_itself or self.keeps_dtype):
            check_dtype(self.policy.compute, *tensors)
        _check_arguments(self)

    @property
    def input_axes(self) -> str:
        """The axes of its first input, by name, in the order that its arguments say."""
        is_first = self.layout_first and getattr(self, "data_format", None) == "channels_first"
        return self.layout_first if is_first else self.layout

    def _settled(self, output: TensorType) -> TensorType:
        """An output in the dtype that the layer gives, its lengths of a size that can be read."""
        dtype = output.dtype if self.keeps_dtype else self.policy.compute
        return TensorType(tuple(map(settled, output.shape)), dtype)

    def _cast(self, value: Argument) -> Argument:
        if isinstance(value, TensorType):
            return value.with_dtype(self.policy.compute) if self.autocast and is_float(value.dtype) else value
        if isinstance(value, tuple):
            several = cast("tuple[TensorType, ...]", value)
            return tuple(item.with_dtype(self.policy.compute) if is_float(item.dtype) else item for item in several)
        return value

    @property
    def auto_name(self) -> str:
        """What Keras calls the first such layer that has no name."""
        return snake_case(type(self).__name__)


class Elementwise(Layer):
    """A layer that changes values and keeps the shape."""

    def output_type(self, x: TensorType) -> TensorType:
        """The same shape."""
        return x


def inner_layers(layer: Layer) -> list[Layer]:
    """The layers that were given to a layer as arguments."""
    return [thing for thing in layer.nested() if isinstance(thing, Layer)]


def with_inner(layer: Layer) -> list[Layer]:
    """A layer, and all layers inside it."""
    return [layer, *(each for inner in inner_layers(layer) for each in with_inner(inner))]


@cache
def call_signature(cls: type[Layer]) -> inspect.Signature:
    """The signature that `from` and `call` bind to."""
    signature = inspect.signature(cls.output_type)
    return signature.replace(parameters=list(signature.parameters.values())[1:])


@cache
def _weight_parameters(cls: type[Layer]) -> frozenset[str]:
    return frozenset(inspect.signature(cls.weights).parameters)


def _check_arguments(layer: Layer) -> None:
    """Refuse activations that change the shape, which Keras does not see, and inner layers of another kind."""
    for field, value in layer.said.items():
        if isinstance(value, Activation):
            check_computed(layer.policy.compute, value.not_computed_in, value.written)
        if isinstance(value, Activation) and not value.keeps_shape:
            raise Refusal(
                SPLIT_ACTIVATION,
                f"would have half as many features after `{value.written}`, and Keras reckons with all of them",
                field=field,
                help="use two `Dense` layers, one of them with `activation: sigmoid`, and `Multiply` them",
            )
        for index, each in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(each, Layer) and layer.wraps and type(each).__name__ not in layer.wraps:
                message = f"takes {one_of(layer.wraps)} as its `{field}`, not `{each.written}`"
                if not isinstance(value, tuple):
                    raise Refusal(NO_SUCH_INNER, message, field=field)
                raise Refusal(NO_SUCH_INNER, message).inside(layer.written, field, index, each.written)


def _check_activations(layer: Layer, output: TensorType) -> None:
    """Refuse activations along an axis that is not there, where they are applied."""
    rank = output.rank - bool(getattr(layer, "return_sequences", False))  # a recurrence applies it at each step
    for field, value in layer.said.items():
        axis = value.said.get("axis", -1) if isinstance(value, Activation) else -1
        if not -rank <= axis < rank:
            raise Refusal(
                NO_SUCH_AXIS,
                f"applies `{value.written}` along axis {axis} of a tensor with {rank} axes",
                field=field,
                help=f"write `{value.written}` alone for the last axis",
            )


def _is_tensors(value: object) -> bool:
    return isinstance(value, TensorType) or (isinstance(value, tuple) and all(isinstance(v, TensorType) for v in value))


def _shape(value: Argument) -> Shape:
    return value.shape if isinstance(value, TensorType) else ()
