"""Expressions: what they give is what Python gives, what they refuse is refused soon and at its place."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfspec.programs import ProgramError, evaluate, read_expression, read_template

SCOPE: dict[str, Any] = {"n": 3, "rate": 0.5, "word": "relu", "sizes": [64, 128], "on": True, "table": {"a": 1}}

NUMBERS = st.one_of(st.integers(0, 99), st.floats(0, 9, width=16).map(lambda x: round(x, 3))).map(str)


def _arithmetic(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "<=", "==", "!=", "and", "or"])
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda x: f"(-({x} or 1))" if "=" not in x and "<" not in x else x),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})"),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: f"len([{', '.join(items)}])"),
    )


@given(st.recursive(NUMBERS, _arithmetic, max_leaves=8))
def test_numbers_are_what_python_makes_of_them(text: str) -> None:
    try:
        ours = evaluate(read_expression(text), {})
    except ProgramError as error:
        if "truth value" in error.message or "negative" in error.message or "compare" in error.message:
            return  # Python reckons with truth values
        with pytest.raises((ZeroDivisionError, OverflowError)):
            eval(text)  # noqa: S307 - a text of this test's own
        return
    theirs = eval(text)  # noqa: S307 - a text of this test's own
    assert ours == theirs
    assert type(ours) is type(theirs)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 * n", 12),
        ("n // 2 + n % 2", 2),
        ("'big' if n > 2 else 'small'", "big"),
        ("sizes[-1]", 128),
        ("sizes[1:]", [128]),
        ("[64 * 2 ** i for i in range(3) if i != 1]", [64, 256]),
        ("{'a': n, 'b': sizes}['b'][0]", 64),
        ("word + '_' + str(n)", "relu_3"),
        ("not on or n in [1, 2]", False),
        ("1 < n < 5", True),
        ("max(sizes) + min(1, 2) + sum(sizes) + abs(-1) + round(2.6)", 325),
        ("round(1 / 3, 2)", 0.33),
        ("int(rate * 10) + float('1.5')", 6.5),
        ("true and not false and null == null", True),
        ("(1,\n 2)", [1, 2]),
        ("table['a']", 1),
        ("sizes * 2", [64, 128, 64, 128]),
    ],
)
def test_gives(text: str, value: Any) -> None:
    assert evaluate(read_expression(text), SCOPE) == value


@pytest.mark.parametrize(
    ("text", "at_fault", "message"),
    [
        ("n + nn", "nn", "nothing is called `nn` here"),
        ("word.upper", "word.upper", "an expression has no attributes"),
        ("n)+(n", ")", "this is no expression"),
        ("n # n", "# n", "an expression has no comments"),
        ("['# n', # n\n n]", "# n", "an expression has no comments"),
        ("word.upper()", "word.upper", "an expression cannot call `word.upper`"),
        ("__import__('os')", "__import__", "an expression cannot call `__import__`"),
        ("1 + (lambda: 1)", "lambda: 1", "an expression cannot say this"),
        ("n + word", "n + word", "the expression cannot take `+` of a number and a text"),
        ("'ä' + (1 / 0)", "1 / 0", "the expression divides by zero"),
        ("sizes[2]", "sizes[2]", "the expression asks for item 2 of 2, which count from 0"),
        ("n +", "n +", "this is no expression"),
        ("n && on", "&", "this is no expression"),
        ("len(1, 2)", "len(1, 2)", "`len` takes 1 value, and is given 2"),
        ("0 ** -n", "0 ** -n", "the expression divides by zero"),
        ("int(1e999)", "1e999", "the expression makes a number that is not finite"),
        ("-on", "-on", "the expression takes the negative of a truth value"),
        ("word < 1", "word < 1", "the expression cannot compare a text with a number"),
        ("(-8) ** 0.5", "(-8) ** 0.5", "the expression takes a root of a negative number"),
        ("int('x')", "int('x')", "the expression makes a whole number of `x`"),
        ("[i for i in n]", "[i for i in n]", "the expression goes over a number, which is no list"),
        ("round(2, digits=1)", "digits=1", "`round` takes its arguments by position"),
        ("1j", "1j", "an expression has no such value"),
        ("", "", "there is no expression"),
        ("1 +\n  nn", "nn", "nothing is called `nn` here"),
    ],
)
def test_refuses(text: str, at_fault: str, message: str) -> None:
    with pytest.raises(ProgramError) as caught:
        evaluate(read_expression(text), SCOPE)
    assert caught.value.message == message
    assert text[caught.value.start : caught.value.end] == at_fault


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("table.a", "what a mapping holds is written `table['a']`"),
        ("table.a.b", "what a mapping holds is written `table['a']['b']`"),
        ("len(sizes", "close the bracket `(` with `)`"),
        ("sizes[0", "close the bracket `[` with `]`"),
        ("sizes[')'", "close the bracket `[` with `]`"),
        ("len(sizes]", "there is no bracket that this `]` closes"),
        ("n) + (n", "there is no bracket that this `)` closes"),
        ("n if on", "say what it is otherwise: `a if condition else b`"),
        ("n rate", "write an operator or a comma between the two values"),
        ("lambda", "`lambda` is a word of the language, and no name"),
        ("'relu", "close the text with the quote that it begins with"),
        ("2n", "a name begins with a letter or `_`; write `*` between a number and a name"),
        ("n = 1", "write `==` to compare"),
        ("n +", None),
    ],
)
def test_says_what_to_write(text: str, advice: str | None) -> None:
    with pytest.raises(ProgramError) as caught:
        read_expression(text)
    assert caught.value.help == advice


def test_brackets_in_texts_are_no_brackets() -> None:
    assert evaluate(read_expression("len(')' + '(' + '#') + n"), SCOPE) == 6


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "<", "==", "in", "and", "or"])
    called = st.sampled_from(["min", "max", "sum", "len", "abs", "round", "int", "float", "str", "range"])
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(called, inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(called, inner, inner).map(lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: f"{parts[0]}[{parts[1]}]"),
        st.tuples(inner, inner, inner).map(lambda parts: f"{parts[0]}[{parts[1]}:{parts[2]}]"),
        st.tuples(inner, inner).map(lambda parts: f"[{parts[0]} for n in {parts[1]}]"),
    )


ATOMS = ["0", "-1", "2.5", "1e999", "1e-300", "10 ** 99", "'a'", "''", "'nan'", "[]", "{'a': 1}", "null", "true"]
EDGES = {**SCOPE, "inf": float("inf"), "nan": float("nan"), "nothing": None}


@given(st.recursive(st.sampled_from([*ATOMS, *EDGES]), _calls, max_leaves=6))
def test_whatever_is_reckoned_has_a_value_or_is_refused(text: str) -> None:
    with suppress(ProgramError):
        evaluate(read_expression(text), EDGES)


BOMBS = [
    "9 ** 9 ** 9 ** 9",
    "range(10 ** 9)",
    "range(10 ** 50)",  # `len` of it fails
    "[0] * 10 ** 9",
    "'a' * 10 ** 9",
    "10 ** 99 * 10 ** 99",
    "[[i for i in range(9999)] for j in range(9999)]",
    "[[big] for i in range(9999)]",
    "[sum(big) for i in range(9999)]",
    "[0 in big for i in range(9999)]",
    "[big == big for i in range(9999)]",
    "[big + big for i in range(9999)]",
    "sum([big[:][:][:][0] for i in range(9000)])",
    "(" * 900 + "1" + ")" * 90,
    "-" * 900 + "1",
    "[" * 400 + "]" * 400,
    "1 if " * 150 + "1" + " else 1" * 100,
    "x" * 5000,
    "1e308 * 10",
]


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_takes_no_machine(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ProgramError):
        evaluate(read_expression(text), {"big": [1] * 9000})
    assert time.perf_counter() - start < 1


@given(st.text(alphabet="0123456789abinrtx()[]{}+-*/%<>=!,.:'\"\n \\$#ä", max_size=60))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    try:
        evaluate(read_expression(text), SCOPE)
    except ProgramError as caught:
        error = caught
    else:
        return
    assert 0 <= error.start <= error.end <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${n}", 3),
        ("${sizes}", [64, 128]),
        ("conv_${n}_${rate}", "conv_3_0.5"),
        ("$${n}", "${n}"),
        ("a$${b}${n}", "a${b}3"),
        ("$n {n} }", "$n {n} }"),
        ("${'}' + word}", "}relu"),
        ("${len('\\\\')}", 1),
        ("${'\\'}' + word}", "'}relu"),
        ("${{'a': 1}['a']}x", "1x"),
        ("${on} ${null}", "true null"),
        ("", ""),
    ],
)
def test_templates(text: str, value: Any) -> None:
    assert read_template(text).value(SCOPE) == value


@pytest.mark.parametrize(
    ("text", "at_fault"),
    [("size ${n + nn}", "nn"), ("x ${n", "${n"), ("a ${sizes} b", "${sizes}"), ("${1 +} b", "1 +"), ("ä ${}", "")],
)
def test_a_template_says_where_it_is_wrong(text: str, at_fault: str) -> None:
    with pytest.raises(ProgramError) as caught:
        read_template(text).value(SCOPE)
    assert text[caught.value.start : caught.value.end] == at_fault


@pytest.mark.parametrize(
    "text", ["${''}" * 20_000, "$${" * 200_000 + "${1}", "${sum(sizes) and 0}" * 20_000, "${big[:][0]}" * 3000]
)
def test_a_long_text_takes_no_machine(text: str) -> None:
    start = time.process_time()
    with suppress(ProgramError):
        read_template(text).value({"sizes": [1] * 9000, "big": [0] * 9000})
    assert time.process_time() - start < 3


def test_names_are_those_that_come_from_outside() -> None:
    assert read_template("${[i * n for i in range(k)]} ${max(a, true)}").names == {"n", "k", "a"}


@given(st.text(alphabet="${}ab ", max_size=30))
def test_any_text_is_a_template_or_refused(text: str) -> None:
    try:
        template = read_template(text)
    except ProgramError as caught:
        error = caught
    else:
        if not template.pieces:
            assert template.value({}) == text.replace("$${", "${")
        return
    assert 0 <= error.start <= error.end <= len(text)
