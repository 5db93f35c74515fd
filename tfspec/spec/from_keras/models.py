"""Models: their inputs, the layers in the order in which they run, and what they give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from tfspec.catalogue import find
from tfspec.expand import RESERVED
from tfspec.files import SavedModel
from tfspec.tensors import TensorType

from .calls import Call, Result, bound, count_results, plain_arguments, read_call
from .cannot_say import CannotSayError
from .things import Arguments, Config, is_operation, plain, thing_from_config
from .vocabularies import config_with_words

MODELS = {"Sequential": "sequential", "Functional": "functional", "Model": "functional"}
"""Keras's classes of models, and the words that a spec has for them."""


def spec_from_saved(saved: SavedModel) -> dict[str, Any]:
    """The spec that says what a saved model is, as plain data, with the words that its lookups have learnt.

    Raises:
        CannotSayError: As `spec_from_config` does.
    """
    with _only_what_keras_writes():
        config = config_with_words(saved)
    return spec_from_config(config)


def spec_from_config(said: Config) -> dict[str, Any]:
    """The spec that says what a serialized Keras model is, as plain data.

    `said` is what `keras.saving.serialize_keras_object(model)` gives and `config.json` of a `.keras`
    file holds. Layers that are called several times stand under `shared`. What Keras does not save is
    lost: `autocast`, and which of several models a layer is shared by.

    Raises:
        CannotSayError: The model has something that a spec cannot say, or `said` is no model of Keras 3.
    """
    with _only_what_keras_writes():
        reader = _Reader()
        word, arguments = reader.model(said)
    shared = {"shared": reader.shared} if reader.shared else {}
    return {"tfspec": 1, **shared, "model": {word: arguments}}


