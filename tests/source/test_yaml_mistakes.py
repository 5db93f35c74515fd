"""Mistakes in YAML are told in our words, at their place, with libyaml and without it."""

from __future__ import annotations

import pytest
import yaml

from tfspec.diagnostics import Problem, SpecError, Text
from tfspec.source import load_tree
from tfspec.source import yaml as reader

MISTAKES = [
    # text, code, line, column, a piece of the message, a piece of the help
    ("a:\n\tb: 1\n", "TS007", 2, 1, "tab", "indent with spaces"),
    ("a: 1\n\tb: 2\n", "TS007", 2, 1, "tab", "indent with spaces"),
    ("a: @x", "TS010", 1, 4, "begin with `@`", '`"@x"`'),
    ("a: `x`", "TS010", 1, 4, "backtick", "in quotes"),
    ("a: %x # note", "TS010", 1, 4, "`%`", '`"%x"`'),
    ("a: [%x, 1]", "TS010", 1, 5, "`%`", '`"%x"`'),
    ('a: @"x"', "TS010", 1, 4, "`@`", "`'@\"x\"'`"),
    ("a: b: c", "TS010", 1, 4, "colon", '`"b: c"`'),
    ("a: ${x if y else {b: c}}", "TS010", 1, 4, "expression", '`"${x if y else {b: c}}"`'),
    ("- Rescaling: {scale: ${1 / 255}}\n- b", "TS010", 1, 22, "expression", '`"${1 / 255}"`'),
    ("[${a}, 1]", "TS010", 1, 2, "expression", '`"${a}"`'),
    ("a: *", "TS010", 1, 4, "no name", '`"*"`'),
    ("units:5\nname: x", "TS011", 1, 1, "`units:5`", "`units: 5`"),
    ("a: 1\nunits:5\nb: 2", "TS011", 2, 1, "`units:5`", "`units: 5`"),
    ("- Dense: {units:1}", "TS011", 1, 11, "`units:1`", "`units: 1`"),
    ("- Dense:{units: 1}", "TS011", 1, 3, "`Dense:{units`", "`Dense: {units`"),
    ("a: 'x\nb: 2\n", "TS009", 1, 4, "quote `'`", "end the text"),
    ('a: "x', "TS009", 1, 4, 'quote `"`', "end the text"),
    ("a: [1, 2\nb: 3", "TS009", 1, 4, "`[`", "`]`"),
    ("a: {b: 1\nc: 2", "TS009", 1, 4, "`{`", "`}`"),
    ("a: {b: [1, 2}", "TS009", 1, 8, "`[`", "`]`"),
    ("a: {b: 1 c: 2}", "TS006", 1, 10, "comma is missing before `c`", "comma"),
    ("a: {b: 1\n    c: 2}", "TS006", 2, 5, "comma is missing before `c`", "comma"),
    ('a: ["b" "c"]', "TS006", 1, 9, "`,` or `]`", "comma"),
    ("a: [1,,2]", "TS006", 1, 7, "before this comma", "remove"),
    ("a: ]", "TS006", 1, 4, "`]`", "remove"),
    ("{a: 1}}", "TS006", 1, 7, "end of the spec", "brackets"),
    ('a: "C:\\Users"', "TS006", 1, 7, "`\\U`", "single quotes"),
    ('a: "\\d"', "TS006", 1, 5, "`\\d`", "single quotes"),
    ("a: 'it's'", "TS006", 1, 8, "complete", "`''`"),
    ('a: "b" c', "TS006", 1, 8, "`c`", "double quotes"),
    ("a: - b", "TS006", 1, 4, "beside its key", "line of its own"),
    ("a: ? b", "TS006", 1, 4, "`?`", "quotes"),
    ("sequential\n  input: 3", "TS006", 1, 1, "`sequential`", "`sequential:`"),
    ("a: 1\nunits\nb: 2", "TS006", 2, 1, "`units`", "key: value"),
    ("a: |x\n y", "TS006", 1, 4, "next line", "quotes"),
    ("%x\na: 1", "TS006", 1, 1, "`%`", "remove"),
    ("a:\n    b: 1\n  c: 2", "TS008", 3, 3, "fits nothing", "same column"),
    ("a:\n  b: 1\n    c: 2", "TS008", 3, 5, "has its value already", "same column"),
    ("l:\n  - Dense: {units: 1}\n   - Flatten\n", "TS008", 3, 4, "fits nothing", "same column"),
    ("l:\n  - Flatten\n    - Dense\n", "TS008", 3, 5, "continues the text", "same column"),
    ("a: 1\n- b", "TS008", 2, 1, "list item", "indent"),
    ("a: !x!y 1", "TS015", 1, 4, "tag", "quotes"),
    ("a: !!python/object/apply:os.system ['echo']", "TS015", 1, 4, "`!!python/object/apply:os.system`", "Python"),
    ("a: &x !thing {b: 1}", "TS015", 1, 7, "`!thing`", "quotes"),
    ("a: [!!int 3]", "TS015", 1, 5, "`!!int`", "without the tag"),
    ("a: &name 1\nb: *nam", "TS016", 2, 4, "`&nam`", "`name`"),
    ("a: &x [1, [*x]]", "TS017", 1, 12, "`*x`", "write out"),
    ("a: {{ x }}", "TS013", 1, 5, "mapping", "write the value itself"),
    ("? [a, b]\n: c", "TS013", 1, 3, "list", "quotes"),
    ("a: &x [1]\n*x : 2", "TS013", 2, 1, "list", ""),
    ("\x85: 1", "TS013", 1, 2, "no key", "name"),
    (": 1", "TS013", 1, 1, "no key", "name"),
    ("a: 1\nb: {a: 1}\na: 2", "TS012", 3, 1, "`a`", "keep one"),
    ('1: a\n"1": b', "TS012", 2, 1, "`1`", "keep one"),
    ("a: {<<: {b: 1}}", "TS014", 1, 5, "`<<`", "write the values out"),
    ("--- \na: 1\n---\nb: 1", "TS005", 3, 1, "second document", "one spec"),
    ("", "TS003", 1, 1, "nothing", "tfspec: 1"),
    ("# only\n\n# comments", "TS003", 1, 1, "nothing", "tfspec: 1"),
    ("---\n", "TS003", 1, 1, "nothing", "tfspec: 1"),
    ("- a", "TS004", 1, 1, "list", "tfspec: 1"),
    ("tfspec:1", "TS004", 1, 1, "`tfspec:1`", "space after each colon"),
    ("42", "TS004", 1, 1, "single value", "tfspec: 1"),
    ("a: 12\x00", "TS021", 1, 6, "U+0000", "remove"),
    ("a: \ud800", "TS021", 1, 4, "U+D800", "remove"),
]


