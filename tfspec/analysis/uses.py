"""The layers of two models side by side: what each use says and takes, and which is which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from tfspec.catalogue.layers.layer import Layer, call_signature
from tfspec.catalogue.models import Layered, Model
from tfspec.graph import Bound, Graph, Node, Submodel, Value

from .meaning import Meant, arguments_of
from .pairing import align
from .types import Types

Renamed = Mapping[str, str]
"""The names in the second model of the layers and inputs of the first; what is gone has one that nothing has there."""

STRUCTURE = ("name", "layers", "freeze", "input", "inputs", "outputs")
"""The arguments of a model that its graph says."""


class Network(NamedTuple):
    """A model with its types: the whole one, or one among the layers."""

    graph: Graph
    types: Types
    source: Model
    trainable: bool

    @property
    def says(self) -> Meant:
        """Its arguments, without what its graph says; models that are written out are of one kind."""
        if isinstance(self.source, Layered):
            return Meant("", {"trainable": self.trainable}, self.source.spelling())
        arguments = {key: value for key, value in arguments_of(self.source).items() if key not in STRUCTURE}
        arguments["trainable"] = self.trainable
        said = self.source.model_dump(mode="json", exclude_unset=True, by_alias=True)
        return Meant(self.source.spelling(), arguments, {self.source.written: said} if said else self.source.written)

    @property
    def inputs(self) -> dict[str, str]:
        """The types of its inputs by name."""
        return {given.name: str(self.types.values[Value(given.name)]) for given in self.graph.inputs}

    def outputs(self, renamed: Renamed) -> dict[str, Any]:
        """The types of its outputs by name, and what each is that is not called by its layer."""
        found: dict[str, Any] = {}
        for name, value in self.graph.outputs.items():
            own = renamed.get(name, name) if value == Value(name) else name
            found[own] = str(self.types.values[value])
            if own == name and value != Value(name):
                found[f"{name}.from"] = Meant(repr(_bound(value, renamed)), {}, value.maker)
        return found

    @property
    def written_outputs(self) -> object:
        """Its outputs as a spec would write them: one name, a list or a mapping."""
        names = {name: self.shown(value) for name, value in self.graph.outputs.items()}
        if self.graph.structure == "mapping":
            return names
        return [*names] if self.graph.structure == "list" else next(iter(names), None)

    def shared_words(self) -> Iterator[str]:
        """The words of all that is shared and used, inside of models among the layers too."""
        for use in self.uses():
            if use.node.shared:
                yield use.node.shared
            if use.inside:
                yield from use.inside.shared_words()

    def uses(self) -> list[Use]:
        """Every use of a layer, in order."""
        first: dict[str, str] = {}
        return [Use(self, node, first.setdefault(node.layer_name, node.name)) for node in self.graph.nodes]

    def shown(self, value: Value) -> str:
        """What the spec calls a value."""
        node = self.graph.node(value.maker)
        results = node.results if node else ()
        return results[value.index] if len(results) > 1 else value.maker


class Use:
    """One use of a layer with all that can be different about it; `owner` is the first use of the same layer."""

    def __init__(self, network: Network, node: Node, owner: str) -> None:
        self.network = network
        self.node = node
        self.name = node.name
        self.owner = owner
        self.inside = _inside(network.types, node)
        says = self.inside.says if self.inside else None
        self.arguments = says.arguments if says else _arguments(node)
        self.word = (says.word or "model") if says else node.kind
        weights = network.types.weights[node.layer_name] if owner == node.name else ()
        self.parameters = sum(weight.parameters for weight in weights)

    @property
    def is_named(self) -> bool:
        """Whether the spec gives it its name, rather than the order of the layers."""
        if self.node.shared:
            return self.name == self.node.layer_name
        thing: Any = self.node.layer.source if isinstance(self.node.layer, Submodel) else self.node.layer
        return thing.name is not None

    @cached_property
    def parts(self) -> list[Use]:
        """The uses inside of it where it is a model, told once however often it is called."""
        return self.inside.uses() if self.inside and self.owner == self.name else []

    @cached_property
    def key(self) -> str:
        """What two uses have in common that differ in their names and sources alone."""
        return repr((self.word, self.arguments, self.node.call, [use.key for use in self.parts]))

    def facts(self, renamed: Renamed) -> dict[str, Any]:
        """All that can be different, with the names that layers have in the other model."""
        node, network = self.node, self.network
        taken = {key: _bound(bound, renamed) for key, bound in _taken(node).items()}
        shown = {key: _shown(bound, network) for key, bound in _taken(node).items()}
        owner = self.owner if self.owner != self.name else None
        return {
            **self.arguments,
            **({"call": dict(node.call)} if node.call else {}),
            "from": Meant(repr(taken), {}, shown if node.named else [*shown.values()]),
            "weights_of": owner and Meant(renamed.get(owner, owner), {}, owner),
            "output": ", ".join(map(str, network.types.results(node))),
        }


KEYS: tuple[Callable[[Use], str], ...] = (
    lambda use: f"{use.is_named} {use.key}",
    lambda use: f"{use.is_named} {use.word}",
    lambda use: use.key,
    lambda use: use.word,
)
"""What uses have in common that may be the same one, the best first."""


def pair(old: list[Use], new: list[Use]) -> list[tuple[Use | None, Use | None]]:
    """The uses of both, each with the one that it is in the other, in the order of the second.

    A use is the one that has the same name, where both were given it. The rest are paired in their order: those
    that say the same before those of one kind, and those that both have a name or both have none before others.
    """
    named = {use.name: use for use in old if use.is_named}
    met = {
        use.name: named[use.name]
        for use in new
        if use.is_named and use.name in named and named[use.name].word == use.word
    }
    for key in KEYS:
        taken = {use.name for use in met.values()}
        left = [use for use in old if use.name not in taken]
        right = [use for use in new if use.name not in met]
        met |= {right[j].name: left[i] for i, j in align([*map(key, left)], [*map(key, right)])}
    taken = {use.name for use in met.values()}
    return [*((use, None) for use in old if use.name not in taken), *((met.get(use.name), use) for use in new)]


def renaming(pairs: list[tuple[Use | None, Use | None]], before: Network, after: Network) -> Renamed:
    """What the layers and inputs of the first model are called in the second."""
    names = {b.name: a.name for b, a in pairs if b and a} | {name: name for name in before.inputs}
    gone = [name for name in before.inputs if name not in after.inputs]
    come = [name for name in after.inputs if name not in before.inputs]
    if len(gone) == len(come):
        names |= dict(zip(gone, come, strict=True))
        gone = []
    taken = {*after.inputs, *(a.name for _, a in pairs if a)}
    gone += [b.name for b, a in pairs if b and a is None]
    return names | {name: f"{name} (removed)" if name in taken else name for name in gone}


def _inside(types: Types, node: Node) -> Network | None:
    layer = node.layer
    if not isinstance(layer, Submodel):
        return None
    return Network(layer.graph, types.inner[node.layer_name], layer.source, layer.trainable)


def _arguments(node: Node) -> dict[str, Any]:
    """All arguments of the layer of a node, without its name."""
    assert not isinstance(node.layer, Submodel)  # noqa: S101 - which has a network inside
    return {key: value for key, value in arguments_of(node.layer).items() if key != "name"}


def _taken(node: Node) -> dict[str, Bound]:
    """What a use is given: by position, and by the parameters of its call where one of these is left out."""
    names = [*call_signature(type(node.layer)).parameters] if node.named and isinstance(node.layer, Layer) else []
    return {names[i] if names else str(i): bound for i, bound in enumerate(node.positional)} | node.named


def _bound(bound: Bound, renamed: Renamed) -> object:
    """What a parameter is given, by the names of the other model."""
    if isinstance(bound, Value):
        return renamed.get(bound.maker, bound.maker), bound.index
    return [_bound(each, renamed) for each in bound]


def _shown(bound: Bound, network: Network) -> object:
    if isinstance(bound, Value):
        return network.shown(bound)
    return [_shown(each, network) for each in bound]
