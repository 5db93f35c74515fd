"""Mistakes of what is written out: values, variables, blocks, repeats and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfspec.diagnostics import Path

from .whole import Data, Found, Step, Whole, by_name

TOWER: Data = {
    "params": {"units": None, "rate": 0.5},
    "layers": [{"Dense": {"units": "${units}"}}, {"Dropout": {"rate": "${rate}"}}],
}
"""A block that needs to be told one thing, and can be told another."""


def unknown_variable(whole: Whole) -> Iterator[Found]:
    """A variable that there is not."""
    for place in _values(whole):
        yield Found(whole.with_(place, "${nobody}"), "TS102", place)


def broken_expression(whole: Whole) -> Iterator[Found]:
    """An expression without its end."""
    for place in _values(whole):
        yield Found(whole.with_(place, "${nobody +}"), "TS102", place)


def wrong_reckoning(whole: Whole) -> Iterator[Found]:
    """A division by zero."""
    for place in _values(whole):
        yield Found(whole.with_(place, "${1 / 0}"), "TS102", place)


def unusable_variable(whole: Whole) -> Iterator[Found]:
    """A variable of which no expression can speak."""
    yield Found(_with_vars(whole, {"hidden-units": 3}), "TS103", ("vars", "hidden-units"), is_key=True)


def circle_of_variables(whole: Whole) -> Iterator[Found]:
    """Variables that are made from each other."""
    yield Found(_with_vars(whole, {"one": "${other}", "other": "${one + 1}"}), "TS104", ("vars", "one"))


def idle_variable(whole: Whole) -> Iterator[Found]:
    """A variable that nothing uses."""
    yield Found(_with_vars(whole, {"idle": 3}), "TS119", ("vars", "idle"), is_key=True)


def wrong_profile(whole: Whole) -> Iterator[Found]:
    """A profile that is a list."""
    yield Found({**whole.data, "profiles": {"quick": [1, 2]}}, "TS118", ("profiles", "quick"))


def misspelt_word(whole: Whole) -> Iterator[Found]:
    """A misspelt block, or a misspelt name of something shared."""
    for step in whole.steps:
        if step.word in {**whole.data.get("blocks", {}), **whole.data.get("shared", {})}:
            wrong = step._replace(word=f"{step.word}ed")
            changed = whole.with_(step.path, wrong.word if step.said is None else {wrong.word: step.said})
            yield Found(changed, "TS115", wrong.place, is_key=wrong.is_key)


def capital_block(whole: Whole) -> Iterator[Found]:
    """A block in capital letters."""
    changed = {**whole.data, "blocks": {**whole.data.get("blocks", {}), "Tower": TOWER}}
    yield Found(changed, "TS103", ("blocks", "Tower"), is_key=True)


def block_and_shared(whole: Whole) -> Iterator[Found]:
    """A block with the name of something shared."""
    changed = _with_tower(whole.data)
    changed["shared"] = {**changed.get("shared", {}), "tower": "ReLU"}
    yield Found(changed, "TS108", ("shared", "tower"), is_key=True)


def misspelt_key_of_a_block(whole: Whole) -> Iterator[Found]:
    """A misspelt key of a block."""
    changed = _with_tower(whole.data, {"layer": ["ReLU"]})
    yield Found(changed, "TS110", ("blocks", "tower", "layer"), is_key=True)


def missing_parameter(whole: Whole) -> Iterator[Found]:
    """A use of a block without a parameter that it needs."""
    for said, way, is_key in (("tower", (), False), ({"tower": {"rate": 0.1}}, ("tower",), True)):
        for place, changed in _with_step(whole, said):
            yield Found(_with_tower(changed), "TS111", (*place, *way), is_key=is_key)


def unknown_parameter(whole: Whole) -> Iterator[Found]:
    """A use of a block with a parameter that it does not have."""
    for place, changed in _with_step(whole, {"tower": {"units": 3, "colour": 1}}):
        yield Found(_with_tower(changed), "TS111", (*place, "tower", "colour"), is_key=True)


def number_for_parameters(whole: Whole) -> Iterator[Found]:
    """A use of a block with a number in place of parameters."""
    for place, changed in _with_step(whole, {"tower": 3}):
        yield Found(_with_tower(changed), "TS111", (*place, "tower"))


def recursive_block(whole: Whole) -> Iterator[Found]:
    """A block that uses itself."""
    for _, changed in _with_step(whole, "tower"):
        yield Found(_with_tower(changed, {"layers": ["ReLU", "tower"]}), "TS104", ("blocks", "tower", "layers", 1))


def hidden_name(whole: Whole) -> Iterator[Found]:
    """A block that takes something outside of it."""
    for _, changed in _with_step(whole, "tower"):
        block: Data = {"layers": ["ReLU", {"ReLU": {"from": "outside"}}]}
        place: Path = ("blocks", "tower", "layers", 1, "ReLU", "from")
        yield Found(_with_tower(changed, block), "TS112", place)


def twin_in_a_block(whole: Whole) -> Iterator[Found]:
    """Two layers of one name in a block."""
    for _, changed in _with_step(whole, "tower"):
        block: Data = {"layers": [{"ReLU": {"name": "twin"}}, {"ReLU": {"name": "twin"}}]}
        yield Found(_with_tower(changed, block), "TS117", ("blocks", "tower", "layers", 1, "ReLU", "name"))


def lists_of_two_lengths(whole: Whole) -> Iterator[Found]:
    """A repeat over lists of two lengths."""
    for step in _wrapped(whole):
        changed = _repeated(whole, step, {"for": {"one": [1, 2], "other": [3]}})
        yield Found(changed, "TS113", (*step.path, "repeat", "for"), is_key=True)


def text_for_times(whole: Whole) -> Iterator[Found]:
    """A repeat that does not say a number of times."""
    for step in _wrapped(whole):
        for times in ("thrice", -1, 1.5):
            yield Found(_repeated(whole, step, {"times": times}), "TS113", (*step.path, "repeat", "times"))


def times_and_for(whole: Whole) -> Iterator[Found]:
    """A repeat that says twice how often."""
    for step in _wrapped(whole):
        changed = _repeated(whole, step, {"times": 1, "for": {"one": [1]}})
        yield Found(changed, "TS113", (*step.path, "repeat"), is_key=True)


def misspelt_key_of_a_repeat(whole: Whole) -> Iterator[Found]:
    """A misspelt key of a repeat."""
    for step in _wrapped(whole):
        changed = _repeated(whole, step, {"time": 1})
        yield Found(changed, "TS113", (*step.path, "repeat", "time"), is_key=True)


def undecided_condition(whole: Whole) -> Iterator[Found]:
    """A condition that is a number."""
    for step in _wrapped(whole):
        changed = whole.with_(step.path, {"if": 3, "then": [whole.at(step.path)]})
        yield Found(changed, "TS114", (*step.path, "if"))


def misspelt_branch(whole: Whole) -> Iterator[Found]:
    """A condition with a branch that there is not."""
    for step in _wrapped(whole):
        changed = whole.with_(step.path, {"if": True, "then": [whole.at(step.path)], "otherwise": []})
        yield Found(changed, "TS114", (*step.path, "otherwise"), is_key=True)


def _values(whole: Whole) -> Iterator[Path]:
    """The arguments of layers, and some of the rest, that can be computed."""
    for step in whole.calls:
        yield from ((*step.place, key) for key in step.said or {})
    yield from (
        (*whole.model, "input", "shape") if whole.is_sequential else (*whole.model, "inputs", name)
        for name in _names(whole)
    )
    yield from (("compile", key) for key in whole.data.get("compile", {}))


def _names(whole: Whole) -> list[str]:
    return ["input"] if whole.is_sequential else list(whole.at((*whole.model, "inputs")))


def _with_vars(whole: Whole, more: Data) -> Data:
    return {**whole.data, "vars": {**whole.data.get("vars", {}), **more}}


def _with_tower(data: Data, block: Data = TOWER) -> Data:
    return {**data, "blocks": {**data.get("blocks", {}), "tower": block}}


def _with_step(whole: Whole, said: Any) -> Iterator[tuple[Path, Data]]:
    """The spec with a step more, behind any other of the model; and the way to it."""
    layers = whole.at(whole.layers)
    for index in range(1, len(layers) + 1):
        yield (*whole.layers, index), whole.with_(whole.layers, [*layers[:index], said, *layers[index:]])


def _wrapped(whole: Whole) -> list[Step]:
    """The steps that a repeat or a condition may hold."""
    return [step for step in whole.steps if step.path[:-1] == whole.layers]


def _repeated(whole: Whole, step: Step, said: Data) -> Data:
    return whole.with_(step.path, {"repeat": {**said, "layers": [whole.at(step.path)]}})


MISTAKES = by_name(
    unknown_variable,
    broken_expression,
    wrong_reckoning,
    unusable_variable,
    circle_of_variables,
    idle_variable,
    wrong_profile,
    misspelt_word,
    capital_block,
    block_and_shared,
    misspelt_key_of_a_block,
    missing_parameter,
    unknown_parameter,
    number_for_parameters,
    recursive_block,
    hidden_name,
    twin_in_a_block,
    lists_of_two_lengths,
    text_for_times,
    times_and_for,
    misspelt_key_of_a_repeat,
    undecided_condition,
    misspelt_branch,
)