def problems_of(text: str, name: str = "spec.yaml") -> list[Problem]:
    with pytest.raises(SpecError) as caught:
        load_tree(Text(name, text))
    return caught.value.problems


@pytest.mark.parametrize("loader", ["libyaml", "pure"])
@pytest.mark.parametrize(("text", "code", "line", "column", "message", "cure"), MISTAKES)
def test_mistake(  # noqa: PLR0913, PLR0917 - a row of the table
    monkeypatch: pytest.MonkeyPatch, loader: str, text: str, code: str, line: int, column: int, message: str, cure: str
) -> None:
    if loader == "pure":
        monkeypatch.setattr(reader, "LOADER", yaml.BaseLoader)
    problem = problems_of(text)[0]
    assert (problem.code, problem.span and problem.span[1:3]) == (code, (line, column))
    assert message in problem.message
    assert cure in (problem.help or "")


def test_all_mistakes_that_can_be_told_apart_come_together_and_in_order() -> None:
    text = "a: 1\na: 2\nb: !x 3\nc: *d\ne: 1e999\nf: {<<: 1}\ng: {h:1}\ni: [\n"
    problems = problems_of(text)
    assert [problem.code for problem in problems] == [
        *("TS012", "TS015", "TS016", "TS020", "TS014", "TS011", "TS009"),
    ]
    assert [problem.pointer for problem in problems] == ["/a", "/b", "/c", "/e", "/f/<<", "/g/h:1", "/i/0"]


def test_a_duplicate_shows_both_places() -> None:
    (problem,) = problems_of("x:\n  units: 1\n  name: n\n  units: 2\n")
    assert problem.span
    assert problem.span[1:5] == (4, 3, 4, 8)
    assert problem.labels[0].span[1:5] == (2, 3, 2, 8)
    assert problem.path == ("x", "units")


def test_no_message_names_the_parser() -> None:
    for text, *_ in MISTAKES:
        for problem in problems_of(text):
            words = " ".join([problem.message, *problem.notes, problem.help or ""])
            assert not any(word in words for word in ("while", "block mapping", "scalar", "node", "token", "NoneType"))


def test_an_expression_may_stand_unquoted_where_yaml_allows_it() -> None:
    assert load_tree(Text("s", "a: ${1 / 255}\nb: [x, '${n}']\n")).data == {"a": "${1 / 255}", "b": ["x", "${n}"]}


def test_prose_may_hold_dashes() -> None:
    assert load_tree(Text("s", "description: one\n  - two\n")).data == {"description": "one - two"}
