"""Models: their inputs, the layers in the order in which they run, and what they give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tfspec.catalogue import find
from tfspec.tensors import TensorType

from .calls import Call, Result, bound, count_results, plain_arguments, read_call
from .cannot_say import CannotSayError
from .things import Arguments, Config, plain, thing_from_config

MODELS = {"Sequential": "sequential", "Functional": "functional", "Model": "functional"}
"""Keras's classes of models, and the words that a spec has for them."""

NOT_NAMES = ("if", "repeat", "sequential", "functional", "saved")
"""Words among layers that mean something else than a shared layer."""


def spec_from_config(said: Config) -> dict[str, Any]:
    """The spec that says what a serialized Keras model is, as plain data.

    `said` is what `keras.saving.serialize_keras_object(model)` gives and `config.json` of a `.keras`
    file holds. Layers that are called several times stand under `shared`.

    Raises:
        CannotSayError: The model has something that a spec cannot say, or `said` is no model of Keras 3.
    """
    try:
        reader = _Reader(said)
        word, arguments = reader.model(said)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        advice = "save it again with Keras 3"
        raise CannotSayError("the configuration is not one that Keras 3 writes", advice) from None
    except RecursionError:
        raise CannotSayError("the configuration holds too many things inside one another") from None
    shared = {"shared": reader.shared} if reader.shared else {}
    return {"tfspec": 1, **shared, "model": {word: arguments}}


class _Reader:
    """One serialized model; `shared` collects what is used more than once."""

    def __init__(self, said: Config) -> None:
        self.shared: dict[str, Any] = {}
        self.words: dict[int, str] = {}
        counts = Counter(each.get("shared_object_id") for each in _layers_inside(said))
        self.several = {number for number, count in counts.items() if number is not None and count > 1}

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
            word, arguments = self.callee(each)
            steps.append({word: arguments} if arguments else word)
        return {"input": {**given, "name": layers[0]["config"]["name"]}, "layers": steps}

    def callee(self, said: Config, uses: int = 1) -> tuple[str, Arguments]:
        """What a step calls: the word of a layer, a model or something shared, and its arguments."""
        number = said.get("shared_object_id")
        if uses == 1 and number not in self.several:
            return self._callee(said)
        key = number if number is not None else id(said)
        name = said["config"]["name"]
        if key not in self.words:
            self.words[key] = word = self._free_word(name)
            self.shared[word] = None  # keeps its place
            called, arguments = self._callee(said)
            arguments.pop("name", None)
            self.shared[word] = {called: arguments} if arguments else called
        return self.words[key], {"name": name}

    def _callee(self, said: Config) -> tuple[str, Arguments]:
        if "layers" in said["config"] and find("layer", said["class_name"]) is None:
            return self.model(said)
        cls, arguments = thing_from_config(said, "layer")
        return cls.spelling(), arguments

    def _free_word(self, name: str) -> str:
        """A word for something shared: its name, as far as the language allows."""
        word = re.sub(r"[^a-z0-9_]", "_", name.lower())
        if not word[:1].isalpha() or word in NOT_NAMES:
            word = f"shared_{word}"
        return _free(word, set(self.shared))


class _Functional:
    """One functional model: its layers, and the names of what flows between them."""

    def __init__(self, reader: _Reader, config: Config) -> None:
        self.reader = reader
        self.config = config
        self.entries: dict[str, Config] = {each["config"]["name"]: each for each in config["layers"]}
        self.taken = set(self.entries)
        self.names: dict[Result, str] = {}
        self.types: dict[Result, TensorType] = {}
        self.steps: list[Any] = []
        self.previous: str | None = None

    def read(self) -> Arguments:
        """The model's inputs, layers and outputs."""
        inputs = {}
        for result in _leaves(self.config["input_layers"]):
            inputs[result.layer] = _input(self.entries[result.layer]["config"])
            self.names[result] = result.layer
        if len(inputs) == 1:
            self.previous = next(iter(inputs))
        callees = {
            name: self.reader.callee(said, len(said["inbound_nodes"]))
            for name, said in self.entries.items()
            if said["class_name"] != "InputLayer" and said["inbound_nodes"]
        }
        for result, call in self._in_order(callees):
            self._add(result, call, *callees[result.layer])
        outputs = _named(self.config["output_layers"], self.names)
        return {"inputs": inputs, "layers": self.steps, **({} if outputs == self.previous else {"outputs": outputs})}

    def _in_order(self, names: dict[str, Any]) -> Iterator[tuple[Result, Call]]:
        """Every use of a layer, after those whose results it takes."""
        waiting = {
            Result(name, use): read_call(node, self.types)
            for name in names
            for use, node in enumerate(self.entries[name]["inbound_nodes"])
        }
        while waiting:
            ready = [use for use, call in waiting.items() if all(each in self.names for each in call.needed)]
            if not ready:
                raise CannotSayError(f"`{next(iter(waiting)).layer}` takes what nothing in the model gives")
            for use in ready:
                yield use, waiting.pop(use)

    def _add(self, use: Result, call: Call, word: str, arguments: Arguments) -> None:
        """Write a use as a step, and name what it gives."""
        said = self.entries[use.layer]
        is_model = find("layer", said["class_name"]) is None
        kind = None if is_model else thing_from_config(said, "layer")[0].spelling()
        count = _count_outputs(said) if kind is None else self._count(said, kind, call)
        name = _free(use.layer, self.taken - {use.layer}) if use.use == 0 else _free(f"{use.layer}_1", self.taken)
        results = [name]
        for _ in range(1, count):
            self.taken.add(results[-1])
            results.append(_free(f"{name}_1", self.taken))
        self.taken.update(results)
        self.names |= {use._replace(index=index): result for index, result in enumerate(results)}
        step = {**arguments, "name": name}
        if (source := self._source(call, kind, said)) != self.previous:
            step["from"] = source
        if count > 1:
            step["as"] = results
        if plain_values := plain_arguments(call, kind):
            step["call"] = plain_values
        self.steps.append({word: step})
        self.previous = name

    def _count(self, said: Config, kind: str, call: Call) -> int:
        return count_results(kind, thing_from_config(said, "layer")[1], call, self.types)

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


def _layers_inside(said: Config) -> Iterator[Config]:
    """The layers of a model and of the models among them."""
    config = said.get("config")
    for each in config.get("layers", ()) if isinstance(config, dict) and said.get("class_name") in MODELS else ():
        yield each
        yield from _layers_inside(each)


def _free(name: str, taken: set[str]) -> str:
    """A name, or the next one that is free: `dense_1` comes after `dense`, `dense_2` after `dense_1`."""
    stem, mark, number = name.rpartition("_")
    count = int(number) if mark and number.isdecimal() else None
    while name in taken:
        count = 1 if count is None else count + 1
        name = f"{stem if mark and number.isdecimal() else name}_{count}"
        stem, mark, number = name.rpartition("_")
    return name
