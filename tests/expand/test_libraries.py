"""Libraries: what they hold together, whoever uses them, and what the spec itself settles."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.diagnostics import Problem, SpecError
from tfspec.expand.extends import put_together
from tfspec.source import load_tree, read_text

MODEL = "model: {sequential: {input: {shape: [4]}, layers: [tower]}}\n"


def write(folder: Path, **contents: str) -> Path:
    """Files by name; the path of the spec among them."""
    for name, content in contents.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder / "spec.yaml"


def layers(path: Path) -> Any:
    return tfspec.load(path).to_dict()["model"]["sequential"]["layers"]


def problem(path: Path) -> Problem:
    (found,) = tfspec.check(path)
    return found


def together(path: Path) -> Any:
    data: Any = put_together(load_tree(read_text(path)), None).data
    return data


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    """Which files each of some files uses, the spec at the first place; it may be any graph, itself included."""
    count = draw(st.integers(2, 7))
    return [draw(st.lists(st.integers(1, count - 1), max_size=3)) for _ in range(count)]


def reached(graph: list[list[int]], start: int) -> set[int]:
    """What a file uses, and all that it uses."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = set(graph[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


@given(graphs())
def test_every_library_is_read_once_and_none_may_use_itself(graph: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for number, used in enumerate(graph):
            uses = ", ".join(f"f{each}.yaml" for each in used)
            Path(name, f"f{number}.yaml").write_text(f"use: [{uses}]\nvars: {{v{number}: {number}}}\n")
        expected = reached(graph, 0)
        if any(each in reached(graph, each) for each in expected):
            with pytest.raises(SpecError) as raised:
                together(Path(name, "f0.yaml"))
            assert {found.code for found in raised.value.problems} == {"TS104"}
        else:
            data = together(Path(name, "f0.yaml"))
            assert set(data["vars"]) == {f"v{each}" for each in expected | {0}}


def test_a_block_of_a_library_is_made_of_those_of_another(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        spec=f"tfspec: 1\nuse: lib/towers.yaml\n{MODEL}",
        lib__towers="use: ../parts/dense.yaml\nblocks: {tower: {layers: [hidden, hidden]}}\n",
        parts__dense="vars: {width: 3}\nblocks: {hidden: {layers: [{Dense: {units: '${width}'}}]}}\n",
    )
    assert [layer["Dense"]["units"] for layer in layers(path)] == [3, 3]


def test_a_circle_of_libraries_shows_its_chain(tmp_path: Path) -> None:
    first, second = "use: b.yaml\nblocks: {tower: {layers: [ReLU]}}\n", "use: [sub/../a.yaml]\n"
    path = write(tmp_path, spec=f"tfspec: 1\nuse: a.yaml\n{MODEL}", a=first, b=second, sub__x="")
    found = problem(path)
    assert (found.code, found.message) == ("TS104", "this file uses itself: `a.yaml` → `b.yaml` → `a.yaml`")
    assert found.span is not None
    assert [Path(label.span.text.name).name for label in found.span.uses] == ["spec.yaml", "a.yaml"]
    found = problem(write(tmp_path, spec=f"tfspec: 1\nuse: a.yaml\n{MODEL}", b="use: spec.yaml\n"))
    assert found.message == "this file uses itself: `spec.yaml` → `a.yaml` → `b.yaml` → `spec.yaml`"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("use: nowhere.yaml", "TS105"),
        ("use: 3", "TS105"),
        ("use: ../outside.yaml", "TS106"),
        ("use: bad.yaml", "TS009"),
    ],
)
def test_a_mistake_in_a_library_of_a_library_is_told_with_the_chain(tmp_path: Path, said: str, code: str) -> None:
    path = write(
        tmp_path, root__spec=f"tfspec: 1\nuse: a.yaml\n{MODEL}", root__a=f"{said}\n", root__bad="vars: {a: 1\n"
    )
    (found,) = tfspec.check(path.with_name("root") / "spec.yaml", root=tmp_path / "root")
    assert found.span is not None
    assert (found.code, found.span.uses[0].message) == (code, "used here")
    assert Path(found.span.text.name).name == ("bad.yaml" if "bad" in said else "a.yaml")


def test_the_spec_itself_settles_what_two_libraries_say(tmp_path: Path) -> None:
    libraries = {"a": "vars: {width: {a: 1}}\nblocks: {tower: {params: {n: 1}, layers: [ReLU]}}\n"}
    libraries["b"] = libraries["a"].replace("1", "2")
    unsettled = f"tfspec: 1\nuse: [a.yaml, b.yaml]\n{MODEL}"
    found = tfspec.check(write(tmp_path, spec=unsettled, **libraries))
    assert [(each.code, each.path) for each in found] == [("TS108", ("vars", "width")), ("TS108", ("blocks", "tower"))]
    settled = f"{unsettled}vars: {{width: {{c: 3}}}}\nblocks: {{tower: {{layers: [Flatten]}}}}\n"
    data = together(write(tmp_path, spec=settled))
    assert data["vars"] == {"width": {"c": 3}}
    assert data["blocks"] == {"tower": {"layers": ["Flatten"]}}


def test_the_spec_above_a_spec_has_libraries_of_its_own(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        lib="vars: {width: 2}\nblocks: {tower: {layers: [{Dense: {units: '${width}'}}]}}\n",
        over="vars: {width: 5}\n",
        base=f"tfspec: 1\nuse: lib.yaml\n{MODEL}",
        spec="extends: base.yaml\nuse: [over.yaml, over.yaml]\n",
    )
    assert [layer["Dense"]["units"] for layer in layers(path)] == [5]
