"""The same network, written otherwise: with blocks, repeats, conditions and variables, or with models among its layers.

Specs are changed as plain data. What is folded is a run of steps that nobody calls by name, each of which
takes what the one before gave.
"""

from __future__ import annotations

import copy
import keyword
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]
Steps = list[Any]

MOST_FOLDS = 3


@st.composite
def folded(draw: st.DrawFn, spec: Data) -> Data:
    """A spec of the same network, parts of which are written as blocks, repeats, conditions or with variables.

    >>> folded({"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["ELU"]}}}).example()
    {'tfspec': 1, 'model': {'sequential': {'input': ..., 'layers': ['part_0']}}, 'blocks': {'part_0': ...}}
    """
    changed = copy.deepcopy(spec)
    model = next(iter(changed["model"].values()))
    for number in range(draw(st.integers(1, MOST_FOLDS))):
        steps = model["layers"]
        found = list(_runs(steps))
        if not found:
            break
        alike = [(start, end) for start, end in found if end > start + 1 and _differing(steps[start:end]) is not None]
        start, end = draw(st.one_of(st.sampled_from(found), st.sampled_from(alike or found)))
        fold = draw(st.sampled_from((_as_repeat, *FOLDS) if (start, end) in alike else FOLDS))
        run: Steps = steps[start:end]
        steps[start:end] = [fold(changed, run, f"part_{number}")]
    return changed


@st.composite
def nested(draw: st.DrawFn, spec: Data) -> Data:
    """A spec, some layers of which are a model of their own among the others: where they stood, or shared."""
    graph = spec["model"]["functional"]
    found = list(_runs(graph["layers"]))
    if not found:
        return spec
    start, end = draw(st.sampled_from(found))
    source, run = _without_source(graph["layers"][start:end])
    word = draw(st.sampled_from(["sequential", "functional"]))
    inner: Data = {**({"inputs": {"t": None}} if word == "functional" else {}), "layers": run}
    shared: Data = spec["shared"]
    steps: Steps = [{word: {**inner, **source}}]
    if uses := draw(st.integers(0, 2)):
        shared = {**shared, "inner": {word: inner}}
        steps = [{"inner": {**source, "name": "before"}}, {"inner": source} if source else "inner"][-uses:]
    layers = [*graph["layers"][:start], *steps, *graph["layers"][end:]]
    return {"shared": shared, "model": {"functional": {**graph, "layers": layers}}}


def _runs(steps: Steps) -> Iterator[tuple[int, int]]:
    """Where runs begin and end that may become one step, the shortest first."""
    for length in range(1, len(steps) + 1):
        for start in range(len(steps) + 1 - length):
            first, *rest = steps[start : start + length]
            is_free = all("from" not in said for step in rest for said in _said(step))
            takes_one = all(isinstance(said.get("from", ""), str) for said in _said(first))
            unnamed = not any({"name", "as"} & set(said) for step in (first, *rest) for said in _said(step))
            visible = not any(map(_takes_by_name, (first, *rest)))
            if is_free and takes_one and unnamed and visible:
                yield start, start + length


def _said(step: Any) -> list[Data]:
    """What a step says of its layer; nothing for a name alone."""
    return [said for said in step.values() if isinstance(said, dict)] if isinstance(step, dict) else []


def _takes_by_name(step: Any) -> bool:
    """Whether a step inside a condition or a repeat takes something by its name, which a block would not see."""
    if not isinstance(step, dict):
        return False
    body = step["then"] if "if" in step else step["repeat"]["layers"] if "repeat" in step else []
    return any(_takes_by_name(inner) or any("from" in said for said in _said(inner)) for inner in body)


def _without_source(run: Steps) -> tuple[Data, Steps]:
    """What the first step takes, and the steps without that."""
    for said in _said(run[0]):
        if "from" in said:
            ((word, _),) = run[0].items()
            rest = {key: value for key, value in said.items() if key != "from"}
            return {"from": said["from"]}, [{word: rest} if rest else word, *run[1:]]
    return {}, run


def _as_block(spec: Data, run: Steps, name: str) -> Any:
    """A block, whose parameter is an argument of one of its layers, where one has a plain value."""
    source, run = _without_source(copy.deepcopy(run))
    block: Data = {"layers": run}
    given: Data = {}
    if place := _plain_argument(run):
        said, key = place
        parameter = f"its_{key}"  # since a block has a `name` and a `trainable` of its own
        block = {"params": {parameter: None}, **block}
        given, said[key] = {parameter: said[key]}, f"${{{parameter}}}"
    spec.setdefault("blocks", {})[name] = block
    return {name: {**given, **source}} if given or source else name


def _as_repeat(spec: Data, run: Steps, name: str) -> Any:
    """A repeat: of all steps at once where they are alike, else once."""
    del spec, name
    source, plain = _without_source(run)
    keys = _differing(plain)
    if keys is None or source:
        return {"repeat": {"times": 1, "layers": run}}
    if not keys:
        return {"repeat": {"times": len(plain), "layers": plain[:1]}}
    ((word, said),) = plain[0].items()
    lists = {f"its_{key}": [step[word][key] for step in plain] for key in keys}
    return {"repeat": {"for": lists, "layers": [{word: {**said, **{key: f"${{its_{key}}}" for key in keys}}}]}}


def _as_branch(spec: Data, run: Steps, name: str) -> Any:
    """A condition that holds."""
    spec.setdefault("vars", {})[name] = True
    return {"if": f"${{{name}}}", "then": run}


def _with_variable(spec: Data, run: Steps, name: str) -> Any:
    """A step as it was, with an argument from `vars`; several stand in a repeat."""
    run = copy.deepcopy(run)
    if place := _plain_argument(run):
        said, key = place
        spec.setdefault("vars", {})[name] = said[key]
        said[key] = f"${{{name}}}"
    return run[0] if len(run) == 1 else {"repeat": {"times": 1, "layers": run}}


FOLDS: tuple[Callable[[Data, Steps, str], Any], ...] = (_as_repeat, _as_block, _as_branch, _with_variable)


def _plain_argument(run: Steps) -> tuple[Data, str] | None:
    """The first argument with a number or a word as its value."""
    for step in run:
        for said in _said(step) if not {"repeat", "if"} & set(step) else ():
            for key, value in said.items():
                if _is_plain(key, value) and key != "from":
                    return said, key
    return None


def _differing(run: Steps) -> list[str] | None:
    """The arguments in which steps of one layer differ; None where they differ in more than plain values."""
    words = {step if isinstance(step, str) else next(iter(step)) for step in run}
    if len(words) > 1 or any(not isinstance(step, str) and len(step) > 1 for step in run):
        return None
    first, *rest = ({} if isinstance(step, str) else next(iter(step.values())) for step in run)
    if any(not isinstance(said, dict) or set(said) != set(first) for said in (first, *rest)):
        return None
    keys = [key for key in first if any(said[key] != first[key] for said in rest)]
    return keys if all(_is_plain(key, said[key]) for key in keys for said in (first, *rest)) else None


def _is_plain(key: str, value: Any) -> bool:
    is_word = isinstance(value, str) and value.isidentifier()
    return not keyword.iskeyword(key) and (isinstance(value, (bool, int, float)) or is_word)