@contextmanager
def _only_what_keras_writes() -> Iterator[None]:
    """Say so where a configuration does not have the form that Keras gives it."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        advice = "save it again with Keras 3"
        raise CannotSayError("the configuration is not one that Keras 3 writes", advice) from None
    except RecursionError:
        raise CannotSayError("the configuration holds too many things inside one another") from None


class Callee(NamedTuple):
    """A layer, or a model among layers: its word, and its arguments."""

    word: str
    arguments: Arguments
    is_model: bool = False


class _Reader:
    """One serialized model; `shared` collects what is used more than once."""

    def __init__(self) -> None:
        self.shared: dict[str, Any] = {}

    def model(self, said: Config) -> tuple[str, Arguments]:
        """The word and the arguments of a model."""
        word = MODELS.get(said["class_name"])
        if word is None or not str(said.get("module") or "").startswith("keras"):
            raise CannotSayError(
                f"`{said['class_name']}` is a class of its own, which a spec cannot say",
                "build the model with `keras.Sequential` or `keras.Model(inputs, outputs)`",
            )
        config = said["config"]
        own = {"name": config["name"], **({} if config.get("trainable", True) else {"trainable": False})}
        if word == "sequential":
            return word, own | self._sequential(config)
        return word, own | _Functional(self, config).read()

    def _sequential(self, config: Config) -> Arguments:
        layers = config["layers"]
        if not layers or layers[0]["class_name"] != "InputLayer":
            raise CannotSayError(
                f"the model `{config['name']}` does not say what it takes",
                "put a `keras.Input` first, or call it before it is saved",
            )
        given = _input(layers[0]["config"])
        steps = []
        for each in layers[1:]:
            word, arguments, _ = self.callee(each)
            steps.append({word: arguments})
        return {"input": {**given, "name": layers[0]["config"]["name"]}, "layers": steps}

    def callee(self, said: Config) -> Callee:
        """The layer or the model that an entry among layers is."""
        if "layers" in said["config"] and find("layer", said["class_name"]) is None:
            return Callee(*self.model(said), is_model=True)
        cls, arguments = thing_from_config(said, "layer")
        return Callee(cls.spelling(), arguments)

    def share(self, callee: Callee) -> str:
        """The word of something that is used more than once, under which it stands from now on."""
        arguments = {key: value for key, value in callee.arguments.items() if key != "name"}
        word = self._free_word(callee.arguments["name"])
        self.shared[word] = {callee.word: arguments} if arguments else callee.word
        return word

    def _free_word(self, name: str) -> str:
        """A word for something shared: its name, as far as the language allows."""
        word = re.sub(r"[^a-z0-9_]", "_", name.lower())
        if not word[:1].isalpha() or word in RESERVED:
            word = f"shared_{word}"
        return _free(word, set(self.shared))


class _Functional:
    """One functional model: its layers, and the names of what flows between them."""

    def __init__(self, reader: _Reader, config: Config) -> None:
        self.reader = reader
        models = {each["config"]["name"] for each in config["layers"] if MODELS.get(each["class_name"]) == "functional"}
        self.output_layers = _from_zero(config["output_layers"], models)
        self.entries: dict[str, Config] = {each["config"]["name"]: each for each in config["layers"]}
        self.input_layers = config["input_layers"]
        self.taken = set(self.entries)
        self.names: dict[Result, str] = {}
        self.types: dict[Result, TensorType] = {}
        self.steps: list[Any] = []
        self.previous: str | None = None

    def read(self) -> Arguments:
        """The model's inputs, layers and outputs."""
        inputs = {}
        for result in _leaves(self.input_layers):
            inputs[result.layer] = _input(self.entries[result.layer]["config"])
            self.names[result] = result.layer
        if len(inputs) == 1:
            self.previous = next(iter(inputs))
        uses = self._uses()
        times = Counter(use.layer for use in uses)
        callees = {name: self.reader.callee(said) for name, said in self.entries.items() if name in times}
        words = {name: self.reader.share(callees[name]) for name, count in times.items() if count > 1}
        for use, call in self._in_order(uses):
            self._add(use, call, callees[use.layer], words.get(use.layer))
        outputs = _named(self.output_layers, self.names)
        return {"inputs": inputs, "layers": self.steps, **({} if outputs == self.previous else {"outputs": outputs})}

    def _uses(self) -> dict[Result, Call]:
        """Every use of a layer that the outputs hang on, in the order of the layers."""
        operations = {name for name, said in self.entries.items() if is_operation(said)}
        needed: dict[Result, Call] = {}
        waiting = [result._replace(index=0) for result in _leaves(self.output_layers)]
        while waiting:
            use = waiting.pop()
            if use not in needed and use not in self.names:
                node = self.entries[use.layer]["inbound_nodes"][use.use]
                needed[use] = read_call(node, self.types, operations)
                waiting += [result._replace(index=0) for result in needed[use].needed]
        order = {name: index for index, name in enumerate(self.entries)}
        return dict(sorted(needed.items(), key=lambda item: (order[item[0].layer], item[0].use)))

    def _in_order(self, uses: dict[Result, Call]) -> Iterator[tuple[Result, Call]]:
        """Every use of a layer, after those whose results it takes, and chains as they are."""
        missing = {
            use: {each._replace(index=0) for each in call.needed} - set(self.names) for use, call in uses.items()
        }
        takers: dict[Result, list[Result]] = {}
        for use, makers in missing.items():
            for maker in makers:
                takers.setdefault(maker, []).append(use)
        ready = [use for use, makers in missing.items() if not makers][::-1]
        while ready:
            use = ready.pop()
            del missing[use]
            yield use, uses[use]
            for taker in reversed(takers.get(use, [])):
                missing[taker].remove(use)
                if not missing[taker]:
                    ready.append(taker)
        if missing:
            raise CannotSayError(f"`{next(iter(missing)).layer}` takes what nothing in the model gives")

    def _add(self, use: Result, call: Call, callee: Callee, word: str | None) -> None:
        """Write a use as a step, and name what it gives; `word` is that of a callee that is shared."""
        said = self.entries[use.layer]
        kind = None if callee.is_model else callee.word
        count = count_results(callee.word, callee.arguments, call, self.types) if kind else _count_outputs(said)
        name = _free(use.layer, self.taken - {use.layer}) if use.use == 0 else _free(f"{use.layer}_1", self.taken)
        results = [name]
        for _ in range(1, count):
            self.taken.add(results[-1])
            results.append(_free(f"{name}_1", self.taken))
        self.taken.update(results)
        self.names |= {use._replace(index=index): result for index, result in enumerate(results)}
        step = {**({} if word else callee.arguments), "name": name}
        if (source := self._source(call, kind, said)) != self.previous:
            step["from"] = source
        if count > 1:
            step["as"] = results
        if plain_values := plain_arguments(call, kind):
            step["call"] = plain_values
        self.steps.append({word or callee.word: step})
        self.previous = name

    def _source(self, call: Call, kind: str | None, said: Config) -> Any:
        """What `from` says."""
        if kind is None:
            return _alone([self.names[each] for each in _in_input_order(call, said)])
        positional, named = bound(call, kind)
        if named:
            return {key: _named(value, self.names) for key, value in named.items()}
        return _alone([self.names[each] for each in positional])


