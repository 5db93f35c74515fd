"""A model in the making: tensors at hand, and layers that take some of them."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from tfspec.catalogue.layers.layer import Argument, Layer
from tfspec.tensors import TensorType

from .inputs import inputs_for
from .layers import (
    TRIES,
    Setting,
    Use,
    arguments_for,
    calls,
    needs_several,
    others,
    takers,
    takes_several,
    tried,
    uses,
)

INPUT_NAMES = "xyzuvwpqrst"
MORE_DTYPES = ("string", "int64", "float32")
MOST_TURNS = 3
MOST_NODES = 12


class Tensor(NamedTuple):
    """A tensor of the model: result `index` of node `maker`, or input `index` where there is no node."""

    maker: int | None
    index: int  # type: ignore[assignment] # hides the method of tuples, which nobody needs here


Taken = Tensor | tuple[Tensor, ...]


class Model:
    """What has been invented so far."""

    def __init__(self, setting: Setting, batch: int | None) -> None:
        self.setting = setting
        self.batch = batch
        self.inputs: list[TensorType] = []
        self.nodes: list[tuple[Use, tuple[Taken, ...]]] = []
        self.again: dict[int, int] = {}
        """The nodes that call the layer of an earlier one, which is then shared."""

    def type_of(self, tensor: Tensor) -> TensorType:
        """The type of a tensor at hand."""
        if tensor.maker is None:
            return self.inputs[tensor.index]
        return self.nodes[tensor.maker][0].outputs[tensor.index]

    @property
    def tensors(self) -> list[Tensor]:
        """All tensors at hand, the latest first."""
        made = [Tensor(node, index) for node, (use, _) in enumerate(self.nodes) for index in range(len(use.outputs))]
        return [*made[::-1], *(Tensor(None, index) for index in range(len(self.inputs)))]

    @property
    def last(self) -> Tensor:
        """The first result of the latest layer."""
        return Tensor(len(self.nodes) - 1, 0)

    def add_input(self, type_: TensorType) -> Tensor:
        """A new input of the model."""
        self.inputs.append(type_)
        return Tensor(None, len(self.inputs) - 1)

    def add(self, use: Use, taken: tuple[Taken, ...]) -> None:
        """A new layer, and what it takes."""
        self.nodes.append((use, taken))


@st.composite
def started(draw: st.DrawFn, setting: Setting, *, chain: bool) -> Model:
    """Models of one layer: any of the catalogue, and inputs that it takes."""
    model = Model(setting, draw(st.sampled_from([None, None, None, 2])))
    every = takers() if chain else [*takers(), *takers(several=True)]
    for _ in range(TRIES):
        cls = draw(st.sampled_from(every))
        given, call = draw(arguments_for(cls)), draw(calls(cls))
        try:
            layer = cls.model_validate(given)
        except ValueError:
            continue
        if getattr(layer, "stateful", False):
            model.batch = 2  # it keeps a state for each row of a batch
        inputs = draw(inputs_for(layer))
        if inputs and "equation" in cls.model_fields and isinstance(inputs[0], TensorType):
            given = draw(arguments_for(cls, inputs[0]))
        use = _first_use(model, cls, given, call, inputs[:1] if chain else inputs)
        if use is not None:
            taken = [_new_inputs(model, value) for value in use.inputs if value is not None]
            model.add(use, tuple(taken))
            return model
    x = TensorType((model.batch, 1))
    model.add(draw(uses(x, setting)), (model.add_input(x),))
    return model


def _first_use(model: Model, cls: type[Layer], given: dict[str, Any], call: dict[str, Any], inputs: Any) -> Use | None:
    """The use of a layer on these inputs, if need be of another dtype."""
    if None in inputs or not all(x.rank for value in inputs for x in _each(value)):
        return None
    for dtype in (None, *MORE_DTYPES):
        retyped = tuple(_each_retyped(value, model.batch, dtype) for value in inputs)
        if use := tried(cls, given, retyped, call, model.setting):
            return use
    return None


def _each(value: Argument) -> tuple[TensorType, ...]:
    return (value,) if isinstance(value, TensorType) else value or ()


def _each_retyped(value: Argument, batch: int | None, dtype: str | None) -> Argument:
    if isinstance(value, TensorType):
        return TensorType((batch, *value.shape[1:]), dtype or value.dtype)
    return tuple(TensorType((batch, *x.shape[1:]), dtype or x.dtype) for x in value or ())


def _new_inputs(model: Model, value: Argument) -> Taken:
    if isinstance(value, TensorType):
        return model.add_input(value)
    return tuple(model.add_input(x) for x in value or ())


@st.composite
def chained(draw: st.DrawFn, model: Model) -> None:
    """One layer more, which takes what the latest gave."""
    model.add(draw(uses(model.type_of(model.last), model.setting)), (model.last,))


@st.composite
def again(draw: st.DrawFn, model: Model) -> None:
    """The latest layers once more or several times, as far as they take what they gave: some with other numbers."""
    period = draw(st.integers(1, min(2, len(model.nodes))))
    latest = [use for use, _ in model.nodes[-period:]]
    differ = draw(st.booleans())
    for turn in range(1, 1 + draw(st.integers(1, MOST_TURNS))):
        for use in latest:
            given = {**use.arguments, **(_other_number(use.arguments, turn) if differ else {})}
            x = model.type_of(model.last)
            more = tried(type(use.layer), given, (x,), use.call, model.setting) if len(use.inputs) == 1 else None
            if more is None or len(model.nodes) == MOST_NODES:
                return
            model.add(more, (model.last,))


def _other_number(given: dict[str, Any], turn: int) -> dict[str, Any]:
    """The first argument that is a number above zero, as a later turn has it."""
    for key, value in given.items():
        if type(value) in {int, float} and value > 0:
            return {key: value + turn if type(value) is int else value / 2**turn}
    return {}


@st.composite
def shared(draw: st.DrawFn, model: Model) -> None:
    """One call more of a layer that is there, with another tensor of the same type, where there is one."""
    calls = [
        (index, tensor)
        for index, (use, taken) in enumerate(model.nodes)
        for tensor in model.tensors
        if index not in model.again and use.inputs == (model.type_of(tensor),) and len(taken) == 1
    ]
    if not calls:
        draw(joined(model))
        return
    index, tensor = draw(st.sampled_from(calls))
    model.again[len(model.nodes)] = index
    model.add(model.nodes[index][0], (tensor,))


@st.composite
def joined(draw: st.DrawFn, model: Model) -> None:
    """One layer more, which takes some of the tensors at hand, and perhaps new inputs."""
    first = draw(st.sampled_from(model.tensors))
    x = model.type_of(first)
    either = takers(x.rank, several=True) if draw(st.booleans()) else takers(x.rank)
    for _ in range(TRIES):
        cls = draw(st.sampled_from(either or takers(x.rank)))
        given, call = draw(arguments_for(cls, x)), draw(calls(cls))
        wanted = draw(_wanted(model, cls, given, x))
        if wanted is None:
            continue
        types = tuple(_type_of_wanted(model, each) for each in (first, *wanted))
        use = tried(cls, given, types, call, model.setting)
        if use is not None:
            model.add(use, (first, *(_taken(model, each) for each in wanted)))
            return
    use = draw(uses(x, model.setting))
    model.add(use, (first,))


Wanted = Tensor | TensorType | tuple[TensorType, ...]
"""A tensor at hand, or the types of inputs that the model is to get."""


@st.composite
def _wanted(
    draw: st.DrawFn, model: Model, cls: type[Layer], given: dict[str, Any], x: TensorType
) -> list[Wanted] | None:
    """What a layer takes besides its first tensor; None where its arguments are wrong."""
    wanted: list[Wanted] = []
    alike = _alike(model, x)
    for parameter in others(cls):
        if parameter.kind is parameter.VAR_POSITIONAL:
            break
        if parameter.default is not parameter.empty and draw(st.integers(0, 3)) != 1:
            break
        if takes_several(cls, parameter.name):
            states = _states(cls, given, x, model.setting)
            if states is None:
                return None
            wanted.append(states)
        else:
            wanted.append(draw(st.sampled_from(alike)))
    if needs_several(cls) and not wanted:
        wanted = draw(st.lists(st.sampled_from(alike), min_size=1, max_size=2))
    return wanted


def _alike(model: Model, x: TensorType) -> list[Wanted]:
    """What fits best to a tensor: tensors of its type, a new input of its type, then others of as many axes."""
    same: list[Wanted] = [tensor for tensor in model.tensors if model.type_of(tensor) == x]
    near: list[Wanted] = [
        tensor for tensor in model.tensors if model.type_of(tensor).rank == x.rank and tensor not in same
    ]
    return [*same, *([x] if len(model.inputs) < len(INPUT_NAMES) else []), *near] or [x]


def _states(cls: type[Layer], given: dict[str, Any], x: TensorType, setting: Setting) -> tuple[TensorType, ...] | None:
    """The states that a recurrent layer starts from: those that it would return."""
    if "return_state" in cls.model_fields:
        use = tried(cls, {**given, "return_state": True}, (x,), {}, setting._replace(results=True))
        return use.outputs[1:] if use else None
    try:
        layer: Any = cls.model_validate(given)
    except ValueError:
        return None
    count, units = getattr(layer, "states", 0), getattr(layer, "units", None)
    return (TensorType((x.shape[0], units)),) * count if count and units else None


def _type_of_wanted(model: Model, wanted: Wanted) -> Argument:
    return model.type_of(wanted) if isinstance(wanted, Tensor) else wanted


def _taken(model: Model, wanted: Wanted) -> Taken:
    if isinstance(wanted, Tensor):
        return wanted
    return _new_inputs(model, wanted)
