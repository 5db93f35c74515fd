"""Whatever the text, the answer is a tree or problems, soon, and nothing else."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tfspec.diagnostics import Problem, SpecError, Text, in_file_order
from tfspec.diagnostics.terminal import render_text
from tfspec.source import Tree, decode_text, load_tree, tree_from_data
from tfspec.source import yaml as reader
from tfspec.source.limits import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS

NAMES = st.sampled_from(["spec.yaml", "spec.json"])
PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            ": ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            " ",
            "#",
            "&x ",
            "*x",
            "*y ",
        ),
        *(
            "!!str ",
            "!t ",
            "'",
            '"',
            "|",
            ">",
            "|\n",
            "${",
            "}",
            "%",
            "@",
            "`",
            "---\n",
            "...\n",
            "<<: ",
            "1e999",
            "0x1F",
        ),
        *(
            "\\",
            "\\u",
            "\ud800",
            "\x00",
            "\x85",
            "\u2028",
            "\ufeff",
            "\r",
            "\r\n",
            "😀",
            "null",
            "~",
            "//",
            "/*",
            "*/",
            "NaN",
        ),
        *(
            '"a": ',
            '"b"',
            "true",
            "-1.5e3",
            "%YAML 1.2\n",
            "%TAG ! x\n",
            "a:1",
            "&y [",
            "%YAML 1." + "9" * 5000,
            '"\\Uffffffff"',
        ),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=30).map("".join)
OBJECTS = st.recursive(
    st.none()
    | st.integers()
    | st.floats()
    | st.binary(max_size=3)
    | st.characters(categories=["Cs", "L"])
    | st.sampled_from([object(), int, len, ..., {1}, 10**300, 1j, b"x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.integers() | st.text(max_size=2) | st.booleans() | st.none(), inner, max_size=3)
    ),
)


def checked(text: Text) -> list[Problem]:
    """The problems of a text, after looking whether they keep what problems promise."""
    try:
        tree = load_tree(text)
    except SpecError as error:
        problems = error.problems
    else:
        assert isinstance(tree.content, dict)
        for _, part in tree.walk():
            assert part.span
            assert_place(part, text)
        return []
    assert 0 < len(problems) <= MAX_PROBLEMS + 1
    assert problems == in_file_order(problems)
    render_text(problems).encode()
    for problem in problems:
        for span in [problem.span, *(label.span for label in problem.labels)]:
            assert span
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.line <= span.end_line <= len(text.lines)
            assert span.column <= len(text.lines[span.line - 1]) + 2
    return problems


def assert_place(part: Tree, text: Text) -> None:
    assert part.span
    assert part.span[1:3] <= part.span[3:5]
    assert part.span.end_line <= len(text.lines)


@given(TEXTS, NAMES)
def test_any_text(content: str, name: str) -> None:
    checked(Text(name, content))


@given(TEXTS)
def test_any_text_without_libyaml(content: str) -> None:
    before = reader.LOADER
    reader.LOADER = yaml.BaseLoader
    try:
        checked(Text("spec.yaml", content))
    finally:
        reader.LOADER = before


@given(st.binary(max_size=80) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(data: bytes) -> None:
    try:
        text = decode_text(data, "<stdin>")
    except SpecError as error:
        render_text(error.problems).encode()
    else:
        checked(text)


@given(OBJECTS)
def test_any_object(data: object) -> None:
    try:
        tree = tree_from_data(data)
    except SpecError as error:
        render_text(error.problems).encode()
    else:
        assert isinstance(tree.data, dict)


@given(st.text(alphabet='{}[]",: a1\\\n', max_size=40))
def test_json_is_read_as_python_reads_it(content: str) -> None:
    def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    try:
        expected = json.loads(content, object_pairs_hook=no_duplicates)
    except ValueError:
        expected = None
    if isinstance(expected, dict):
        assert load_tree(Text("spec.json", content)).data == expected
    else:
        assert checked(Text("spec.json", content))


N = 200_000
PATHOLOGICAL = {
    "brackets": "[" * N,
    "braces": "{" * N,
    "mappings": "{a: " * N,
    "json mappings": '{"a":' * N,
    "dashes": "- " * N,
    "question marks": "? " * N,
    "steps": "".join(" " * i + "a:\n" for i in range(600)),
    "nested below a key": "a: " + "[" * N + "]" * N,
    "an open quote": 'a: "' + "x" * N,
    "an open quote on many lines": "a: '" + "x\n" * N,
    "tabs": "a:\n" + "\t" * N,
    "blank lines": "\n" * N,
    "carriage returns": "\r" * N,
    "comments": "#\n" * N,
    "directives": "".join(f"%TAG !a{i}! x\n" for i in range(N // 10)),
    "anchors": "a: [" + "".join(f"&a{i} 1," for i in range(N // 20)) + "*x]",
    "unknown aliases": "a: [" + "*a," * (N // 3),
    "tags": "a: [" + "!a 1," * (N // 5),
    "duplicates": "a: 1\n" * (N // 5),
    "duplicates on a line": "{" + "a," * (N // 2),
    "documents": "---\n" * N,
    "colons": ": " * N,
    "expressions": "a: {b: ${" + "${" * N,
    "a whole number": "a: " + "9" * N,
    "a fraction": "a: 0." + "1" * N,
    "an exponent": "a: 1e" + "9" * N,
    "control characters": "a: " + "\x07" * N,
    "old line ends": "a: b\u2028" * (N // 5),
    "byte order marks": "\ufeff" * N,
    "a long key": "a" * N + ": 1",
    "laughs": "a: &a [1, 1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1 or ''}, *a{i - 1 or ''}]\n" for i in range(1, 60)),
    "a long text, often": "a: &a " + "x" * N + "\nb: [" + "*a," * (N // 3) + "]",
    "an open comment": "/*" * N,
    "comments in json": '{"a":' + "/**/" * N,
    "values with no comma": '{"a": [' + "1 " * N,
    "backslashes": '{"a": "' + "\\" * (2 * N),
    "half pairs": '{"a": "' + "\\ud800" * N + '"}',
}


@pytest.mark.parametrize("name", ["spec.yaml", "spec.json"])
@pytest.mark.parametrize("content", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_pathological_texts_are_left_soon(content: str, name: str) -> None:
    content = content.replace("*a0", "*a")
    began = time.process_time()
    with pytest.raises(SpecError) as caught:
        load_tree(Text(name, content))
    assert len(caught.value.problems) <= MAX_PROBLEMS + 1
    str(caught.value)
    assert time.process_time() - began < 1


def test_laughs_are_told_at_the_alias_that_is_too_much() -> None:
    text = "a: &a [1, 1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1 or ''}, *a{i - 1 or ''}]\n" for i in range(1, 60))
    with pytest.raises(SpecError) as caught:
        load_tree(Text("spec.yaml", text))
    (problem,) = caught.value.problems
    assert problem.code == "TS019"
    assert "alias" in problem.message
    assert problem.span
    assert problem.span.line < 30


def test_the_deepest_tree_can_be_walked() -> None:
    depth = MAX_DEPTH - 1
    for content in ("a: " + "[" * depth + "]" * depth, '{"a": ' + "[" * depth + "]" * depth + "}"):
        tree = load_tree(Text("spec.yaml", content))
        assert len(list(tree.walk())) == MAX_DEPTH
        assert tree.data


def test_aliases_cannot_make_a_tree_too_deep() -> None:
    text = "a0: &a0 [1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 1000))
    with pytest.raises(SpecError) as caught:
        load_tree(Text("spec.yaml", text))
    (problem,) = caught.value.problems
    assert problem.code == "TS018"
    assert problem.path == ("a99", 0)


def test_many_values_are_read_in_seconds() -> None:
    text = "a:\n" + "".join(f"  k{i}: [1, 2.5, abc]\n" for i in range(20_000))
    began = time.process_time()
    load_tree(Text("spec.yaml", text))
    assert time.process_time() - began < 4


def test_a_usual_spec_is_read_in_milliseconds() -> None:
    layers = "      - Dense: {units: 128, activation: relu}\n" * 30
    text = f"tfspec: 1\nmodel:\n  sequential:\n    input: {{shape: [28, 28]}}\n    layers:\n{layers}"
    load_tree(Text("spec.yaml", text))
    times = []
    for _ in range(5):
        began = time.process_time()
        load_tree(Text("spec.yaml", text))
        times.append(time.process_time() - began)
    assert min(times) < 0.02


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(SpecError) as caught:
        load_tree(Text("<stdin>", " " * (MAX_BYTES + 1)))
    assert caught.value.problems[0].code == "TS001"
