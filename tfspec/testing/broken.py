"""Strategies for wrong specs: a right one with one mistake, and the problem that it must cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from tfspec.diagnostics import Path, SpecError
from tfspec.expand import expand
from tfspec.source import tree_from_data

from .mistakes import LISTS, MISTAKES, Data, Found, Whole, at
from .models import specs

TRIES = 6
"""How often another spec is drawn in place of one into which a mistake cannot be put."""

MARK = "the mistake"
"""A text that no spec holds."""


class Broken(NamedTuple):
    """A wrong spec, and what `check` must say of it: this code at this path, and no other error."""

    name: str
    data: Data
    code: str
    path: Path
    """The way that the problem tells; behind blocks and repeats it is the way in the spec that is written out."""
    place: Path
    """The way, in the spec as it is written, to what the problem's line and column show."""
    is_key: bool
    """Whether they show the key that stands there, rather than its value."""


def broken(spec: Data) -> st.SearchStrategy[Broken]:
    """A right spec with one mistake in it, which is drawn among all that are possible there.

    >>> broken({"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["ELU"]}}}).example()
    Broken(name='a misspelt layer', data={...}, code='TS204', path=('model', 'sequential', 'layers', 0), ...)
    """
    kinds: dict[str, list[Broken]] = {}
    for mistake in mistakes(spec):
        kinds.setdefault(mistake.name, []).append(mistake)
    return st.sampled_from(list(kinds.values())).flatmap(st.sampled_from)


@st.composite
def broken_specs(draw: st.DrawFn, kinds: Sequence[str] = tuple(MISTAKES)) -> Broken:
    """Wrong specs: any right spec, with one mistake of these kinds in it, each as often as the others.

    >>> broken_specs(["a merge of two sizes"]).example()
    Broken(name='a merge of two sizes', data={...}, code='TS413', path=('model', 'functional', 'layers', 2, 'Add'), ...)
    """
    kind = draw(st.sampled_from(kinds))
    found: list[Broken] = []
    for _ in range(TRIES):
        found = list(mistakes(draw(specs()), [kind]))
        if found:
            break
    assume(found)
    return draw(st.sampled_from(found))


def mistakes(spec: Data, kinds: Sequence[str] = tuple(MISTAKES)) -> Iterator[Broken]:
    """Every mistake that can be put into a right spec, and that it is not warned of as it is."""
    whole = Whole(spec)
    warned = {problem.code for problem in whole.analysis.problems}
    for kind in kinds:
        for found in (found for found in MISTAKES[kind](whole) if found.code not in warned):
            said = found.path or found.place
            path = said if found.code.startswith("TS1") else _written_out(found, said)
            if path is not None:
                yield Broken(kind, found.data, found.code, path, found.place, found.is_key)


def _written_out(found: Found, path: Path) -> Path | None:
    """Where something stands once all is written out, the first time; None where nothing comes of it."""
    steps = [
        n for n in range(2, len(found.place) + 1) if found.place[n - 2] in LISTS and isinstance(found.place[n - 1], int)
    ]
    if not steps:
        return path
    own = found.place[: steps[-1]]
    data = Whole(found.data).with_(own, _marked(at(found.data, own)))
    try:
        tree = expand(tree_from_data(data))
    except SpecError:
        return None
    ways = (way for way, each in tree.walk() if MARK in (each.content, *way[-1:]))
    way = next(ways, None)
    if way is None:
        return None
    number = max(n for n, step in enumerate(way) if isinstance(step, int))
    return (*way[: number + 1], *path[len(own) :])


def _marked(step: Any) -> Any:
    """A step with a mark in it that is found again."""
    if isinstance(step, dict) and len(step) == 1:
        ((word, said),) = step.items()
        return {word: {**said, MARK: MARK} if isinstance(said, dict) else MARK}
    return MARK
