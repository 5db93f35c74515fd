"""Mistakes of names and joints: what takes what, and what is called how."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .whole import Found, Whole, by_name


def twice_the_same_name(whole: Whole) -> Iterator[Found]:
    """Two layers of one name."""
    if whole.is_sequential:
        for first, second in pairwise(whole.outer):
            changed = whole.with_(
                second.path, second.saying(name="twin"), whole.with_(first.path, first.saying(name="twin"), whole.bare)
            )
            yield Found(changed, "TS301", (*second.path, second.word, "name"))


def name_of_an_input(whole: Whole) -> Iterator[Found]:
    """A layer with the name of an input."""
    if not whole.is_sequential:
        for step in whole.outer:
            if not {"name", "as"} & set(step.said or {}):
                for name in whole.at((*whole.model, "inputs")):
                    changed = whole.with_(step.path, step.saying(name=name), whole.bare)
                    yield Found(changed, "TS301", (*step.path, step.word, "name"))


def from_nobody(whole: Whole) -> Iterator[Found]:
    """A `from` that names nobody."""
    if not whole.is_sequential:
        for step in whole.outer:
            place = (*step.path, step.word, "from")
            source = (step.said or {}).get("from", "")
            if isinstance(source, str):
                yield Found(whole.with_(step.path, step.saying(from_="nobody")), "TS302", place)
            elif isinstance(source, list):
                for index in range(len(source)):
                    yield Found(whole.with_((*place, index), "nobody"), "TS302", (*place, index))


def output_of_nobody(whole: Whole) -> Iterator[Found]:
    """An output that names nobody."""
    if not whole.is_sequential:
        for wrong, way in (("nobody", ()), (["nobody"], (0,)), ({"out": "nobody"}, ("out",))):
            place = (*whole.model, "outputs")
            yield Found(whole.with_(place, wrong, whole.bare), "TS302", (*place, *way))


def no_source(whole: Whole) -> Iterator[Found]:
    """A first layer that does not say which of several inputs it takes."""
    if not whole.is_sequential:
        first, inputs = whole.steps[0], whole.at((*whole.model, "inputs"))
        if first.path == (*whole.layers, 0) and first.layer and isinstance((first.said or {}).get("from", ""), str):
            said = {key: value for key, value in (first.said or {}).items() if key != "from"}
            changed = whole.with_(first.path, {first.word: said} if said else first.word, whole.bare)
            changed = whole.with_((*whole.model, "inputs"), {**inputs, "more": {"shape": [1]}}, changed)
            place = (*first.path, first.word) if said else first.path
            yield Found(changed, "TS303", place, is_key=bool(said))


def several_for_one(whole: Whole) -> Iterator[Found]:
    """Three tensors for a layer that takes one."""
    if not whole.is_sequential:
        (name, *_) = whole.at((*whole.model, "inputs"))
        changed, path = whole.followed({"Activation": {"activation": "relu", "from": [name, name, name]}})
        yield Found(changed, "TS304", (*path, "Activation", "from"))


def unknown_port(whole: Whole) -> Iterator[Found]:
    """A `from` with a call argument that the layer does not have."""
    if not whole.is_sequential:
        (name, *_) = whole.at((*whole.model, "inputs"))
        changed, path = whole.followed({"Identity": {"from": {"picture": name}}})
        yield Found(changed, "TS304", (*path, "Identity", "from", "picture"), is_key=True)


def unknown_call_argument(whole: Whole) -> Iterator[Found]:
    """A call argument that the layer does not take."""
    for step in whole.calls:
        place = (*step.path, step.word, "call", "trainning")
        yield Found(whole.with_(step.path, step.saying(call={"trainning": True})), "TS305", place, is_key=True)


def wrong_call_argument(whole: Whole) -> Iterator[Found]:
    """A call argument that is neither `true` nor `false`."""
    for step in whole.calls:
        place = (*step.path, step.word, "call", "training")
        yield Found(whole.with_(step.path, step.saying(call={"training": 3})), "TS305", place)


def source_in_a_chain(whole: Whole) -> Iterator[Found]:
    """A `from` in a chain."""
    if whole.is_sequential:
        for step in whole.outer:
            place = (*step.path, step.word, "from")
            yield Found(whole.with_(step.path, step.saying(from_="x")), "TS306", place, is_key=True)


def results_in_a_chain(whole: Whole) -> Iterator[Found]:
    """An `as` in a chain."""
    if whole.is_sequential:
        for step in whole.outer:
            place = (*step.path, step.word, "as")
            yield Found(whole.with_(step.path, step.saying(as_=["x"])), "TS306", place, is_key=True)


def no_layers(whole: Whole) -> Iterator[Found]:
    """A model without layers."""
    if whole.is_sequential:
        yield Found(whole.with_(whole.layers, [], whole.bare), "TS307", whole.layers)


def unused_layer(whole: Whole) -> Iterator[Found]:
    """A layer without effect."""
    if not whole.is_sequential and "outputs" in whole.at(whole.model):
        (name, *_) = whole.at((*whole.model, "inputs"))
        changed, path = whole.followed({"Identity": {"from": name}})
        yield Found(changed, "TS308", (*path, "Identity"), is_key=True)


def circle_of_models(whole: Whole) -> Iterator[Found]:
    """A shared model that calls itself."""
    ring = {"sequential": {"input": {"shape": [4]}, "layers": ["ReLU", "ring"]}}
    changed = {**whole.data, "shared": {**whole.data.get("shared", {}), "ring": ring}}
    yield Found(changed, "TS310", ("shared", "ring"), is_key=True)


def nothing_to_freeze(whole: Whole) -> Iterator[Found]:
    """A pattern that no layer fits."""
    place = (*whole.model, "freeze")
    yield Found(whole.with_(place, ["nobody_*"]), "TS311", (*place, 0))


def two_callers(whole: Whole) -> Iterator[Found]:
    """Something shared that two models call."""
    kind = whole.kind
    inner = {"layers": ["twice"]} if whole.is_sequential else {"inputs": {"t": None}, "layers": ["twice"]}
    changed, path = whole.followed("twice", {kind: inner})
    changed["shared"] = {**changed.get("shared", {}), "twice": "Identity"}
    yield Found(changed, "TS314", (*path, kind, "layers", 0))


MISTAKES = by_name(
    from_nobody,
    twice_the_same_name,
    name_of_an_input,
    output_of_nobody,
    no_source,
    several_for_one,
    unknown_port,
    unknown_call_argument,
    wrong_call_argument,
    source_in_a_chain,
    results_in_a_chain,
    no_layers,
    unused_layer,
    circle_of_models,
    nothing_to_freeze,
    two_callers,
)
