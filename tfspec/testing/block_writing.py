"""Steps that take and give several tensors, written as a block."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from .runs import Data, Steps, body_of, is_layer, said_of

PREVIOUS = "_"


def enclosable(graph: Data) -> Iterator[tuple[int, int]]:
    """Where runs of steps begin and end that may become a block, whatever they take and give: the shortest first.

    The model's outputs are not among what they make, since those are called like their layers.
    """
    steps = graph["layers"]
    for length in range(1, len(steps) + 1):
        for start in range(len(steps) + 1 - length):
            run = steps[start : start + length]
            is_shown = not set(_made(run)).isdisjoint(_outputs(graph))
            if all(map(is_layer, run)) and not is_shown and _results(graph, start, start + length):
                yield start, start + length


def enclosed(graph: Data, start: int, end: int, name: str) -> tuple[Data, Any]:
    """A block of some steps of a graph, and the step that uses it."""
    run = _with_sources(copy.deepcopy(graph["layers"][start:end]))
    made = set(_made(run))
    taken = list(dict.fromkeys(source for step in run for source in _sources(step) if source not in made))
    taken = [source for source in taken if source != PREVIOUS or source in _sources(run[0])]
    inputs = {source: "input" if len(taken) == 1 else f"taken_{index}" for index, source in enumerate(taken)}
    results = _results(graph, start, end)
    block: Data = {"inputs": list(inputs.values())} if len(taken) > 1 else {}
    block["layers"] = [_rewired(step, inputs if index == 0 else _named(inputs)) for index, step in enumerate(run)]
    use: Data = {} if taken == [PREVIOUS] else {"from": taken if len(taken) > 1 else taken[0]}
    if results != [PREVIOUS]:
        block["outputs"] = [_last_name(block["layers"]) if result == PREVIOUS else result for result in results]
        names = [f"{name}_last" if result == PREVIOUS else result for result in results]
        use |= {"name": names[0]} if len(names) == 1 else {"as": names}
    return block, {name: use} if use else name


def _with_sources(run: Steps) -> Steps:
    """The steps, the first of which says what it takes."""
    if any("from" in said for said in said_of(run[0])):
        return run
    ((word, said),) = run[0].items() if isinstance(run[0], dict) else ((run[0], {}),)
    return [{word: {**said, "from": PREVIOUS}}, *run[1:]]


def _named(inputs: dict[str, str]) -> dict[str, str]:
    """The inputs without the one that came before the block: behind the first step, `_` is of the block itself."""
    return {source: word for source, word in inputs.items() if source != PREVIOUS}


def _results(graph: Data, start: int, end: int) -> list[str]:
    """What the steps give to others, by name; `_` for the latest, which the step behind takes without one."""
    steps = graph["layers"]
    behind = steps[end:]
    if behind:
        follows = not any("from" in said for said in said_of(behind[0])) or PREVIOUS in _sources(behind[0])
    else:
        follows = "outputs" not in graph
    wanted = {source for step in behind for source in _sources(step)}
    made = [name for name in _made(steps[start:end]) if name in wanted]
    last = _made(steps[end - 1 : end])[:1]
    if not follows:
        return made
    return [*(last or [PREVIOUS]), *(name for name in made if name not in last)]


def _made(run: Steps) -> list[str]:
    """The names of what steps give."""
    return [name for step in run for said in said_of(step) for name in said.get("as", [said.get("name")]) if name]


def _outputs(graph: Data) -> list[str]:
    said = graph.get("outputs", [])
    return [said] if isinstance(said, str) else list(said.values()) if isinstance(said, dict) else said


def _sources(step: Any) -> list[str]:
    found = [source for inner in body_of(step) for source in _sources(inner)]
    for said in said_of(step):
        _changed(said.get("from", []), lambda name: found.append(name) or name)  # type: ignore[func-returns-value] # it notes every name
    return found


def _rewired(step: Any, inputs: dict[str, str]) -> Any:
    """A step that takes the block's inputs in place of what they stand for."""
    for said in said_of(step):
        if "from" in said:
            said["from"] = _changed(said["from"], lambda name: inputs.get(name, name))
    return step


def _changed(source: Any, change: Callable[[str], str]) -> Any:
    if isinstance(source, dict):
        return {key: _changed(value, change) for key, value in source.items()}
    return [_changed(value, change) for value in source] if isinstance(source, list) else change(source)


def _last_name(layers: Steps) -> str:
    """The name of the last step, which gets one if it has none."""
    last = layers[-1]
    ((word, said),) = last.items() if isinstance(last, dict) else ((last, {}),)
    layers[-1] = {word: {**said, "name": said.get("name", "last")}}
    return str(layers[-1][word]["name"])
