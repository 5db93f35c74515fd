"""A mapping given by a Python caller becomes a tree without places."""

from __future__ import annotations

import math
from collections import OrderedDict
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest

from tfspec.diagnostics import Problem, SpecError
from tfspec.source import tree_from_data
from tfspec.source.limits import MAX_DEPTH


class Scalar:
    """What array libraries give for one number."""

    shape: tuple[int, ...] = ()

    def __init__(self, value: object) -> None:
        self.value = value

    def item(self) -> object:
        """The number itself."""
        return self.value


class Vector(Scalar):
    """An array of one element, which is still an array."""

    shape = (1,)


class Name(str):
    """A text with more to it."""

    __slots__ = ()


class Size(IntEnum):
    """A number with a name."""

    SMALL = 3


def problems_of(data: object) -> list[Problem]:
    with pytest.raises(SpecError) as caught:
        tree_from_data(data)
    return caught.value.problems


def test_what_is_taken() -> None:
    data = OrderedDict(
        {"a": (1, [2.5]), 3: Scalar(0.5), Name("k"): Name("v"), "e": Size.SMALL, "i": math.inf, "n": None}
    )
    tree = tree_from_data(data)
    assert tree.data == {"a": [1, [2.5]], "3": 0.5, "k": "v", "e": 3, "i": math.inf, "n": None}
    assert {type(part.content) for _, part in tree.walk()} <= {dict, list, int, float, str, type(None)}
    assert all(type(key) is str for path, _ in tree.walk() for key in path if not isinstance(key, int))


@pytest.mark.parametrize(
    ("value", "message", "cure"),
    [
        ({1, 2}, "a set", "list"),
        (Path("a"), "Path`", "str(path)"),
        (b"x", "bytes", "decode"),
        (len, "`len`", "Dense"),
        (Path, "`Path`", "Dense"),
        (1j, "`complex`", "Dense"),
        (Vector(1), "`Vector`", "Dense"),
        (Scalar([1]), "`Scalar`", "Dense"),
    ],
)
def test_what_is_not(value: object, message: str, cure: str) -> None:
    (problem,) = problems_of({"a": [0, value]})
    assert problem.code == "TS023"
    assert problem.pointer == "/a/1"
    assert problem.span is None
    assert message in problem.message
    assert cure in (problem.help or "")


def test_all_problems_come_together() -> None:
    huge = 10**300
    problems = problems_of({"a": huge, "b": "\ud800", "c": {1: 0, "1": 0}, "d": {None: 1, True: 2}, "e": ...})
    assert [(problem.code, problem.pointer) for problem in problems] == [
        *(("TS020", "/a"), ("TS021", "/b"), ("TS012", "/c/1"), ("TS013", "/d"), ("TS013", "/d"), ("TS023", "/e")),
    ]


def test_a_value_that_contains_itself() -> None:
    data: dict[str, Any] = {"a": [1]}
    data["a"].append(data["a"])
    (problem,) = problems_of(data)
    assert (problem.code, problem.pointer) == ("TS017", "/a/1")


def test_the_same_value_may_stand_twice() -> None:
    layer = {"Dense": {"units": 1}}
    assert tree_from_data({"a": [layer, layer]}).data == {"a": [layer, layer]}


def test_too_deep() -> None:
    value: object = 1
    for _ in range(MAX_DEPTH):
        value = [value]
    (problem,) = problems_of({"a": value})
    assert problem.code == "TS018"


def test_too_many_values() -> None:
    value: list[object] = [1]
    for _ in range(40):
        value = [value, value]
    (problem,) = problems_of({"a": value})
    assert problem.code == "TS019"


def test_too_deep_by_sharing() -> None:
    low: object = 1
    for _ in range(MAX_DEPTH // 2):
        low = [low]
    low = [low, [0]]
    high = low
    for _ in range(MAX_DEPTH // 2):
        high = [high, [0]]
    (problem,) = problems_of({"a": low, "b": high})
    assert problem.code == "TS018"
    assert len(list(tree_from_data({"a": low, "b": [low, 1]}).walk())) == 1 + 54 + 56


@pytest.mark.parametrize("data", [[1], "a", None, 3, ("a",)])
def test_the_top_is_a_mapping(data: object) -> None:
    (problem,) = problems_of(data)
    assert problem.code == "TS004"


def test_what_is_no_value_at_the_top() -> None:
    (problem,) = problems_of(object())
    assert problem.code == "TS023"
