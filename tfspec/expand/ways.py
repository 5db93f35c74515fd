"""The way to what a problem of expansion speaks of, in the spec as it was written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from tfspec.diagnostics import Path, Problem, Span, Text
from tfspec.source import Tree


def with_ways(problems: Iterable[Problem], tree: Tree) -> list[Problem]:
    """The problems, each with the way to the value at its place, where it has none yet."""
    problems = list(problems)
    ways = _ways([each.span for each in problems if each.span and not each.path], tree)
    return [replace(each, path=ways[each.span[:5]]) if each.span and not each.path else each for each in problems]


def without_places(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a spec that came as a mapping, whose places are numbers of its values."""
    return [replace(each, span=None, labels=()) for each in problems]


def numbered(tree: Tree) -> Tree:
    """A tree without places, with one for each of its values: its number, and that of the last that it holds."""
    return _numbered(tree, Text("", ""), 1, None)[0]


def _numbered(tree: Tree, text: Text, number: int, key: Span | None) -> tuple[Tree, int]:
    """A tree whose first value has this number, and the number of its last one."""
    last, content = number, tree.content
    if isinstance(content, dict):
        made: dict[str, Tree] = {}
        for name, child in content.items():
            made[name], last = _numbered(child, text, last + 1, Span(text, last + 1, 1, last + 1, 2))
        content = made
    elif isinstance(content, list):
        items: list[Tree] = []
        for child in content:
            item, last = _numbered(child, text, last + 1, None)
            items.append(item)
        content = items
    return Tree(content, Span(text, number, 3, last + 1, 1), key), last


def _ways(places: list[Span], tree: Tree) -> dict[tuple[object, ...], Path]:
    """The ways to the innermost values that hold places, or whose keys do, found in one walk through the tree."""
    places = sorted(places, key=lambda place: place[1:3])
    begins: dict[Text, list[tuple[int, ...]]] = {}
    for place in places:
        begins.setdefault(place.text, []).append(place[1:3])
    written: dict[Text, list[tuple[Span, Path]]] = {text: [] for text in begins}
    for path, each in tree.walk() if places else ():
        for span in (each.key_span, each.span):
            if span is not None and span.text in begins:
                at = bisect_left(begins[span.text], span[1:3])
                if at < len(begins[span.text]) and begins[span.text][at] <= span[3:5]:
                    written[span.text].append((span, path))
    for spans in written.values():  # as they begin, what holds others before them
        spans.sort(key=lambda each: (each[0][1:3], [-end for end in each[0][3:5]], len(each[1])), reverse=True)
    ways: dict[tuple[object, ...], Path] = {}
    open_ones: dict[Text, list[tuple[Span, Path]]] = {text: [] for text in written}
    for place in places:
        waiting, around = written[place.text], open_ones[place.text]
        while waiting and waiting[-1][0][1:3] <= place[1:3]:
            span, path = waiting.pop()
            while around and around[-1][0][3:5] <= span[1:3]:
                around.pop()
            around.append((span, path))
        ways[place[:5]] = next((path for span, path in reversed(around) if place[3:5] <= span[3:5]), ())
    return ways
