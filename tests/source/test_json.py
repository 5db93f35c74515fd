"""JSON: what it means, and what people write by habit instead."""

from __future__ import annotations

import pytest

from tfspec.diagnostics import Problem, SpecError, Text
from tfspec.source import load_tree

MISTAKES = [
    ('{"a": 1,}', "TS022", 1, 8, "comma after the last", "remove"),
    ('{"a": [1, 2,\n]}', "TS022", 1, 12, "comma after the last", "remove"),
    ('{"a": 1 "b": 2}', "TS022", 1, 9, "comma is missing", "commas"),
    ("{'a': 1}", "TS022", 1, 2, "single quotes", "double quotes"),
    ("{a: 1}", "TS022", 1, 2, "`a` has no quotes", "double quotes"),
    ('{"a": relu}', "TS022", 1, 7, "`relu` has no quotes", "double quotes"),
    ('{"a": True}', "TS022", 1, 7, "`True`", "`true`"),
    ('{"a": None}', "TS022", 1, 7, "`None`", "`null`"),
    ('{"a": NaN}', "TS022", 1, 7, "`NaN`", "`.nan`"),
    ('{"a": -Infinity}', "TS022", 1, 7, "`-Infinity`", "`.inf`"),
    ('{"a": .5}', "TS022", 1, 7, "`.5`", "before the point"),
    ('{"a": 0x1F}', "TS022", 1, 7, "`0x1F`", "decimal"),
    ('{"a": 012}', "TS022", 1, 7, "`012`", "decimal"),
    ('{"a": ${n}}', "TS022", 1, 7, "`${n}`", "quotes"),
    ('{"a": 1 // one\n}', "TS022", 1, 9, "comments", "`#`"),
    ('{"a": /* one */ 1}', "TS022", 1, 7, "comments", "remove"),
    ('# spec\n{"a": 1}', "TS022", 1, 1, "comments", "remove"),
    ('{"a" 1}', "TS022", 1, 6, "colon is missing", '"key": value'),
    ('{"a": }', "TS022", 1, 7, "value is expected", "write a value"),
    ('{,"a": 1}', "TS022", 1, 2, "key is expected", "double quotes"),
    ('{"a": 1}}', "TS022", 1, 9, "end of the spec", "brackets"),
    ('{"a": "\\d"}', "TS022", 1, 8, "escape", "backslash"),
    ('{"a": "\\u12"}', "TS022", 1, 8, "escape", "backslash"),
    ('{"a": "x\ty"}', "TS022", 1, 9, "U+0009", "`\\t`"),
    ('{"a": "x\n"}', "TS009", 1, 7, "not closed on its line", "`\\n`"),
    ('{"a": "x', "TS009", 1, 7, "not closed on its line", "end the text"),
    ('{"a": [1', "TS009", 1, 7, "`[`", "`]`"),
    ('{"a": [1}', "TS009", 1, 7, "`[`", "`]`"),
    ('{"a": 1', "TS009", 1, 1, "`{`", "`}`"),
    ('{"a":', "TS009", 1, 1, "`{`", "`}`"),
    ('{"a": 1, "a": 2}', "TS012", 1, 10, "`a`", "keep one"),
    ('{"a": 1e999}', "TS020", 1, 7, "float", "quotes"),
    ('{"a": ' + "9" * 5000 + "}", "TS020", 1, 7, "5000", "quotes"),
    ('{"a": "\\ud800"}', "TS021", 1, 7, "surrogate", "both halves"),
    ("[1]", "TS004", 1, 1, "list", "tfspec: 1"),
    ("1", "TS004", 1, 1, "single value", "tfspec: 1"),
    (" \n", "TS003", 1, 1, "nothing", "tfspec"),
]


def problems_of(text: str, name: str = "spec.json") -> list[Problem]:
    with pytest.raises(SpecError) as caught:
        load_tree(Text(name, text))
    return caught.value.problems


@pytest.mark.parametrize(("text", "code", "line", "column", "message", "cure"), MISTAKES)
def test_mistake(text: str, code: str, line: int, column: int, message: str, cure: str) -> None:  # noqa: PLR0913, PLR0917 - a row of the table
    problem = problems_of(text)[0]
    assert (problem.code, problem.span and problem.span[1:3]) == (code, (line, column))
    assert message in problem.message
    assert cure in (problem.help or "")


def test_mistakes_by_habit_come_together() -> None:
    text = "{\n  'a': True, // first\n  b: [1, 2,],\n  \"c\": NaN,\n}\n"
    problems = problems_of(text)
    assert [problem.span and problem.span[1:3] for problem in problems] == [
        *((2, 3), (2, 8), (2, 14), (3, 3), (3, 11), (4, 8), (4, 11)),
    ]


def test_texts() -> None:
    text = Text("spec.JSON", '{"a":\t"\\/ \\ud83d\\ude00 \\u00e9\\n",\r\n"b\\u0041": "\x7f\u2028"}')
    tree = load_tree(text)
    assert tree.data == {"a": "/ 😀 é\n", "bA": "\x7f\u2028"}
    second = tree.child("bA")
    assert second
    assert second.key_span
    assert second.key_span[1:5] == (2, 1, 2, 10)


def test_a_text_that_begins_like_json_is_json_whatever_its_name() -> None:
    assert load_tree(Text("spec.yaml", '{\n\t"a": 1\n}')).data == {"a": 1}


def test_a_text_that_is_neither_is_told_in_the_notation_it_begins_with() -> None:
    assert [problem.code for problem in problems_of('{"a": 1 "b": 2}', "spec.yaml")] == ["TS022"]
    assert [problem.code for problem in problems_of("{a: 1 b: 2}", "spec.yaml")] == ["TS006"]


def test_yaml_in_braces_may_have_what_json_has_not() -> None:
    assert load_tree(Text("spec.yaml", '{"a": 1,} # note\n')).data == {"a": 1}
