"""Steps that are alike, written as a repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from .runs import Data, Steps, is_plain, literal, runs, said_of, without_source


def alike(steps: Steps) -> Iterator[tuple[int, int, int]]:
    """Where runs begin and end that say the same steps over and over, and how many steps those are."""
    for start, end in runs(steps):
        for period in range(1, (end - start) // 2 + 1):
            source, run = without_source(steps[start:end])
            if (end - start) % period == 0 and not source and _differing(run, period) is not None:
                yield start, end, period


def repeated(draw: st.DrawFn, spec: Data, run: Steps, period: int, name: str) -> Data:
    """Steps that say the same over and over, said once: how often, for which values, or by the number of the turn."""
    body = run[:period]
    times: Any = len(run) // period
    lists: Data = {}
    said: Data = {}
    word = draw(st.sampled_from(["index", "i"]))
    for place, keys in enumerate(_differing(run, period) or ()):
        for key in keys:
            values = [next(iter(step.values()))[key] for step in run[place::period]]
            how = draw(st.sampled_from([_of_a_list, _by_index]))
            body = [*body[:place], _with(body[place], key, how(lists, key, place, values, word)), *body[place + 1 :]]
    if word in str(body) and word != "index":
        said["index"] = word
    if lists:
        return {"repeat": {"for": lists, **said, "layers": body}}
    if draw(st.booleans()):
        spec.setdefault("vars", {})[name] = times
        times = f"${{{name}}}"
    return {"repeat": {"times": times, **said, "layers": body}}


def _of_a_list(lists: Data, key: str, place: int, values: list[Any], word: str) -> str:
    del word
    name = f"its_{key}" if place == 0 else f"its_{key}_{place}"
    lists[name] = values
    return f"${{{name}}}"


def _by_index(lists: Data, key: str, place: int, values: list[Any], word: str) -> str:
    del lists, key, place
    first, second = values[:2]
    if all(type(value) is int for value in values):
        step = second - first
        if values == [first + step * turn for turn in range(len(values))]:
            return f"${{{first} + {literal(step)} * {word}}}"
    return f"${{{literal(values)}[{word}]}}"


def _with(step: Data, key: str, value: Any) -> Data:
    ((word, said),) = step.items()
    return {word: {**said, key: value}}


def _differing(run: Steps, period: int) -> list[list[str]] | None:
    """For each step that comes again, the arguments in which its turns differ; None where they differ otherwise."""
    found = [_differing_turns(run[place::period]) for place in range(period)]
    return [keys for keys in found if keys is not None] if None not in found else None


def _differing_turns(turns: Steps) -> list[str] | None:
    words = {step if isinstance(step, str) else next(iter(step)) for step in turns}
    if len(words) > 1 or any(isinstance(step, dict) and (len(step) > 1 or not said_of(step)) for step in turns):
        return None
    first, *rest = ({} if isinstance(step, str) else next(iter(step.values())) for step in turns)
    if any(set(said) != set(first) for said in rest):
        return None
    keys = [key for key in first if any(said[key] != first[key] for said in rest)]
    return keys if all(is_plain(key, said[key]) for key in keys for said in (first, *rest)) else None
