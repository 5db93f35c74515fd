"""What YAML means: keys, aliases, block texts, and where each of them stands."""

from __future__ import annotations

import pytest
import yaml

from tfspec.diagnostics import Text
from tfspec.source import Tree, load_tree
from tfspec.source import yaml as reader


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(reader, "LOADER", yaml.BaseLoader)
    else:
        assert reader.LOADER is yaml.CBaseLoader


def load(text: str) -> Tree:
    return load_tree(Text("spec.yaml", text))


def place(tree: Tree | None) -> tuple[int, int, int, int]:
    assert tree
    assert tree.span
    return tree.span[1:5]


def test_keys_become_text() -> None:
    data = load("1: a\ntrue: b\n~: c\n2.50: d\n'': e\n0x10: f\n!!str 5: g\n").data
    assert data == {"1": "a", "true": "b", "~": "c", "2.50": "d", "": "e", "0x10": "f", "5": "g"}


def test_scalars() -> None:
    text = "[1, 1.0, 1e-3, yes, 12:30, 2024-01-01, null, ~, '1', !!str 1]\nb: !!str"
    assert load(f"a: {text}").data == {
        "a": [1, 1.0, 1e-3, "yes", "12:30", "2024-01-01", None, None, "1", "1"],
        "b": "",
    }


def test_an_alias_repeats_its_value_and_shares_it() -> None:
    tree = load("a: &x {units: 4}\nb: *x\nc: [*x, &y 3, *y]\n*y : d\n")
    assert tree.data == {"a": {"units": 4}, "b": {"units": 4}, "c": [{"units": 4}, 3, 3], "3": "d"}
    first, second = tree.child("a"), tree.child("b")
    assert first
    assert second
    assert first.content is second.content
    assert place(first) == (1, 7, 1, 17)
    assert place(second) == (2, 4, 2, 6)
    assert second.key_span
    assert second.key_span[1:5] == (2, 1, 2, 2)


def test_an_anchor_can_be_given_again() -> None:
    assert load("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").data == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_an_anchored_key_is_an_alias_of_its_text() -> None:
    assert load("&k units: 1\nb: *k\n").data == {"units": 1, "b": "units"}


def test_places_of_block_values() -> None:
    tree = load("a:\n  b: 1\n\n  c:\n    - x\n    - y: 2  # last\n\n# end\nd: 3\n")
    assert place(tree.child("a")) == (2, 3, 6, 11)
    assert place(tree.nearest(("a", "c"))[0]) == (5, 5, 6, 11)
    assert place(tree.nearest(("a", "c", 1))[0]) == (6, 7, 6, 11)
    assert place(tree) == (1, 1, 9, 5)


def test_places_of_block_texts_end_at_their_last_letter() -> None:
    tree = load("a: |\n  one\n  two\n\n\nb: >-\n  three\n\nc: plain\n  text\n")
    assert tree.data == {"a": "one\ntwo\n", "b": "three", "c": "plain text"}
    assert place(tree.child("a")) == (1, 4, 3, 6)
    assert place(tree.child("b")) == (6, 4, 7, 8)
    assert place(tree.child("c")) == (9, 4, 10, 7)


def test_places_of_empty_values() -> None:
    tree = load("params: {filters: , stride: 1}\nx:\ny: 1\n")
    assert tree.data == {"params": {"filters": None, "stride": 1}, "x": None, "y": 1}
    assert place(tree.child("x"))[:2] == (2, 3)


def test_places_behind_anchors_and_tags() -> None:
    tree = load("a: &x !!str 12\nb: &y # note\n  c: 1\nd: [&z ]\n")
    assert tree.data == {"a": "12", "b": {"c": 1}, "d": [None]}
    assert place(tree.child("a")) == (1, 13, 1, 15)
    assert place(tree.child("b")) == (3, 3, 3, 7)


def test_places_count_code_points_and_editors_lines() -> None:
    tree = load("a: '😀é' # \u2028 \x85\r\nb: [漢, x]\rc: 1\n")
    assert place(tree.child("a")) == (1, 4, 1, 8)
    assert place(tree.nearest(("b", 1))[0]) == (2, 8, 2, 9)
    assert place(tree.child("c")) == (3, 4, 3, 5)


def test_a_pair_in_a_list() -> None:
    tree = load("a: [b: 1, c]")
    assert tree.data == {"a": [{"b": 1}, "c"]}
    assert place(tree.nearest(("a", 0))[0]) == (1, 5, 1, 9)


def test_one_document_with_its_markers() -> None:
    assert load("%YAML 1.2\n---\na: 1\n...\n").data == {"a": 1}


def test_a_text_in_braces_that_is_no_json_is_yaml() -> None:
    assert load("{a: 1, b: [x]}\n# note\n").data == {"a": 1, "b": ["x"]}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert load("'<<': 1").data == {"<<": 1}
