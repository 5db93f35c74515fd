"""An invented model, written down as a spec says it."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

from hypothesis import strategies as st

from tfspec.catalogue.layers.layer import call_signature
from tfspec.tensors import TensorType

from .inventing import INPUT_NAMES, Model, Taken, Tensor
from .layers import Use, auto_word, others

Data = dict[str, Any]


def chain_written(model: Model) -> Data:
    """A chain as a sequential model."""
    layers = [_step(use.word, use.arguments, use.call, {}) for use, _ in model.nodes]
    return {"sequential": {"input": _input(model.inputs[0]), "layers": layers}}


def shared_written(model: Model) -> Data:
    """The layers that are called several times, by the words that call them."""
    called = {index: model.nodes[index][0] for index in model.again.values()}
    return {_shared_word(index): _step(use.word, use.arguments, {}, {}) for index, use in called.items()}


def _shared_word(index: int) -> str:
    return f"shared_{ascii_lowercase[index]}"


@st.composite
def written(draw: st.DrawFn, model: Model) -> Data:
    """A graph as a functional model."""
    outputs = draw(_outputs(model))
    is_last_alone = outputs == [model.last] and len(model.nodes[-1][0].outputs) == 1
    are_said = not is_last_alone or draw(st.booleans())
    referenced = {tensor for _, taken in model.nodes for tensor in _flat(taken)} | set(outputs if are_said else ())
    names = {Tensor(None, index): INPUT_NAMES[index] for index in range(len(model.inputs))}
    layers = []
    for index, (use, taken) in enumerate(model.nodes):
        flow = _source(use, taken, _previous(model, index), names)
        results = [Tensor(index, result) for result in range(len(use.outputs))]
        needed = any(
            tensor in referenced and _is_named(model, index, tensor, are_said=tensor in outputs and are_said)
            for tensor in results
        )
        word = f"{auto_word(type(use.layer))}_{ascii_lowercase[index]}"
        if len(results) > 1:
            flow["as"] = [f"{word}_{number}" for number in range(len(results))]
            names |= dict(zip(results, flow["as"], strict=True))
        elif needed or draw(st.integers(0, 3)) == 1:
            flow["name"] = names[results[0]] = word
        if index in {*model.again, *model.again.values()}:
            layers.append(_step(_shared_word(model.again.get(index, index)), {}, use.call, flow))
        else:
            layers.append(_step(use.word, use.arguments, use.call, flow))
    functional: Data = {
        "inputs": {INPUT_NAMES[index]: _input(type_) for index, type_ in enumerate(model.inputs)},
        "layers": layers,
    }
    if are_said:
        functional["outputs"] = draw(_said_outputs([names[output] for output in outputs]))
    return {"functional": functional}


@st.composite
def _outputs(draw: st.DrawFn, model: Model) -> list[Tensor]:
    """The tensors that the model gives: of every layer that no other takes from, and perhaps more."""
    used = {tensor.maker for _, taken in model.nodes for tensor in _flat(taken)}
    chosen: list[Tensor] = []
    for index, (use, _) in enumerate(model.nodes):
        results = [Tensor(index, result) for result in range(len(use.outputs))]
        if index not in used or draw(st.integers(0, 7)) == 1:
            chosen.append(draw(st.sampled_from(results)))
    return chosen


def _said_outputs(names: list[str]) -> st.SearchStrategy[Any]:
    alone = [st.just(names[0])] if len(names) == 1 else []
    renamed = {f"out_{index}": name for index, name in enumerate(names)}
    return st.one_of(*alone, st.just(names), st.just({name: name for name in names}), st.just(renamed))


def _previous(model: Model, index: int) -> Tensor | None:
    if index:
        return Tensor(index - 1, 0)
    return Tensor(None, 0) if len(model.inputs) == 1 else None


def _is_named(model: Model, index: int, tensor: Tensor, *, are_said: bool) -> bool:
    """Whether somebody calls a tensor by its name: an output, or a layer that is not the next."""
    if are_said:
        return True
    return any(tensor in _flat(taken) for later, (_, taken) in enumerate(model.nodes) if later > index + 1)


def _source(use: Use, taken: tuple[Taken, ...], previous: Tensor | None, names: dict[Tensor, str]) -> Data:
    """What a step says under `from`: nothing where it takes what the layer before gave."""
    if taken == (previous,):
        return {}

    def name(tensor: Tensor) -> str:
        return "_" if tensor == previous else names[tensor]

    if all(isinstance(each, Tensor) for each in taken):
        found = [name(tensor) for tensor in _flat(taken)]
        return {"from": found[0] if len(found) == 1 else found}
    parameters = [_first_parameter(use), *(parameter.name for parameter in others(type(use.layer)))]
    return {
        "from": {
            parameter: name(each) if isinstance(each, Tensor) else [name(tensor) for tensor in each]
            for parameter, each in zip(parameters, taken, strict=False)
        }
    }


def _first_parameter(use: Use) -> str:
    return next(iter(call_signature(type(use.layer)).parameters))


def _step(word: str, arguments: Data, call: Data, flow: Data) -> Any:
    said = {**arguments, **flow}
    if call:
        said["call"] = call
    return {word: said} if said else word


def _input(type_: TensorType) -> Data:
    said: Data = {"shape": list(type_.shape[1:])}
    if type_.dtype != "float32":
        said["dtype"] = type_.dtype
    if type_.shape[0] is not None:
        said["batch_size"] = type_.shape[0]
    return said


def _flat(taken: tuple[Taken, ...]) -> list[Tensor]:
    return [tensor for each in taken for tensor in ((each,) if isinstance(each, Tensor) else each)]
