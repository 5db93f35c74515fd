"""Problems as values: their order, their pointers, their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.diagnostics import Code, Problem, Span, Text, has_errors, in_file_order

TEXT = Text("b.yaml", "a: 1\n" * 9)
PLACES = st.none() | st.builds(
    Span, st.sampled_from([TEXT, Text("a.yaml", "x")]), *[st.integers(1, 5)] * 4, uses=st.just(())
)


def problem(span: Span | None) -> Problem:
    return Problem("TS001", "error", "it is wrong", span=span)


@given(st.lists(PLACES, max_size=8))
def test_file_order(places: list[Span | None]) -> None:
    problems = [problem(place) for place in places]
    ordered = in_file_order(problems)
    assert set(ordered) == set(problems)
    assert len(ordered) == len(set(problems))
    keys = [(it.span.text.name, it.span.line, it.span.column) if it.span else ("", 0, 0) for it in ordered]
    assert keys == sorted(keys)
    assert in_file_order(ordered) == ordered


def test_a_problem_that_is_found_twice_is_told_once() -> None:
    place = Span(TEXT, 1, 1, 1, 2)
    assert in_file_order([problem(place), problem(None), problem(place)]) == [problem(None), problem(place)]


@pytest.mark.parametrize(
    ("path", "pointer"), [((), ""), (("a", 0, "b"), "/a/0/b"), (("a/b", "c~d"), "/a~1b/c~0d"), (("",), "/")]
)
def test_pointer(path: tuple[str | int, ...], pointer: str) -> None:
    assert Problem("TS001", "error", "it is wrong", path).pointer == pointer


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_a_text(end: str) -> None:
    assert Text("a", f"one{end}two\u2028{end}").lines == ["one", "two\u2028", ""]


def test_a_code_makes_problems_of_its_severity() -> None:
    code = Code("TS900", "a title", "Why it is so.", severity="warning")
    made = code.problem("it is odd", path=("a",), help="mend it")
    assert (made.code, made.severity, made.help, made.path) == ("TS900", "warning", "mend it", ("a",))
    assert not has_errors([made])
    assert has_errors([made, problem(None)])
    assert not has_errors([])
