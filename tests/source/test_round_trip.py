"""Plain data, written as YAML or JSON, comes back as it was, and every value knows its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tfspec.diagnostics import Span, Text
from tfspec.source import Tree, load_tree, tree_from_data
from tfspec.source.scalars import FIRST, WORDS

KEYS = st.text(min_size=1, max_size=12)
NUMBERS = st.integers() | st.floats(allow_nan=False)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)
SPECS = st.dictionaries(KEYS, VALUES, max_size=5)
STYLES = st.sampled_from([True, False, None])


OLD_LINE_ENDS = {"\x85", "\u2028", "\u2029"}
"""PyYAML folds these as line ends, as YAML 1.1 did; between double quotes it escapes them."""


class Dumper(yaml.SafeDumper):
    """PyYAML writes YAML 1.1, where `1e3` needs no quotes; so whatever might be a number gets them.

    So do texts with a colon, since `units:[` without quotes is taken for a slip.
    """

    def ignore_aliases(self, data: Any) -> bool:
        """Write every value out."""
        return True


def quoted_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = text[:1] not in FIRST and text not in WORDS and ":" not in text and not OLD_LINE_ENDS & set(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


Dumper.add_representer(str, quoted_text)


def as_yaml(data: object, flow: bool | None) -> str:  # noqa: FBT001 - drawn
    text: str = yaml.dump(
        data, Dumper=Dumper, default_flow_style=flow, allow_unicode=True, width=10**6, sort_keys=False
    )
    return text


def at(text: Text, span: Span) -> str:
    """The characters that a span covers."""
    lines = text.content.split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, *middle = lines[span.line - 1 : span.end_line]
    middle[-1] = middle[-1][: span.end_column - 1]
    return "\n".join([first[span.column - 1 :], *middle])


def is_inside(inner: Span, outer: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )


def assert_nested(tree: Tree) -> None:
    content = tree.content
    children = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    for child in children:
        assert child.span
        assert tree.span
        assert is_inside(child.span, tree.span)
        assert_nested(child)


@given(SPECS, STYLES)
def test_yaml_comes_back(data: dict[str, object], flow: bool | None) -> None:  # noqa: FBT001 - drawn
    tree = load_tree(Text("spec.yaml", as_yaml(data, flow)))
    assert tree.data == data
    assert_nested(tree)


@given(SPECS, STYLES)
def test_yaml_places(data: dict[str, object], flow: bool | None) -> None:  # noqa: FBT001 - drawn
    text = Text("spec.yaml", as_yaml(data, flow))
    for _, tree in load_tree(text).walk():
        assert tree.span
        written = at(text, tree.span)
        if "\n" not in written and not (isinstance(tree.content, dict | list) and flow is not True):
            again = load_tree(Text("value.yaml", f"x: {written}")).child("x")
            assert again
            assert again.data == tree.data


@given(SPECS, st.sampled_from([None, 1, "\t"]))
def test_json_comes_back(data: dict[str, object], indent: int | str | None) -> None:
    text = Text("spec.json", json.dumps(data, indent=indent).replace("-Infinity", "-1").replace("Infinity", "1"))
    tree = load_tree(text)
    assert tree.data == json.loads(text.content)
    assert_nested(tree)
    for _, part in tree.walk():
        assert part.span
        assert json.loads(at(text, part.span)) == part.data
    as_stdin = load_tree(Text("<stdin>", text.content))
    assert as_stdin.data == tree.data


@given(SPECS, STYLES)
def test_key_places(data: dict[str, object], flow: bool | None) -> None:  # noqa: FBT001 - drawn
    text = Text("spec.yaml", as_yaml(data, flow))
    for path, tree in load_tree(text).walk():
        if tree.key_span and "\n" not in at(text, tree.key_span):
            written = at(text, tree.key_span)
            again = load_tree(Text("key.yaml", f"{written.removeprefix('? ')}: 1")).data
            assert again == {path[-1]: 1}


@given(SPECS)
def test_plain_data_comes_back(data: dict[str, object]) -> None:
    tree = tree_from_data(data)
    assert tree.data == data
    assert all(part.span is None for _, part in tree.walk())


@given(SPECS)
def test_line_ends_do_not_matter(data: dict[str, object]) -> None:
    unix = as_yaml(data, flow=False)
    if "\r" in unix:
        return
    trees = [load_tree(Text("spec.yaml", unix.replace("\n", end))) for end in ("\n", "\r\n")]
    first, second = [[(path, part.span and part.span[1:5]) for path, part in tree.walk()] for tree in trees]
    assert first == second


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_moves_nothing(mark: str) -> None:
    tree = load_tree(Text("spec.yaml", mark + "a: 1\n"))
    assert tree.span
    assert tree.span[1:5] == (1, 1, 1, 5)