def _alone(names: list[str]) -> str | list[str]:
    return names[0] if len(names) == 1 else names


def _in_input_order(call: Call, said: Config) -> list[Result]:
    """What a model among layers is given, in the order of its inputs."""
    (given,) = call.positional
    if isinstance(given, dict):
        names = [each.layer for each in _leaves(said["config"]["input_layers"])]
        return [given[name] for name in names]
    return given if isinstance(given, list) else [given]


def _input(config: Config) -> Arguments:
    """The type of an input."""
    if config.get("sparse") or config.get("ragged") or config.get("optional"):
        kind = next(key for key in ("sparse", "ragged", "optional") if config.get(key))
        raise CannotSayError(f"the input `{config['name']}` is {kind}, which a spec cannot say")
    batch, *shape = plain(config["batch_shape"])
    given: Arguments = {"shape": shape}
    if config["dtype"] != "float32":
        given["dtype"] = plain(config["dtype"])
    if batch is not None:
        given["batch_size"] = batch
    return given


def _from_zero(structure: Any, models: set[str]) -> Any:
    """Outputs with the uses of functional models counted from 0, as elsewhere: here Keras counts them from 1."""
    if isinstance(structure, dict):
        return {key: _from_zero(each, models) for key, each in structure.items()}
    if _is_leaf(structure):
        name, use, index = structure
        return [name, use - 1 if name in models else use, index]
    return [_from_zero(each, models) for each in structure]


def _leaves(structure: Any) -> list[Result]:
    """The results in a structure of `[layer, use, index]`, in order."""
    if isinstance(structure, dict):
        return [leaf for each in structure.values() for leaf in _leaves(each)]
    if _is_leaf(structure):
        return [Result(*structure)]
    return [leaf for each in structure for leaf in _leaves(each)]


def _is_leaf(structure: Any) -> bool:
    return len(structure) == 3 and isinstance(structure[0], str) and isinstance(structure[1], int)  # noqa: PLR2004 - so it is written


def _named(structure: Any, names: dict[Result, str]) -> Any:
    """The names of results, in their structure."""
    if isinstance(structure, Result):
        return names[structure]
    if isinstance(structure, dict):
        return {key: _named(each, names) for key, each in structure.items()}
    return names[Result(*structure)] if _is_leaf(structure) else [_named(each, names) for each in structure]


def _count_outputs(said: Config) -> int:
    """How many tensors a model among layers gives."""
    outputs = said["config"].get("output_layers")
    return len(_leaves(outputs)) if outputs else 1


def _free(name: str, taken: set[str]) -> str:
    """A name, or the next one that is free: `dense_1` comes after `dense`, `dense_2` after `dense_1`."""
    stem, mark, number = name.rpartition("_")
    count = int(number) if mark and number.isdecimal() else None
    while name in taken:
        count = 1 if count is None else count + 1
        name = f"{stem if mark and number.isdecimal() else name}_{count}"
        stem, mark, number = name.rpartition("_")
    return name
