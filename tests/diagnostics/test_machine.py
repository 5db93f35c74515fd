"""Problems as programs read them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tfspec.diagnostics import Label, Problem, Span, Text
from tfspec.diagnostics.machine import render_github, render_json, render_sarif

TEXT = Text("specs/a,b: 100%.yaml", "a: 1\nb: 2\n")
USE = Label(Span(Text("top.yaml", "extends: a\n"), 1, 10, 1, 11), "extended here")
PLACE = Span(TEXT, 2, 1, 2, 4, (USE,))
PLACED = Problem("TS012", "error", "`a` is given twice, 100%", ("x", "a"), PLACE, (), ("a note",), "keep\none")
BARE = Problem("TS900", "warning", "it is odd")


def test_json() -> None:
    assert json.loads(render_json([PLACED, BARE])) == {
        "problems": [
            {
                "code": "TS012",
                "severity": "error",
                "message": "`a` is given twice, 100%",
                "help": "keep\none",
                "file": "specs/a,b: 100%.yaml",
                "line": 2,
                "column": 1,
                "end_line": 2,
                "end_column": 4,
                "path": "/x/a",
                "notes": ["a note"],
                "uses": [{"file": "top.yaml", "line": 1, "column": 10, "message": "extended here"}],
            },
            {
                "code": "TS900",
                "severity": "warning",
                "message": "it is odd",
                "help": None,
                "file": None,
                "line": None,
                "column": None,
                "end_line": None,
                "end_column": None,
                "path": "",
                "notes": [],
                "uses": [],
            },
        ]
    }


def test_sarif() -> None:
    log = json.loads(render_sarif([PLACED, BARE, BARE], {"TS012": "a key that is given twice"}, "1.2.3"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("tfspec", "1.2.3")
    assert [(rule["id"], rule["shortDescription"]["text"]) for rule in driver["rules"]] == [
        ("TS012", "a key that is given twice"),
        ("TS900", "TS900"),
    ]
    first, second, _ = run["results"]
    assert (first["ruleId"], first["level"]) == ("TS012", "error")
    assert first["message"]["text"] == "`a` is given twice, 100%\na note\nkeep\none"
    (location,) = first["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}
    (related,) = first["relatedLocations"]
    assert related["message"] == {"text": "extended here"}
    assert related["physicalLocation"]["artifactLocation"] == {"uri": "top.yaml"}
    assert second == {"ruleId": "TS900", "level": "warning", "message": {"text": "it is odd"}}


def test_github() -> None:
    assert render_github([PLACED, BARE]) == (
        "::error title=TS012,file=specs/a%2Cb%3A 100%25.yaml,line=2,endLine=2,col=1,endColumn=4"
        "::`a` is given twice, 100%25%0Aa note%0Akeep%0Aone\n"
        "::warning title=TS900::it is odd\n"
    )


def test_no_problems() -> None:
    empty: list[Problem] = []
    assert json.loads(render_json(empty)) == {"problems": []}
    assert json.loads(render_sarif(empty, {}, "1"))["runs"][0]["results"] == []
    assert not render_github(empty)


TEXTS = st.text(max_size=20)
PROBLEMS = st.builds(
    Problem,
    code=st.just("TS001"),
    severity=st.sampled_from(["error", "warning"]),
    message=TEXTS,
    path=st.lists(TEXTS | st.integers(0, 9), max_size=3).map(tuple),
    span=st.none() | st.builds(Span, st.builds(Text, TEXTS, TEXTS), *[st.integers(1, 9)] * 4),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    help=st.none() | TEXTS,
)


@given(st.lists(PROBLEMS, max_size=4))
def test_any_problem_keeps_to_the_formats(problems: list[Problem]) -> None:
    found: list[dict[str, Any]] = json.loads(render_json(problems))["problems"]
    assert [it["message"] for it in found] == [problem.message for problem in problems]
    assert len(json.loads(render_sarif(problems, {}, "1"))["runs"][0]["results"]) == len(problems)
    lines = render_github(problems).split("\n")
    assert len(lines) == len(problems) + 1
    assert all(line.startswith(("::error title=TS001", "::warning title=TS001")) for line in lines[:-1])
