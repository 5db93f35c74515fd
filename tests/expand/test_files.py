"""Specs in several files: what lies over what, where paths start, and what stays inside the root."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tfspec
from tfspec.diagnostics import Problem, Text
from tfspec.expand import expand
from tfspec.expand.merging import laid_over
from tfspec.source import load_tree, read_text, tree_from_data

BASE = """\
tfspec: 1
vars: {width: 4}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: "${width}"}
compile: {optimizer: {Adam: {learning_rate: 0.1, beta_1: 0.8}}, loss: mse}
fit: {epochs: 3, batch_size: 8}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("base.yaml", BASE)
    return tmp_path


def write(name: str, content: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def loaded(content: str, **laid: Any) -> dict[str, Any]:
    return tfspec.load(write("spec.yaml", content), **laid).to_dict()


def problem(content: str, **laid: Any) -> Problem:
    (found,) = tfspec.check(write("spec.yaml", content), **laid)
    return found


def test_what_extends_lies_over_what_is_extended() -> None:
    spec = loaded("extends: base.yaml\nvars: {width: 6}\nfit: {epochs: 5}\nname: over\n")
    assert spec["fit"] == {"epochs": 5, "batch_size": 8}
    assert spec["name"] == "over"
    assert spec["model"]["sequential"]["layers"] == [{"Dense": {"units": 6}}]


@pytest.mark.parametrize(
    ("over", "merged"),
    [
        ("{Adam: {beta_1: 0.7}}", {"Adam": {"learning_rate": 0.1, "beta_1": 0.7}}),
        ("{SGD: {momentum: 0.9}}", {"SGD": {"momentum": 0.9}}),
        ("{sgd: {momentum: 0.9}}", {"sgd": {"momentum": 0.9}}),
        ("adam", "adam"),
    ],
)
def test_the_same_thing_is_merged_and_another_one_replaces_it(over: str, merged: Any) -> None:
    spec = loaded(f"extends: base.yaml\ncompile: {{optimizer: {over}}}\n")
    assert spec["compile"] == {"optimizer": merged, "loss": "mse"}


def test_lists_are_replaced_and_things_by_name_are_merged() -> None:
    write("other.yaml", BASE.replace("loss: mse", "loss: {A: mse}, metrics: [mae, mse]"))
    write("spec.yaml", "extends: other.yaml\ncompile: {loss: {B: mae}, metrics: [accuracy]}\n")
    data: Any = expand(load_tree(read_text(Path("spec.yaml")))).data
    assert data["compile"]["loss"] == {"A": "mse", "B": "mae"}
    assert data["compile"]["metrics"] == ["accuracy"]


def test_another_kind_of_model_replaces_the_one_below() -> None:
    model = "{functional: {inputs: {x: {shape: [2]}}, layers: [{Dense: {units: 1}}]}}"
    assert set(loaded(f"extends: base.yaml\nmodel: {model}\n")["model"]) == {"functional"}


@pytest.mark.parametrize(
    ("below", "above", "merged"),
    [
        ({"shared": {"e": {"sequential": {}}}}, {"shared": {"e": {"functional": {}}}}, {"e": {"functional": {}}}),
        ({"shared": {"e": {"A": {}}}}, {"shared": {"f": {"B": {}}}}, {"e": {"A": {}}, "f": {"B": {}}}),
        ({"loss": {"mse": {"a": 1}}}, {"loss": {"huber": {"delta": 2.0}}}, {"huber": {"delta": 2.0}}),
        ({"loss": {"mse": None}}, {"loss": {"huber": {"delta": 2.0}}}, {"huber": {"delta": 2.0}}),
        ({"loss": {"huber": {"a": 1}}}, {"loss": {"huber": {"delta": 2.0}}}, {"huber": {"a": 1, "delta": 2.0}}),
        ({"loss": {"a": "mse"}}, {"loss": {"b": {"huber": {}}}}, {"a": "mse", "b": {"huber": {}}}),
        ({"loss": {"a": {"mse": {}}}}, {"loss": {"b": {"mse": {}}}}, {"a": {"mse": {}}, "b": {"mse": {}}}),
        (
            {"vars": {"shared": {"a": {"b": {}}}}},
            {"vars": {"shared": {"a": {"c": {}}}}},
            {"shared": {"a": {"b": {}, "c": {}}}},
        ),
    ],
)
def test_what_is_one_thing_and_what_are_several_by_name(below: Any, above: Any, merged: Any) -> None:
    data: Any = laid_over(tree_from_data(below), tree_from_data(above)).data
    assert list(data.values()) == [merged]


def test_an_override_leaves_the_files_that_values_come_from() -> None:
    write("base.yaml", BASE.replace("epochs: 3", "epoch: 3"))
    write("spec.yaml", "extends: base.yaml\n")
    for override in ("model.sequential.layers[-1].Dense.units=4", "fit.batch_size=3", "name=other"):
        (found,) = tfspec.check(Path("spec.yaml"), overrides=[override])
        assert found.span is not None
        assert [use.message for use in found.span.uses] == ["extended here"]


def test_a_chain_of_files_starts_each_path_from_its_own_folder(folder: Path) -> None:
    write("a/middle.yaml", "extends: ../base.yaml\nuse: lib/blocks.yaml\nfit: {epochs: 7}\n")
    write("a/lib/blocks.yaml", "vars: {width: 9, depth: 2}\nblocks: {b: {layers: [ReLU]}}\n")
    spec = loaded("extends: a/middle.yaml\nmodel: {sequential: {layers: [{Dense: {units: '${depth}'}}, b]}}\n")
    assert spec["model"]["sequential"]["layers"] == [{"Dense": {"units": 2}}, {"ReLU": {"name": "b_re_lu"}}]
    assert spec["fit"] == {"epochs": 7, "batch_size": 8}
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    assert tfspec.load(folder / "spec.yaml").to_dict() == spec


def test_a_library_lies_below_the_spec() -> None:
    write("lib.yaml", "vars: {width: 9, other: 1}\n")
    assert loaded(f"use: [lib.yaml]\n{BASE}")["model"]["sequential"]["layers"] == [{"Dense": {"units": 4}}]


def test_the_order_of_what_is_laid_over() -> None:
    content = BASE + "profiles: {wide: {vars: {width: 16}, fit: {epochs: 1}}, long: {fit: {epochs: 99}}}\n"
    units = lambda spec: spec["model"]["sequential"]["layers"][0]["Dense"]["units"]  # noqa: E731 - short
    assert units(loaded(content, profiles=["wide"])) == 16
    assert loaded(content, profiles=["wide", "long"])["fit"]["epochs"] == 99
    assert loaded(content, profiles=["long", "wide"])["fit"]["epochs"] == 1
    assert units(loaded(content, profiles=["wide"], overrides=["vars.width=5"])) == 5
    assert units(loaded(content, profiles=["wide"], overrides=["vars.width=5"], variables=["width=6"])) == 6
    assert units(loaded(content, variables=["width=6", "width=7"])) == 7
    assert units(loaded(content, variables=["width=${2 * 3}"])) == 6
    assert loaded(content, overrides=["fit.epochs=${width}"])["fit"]["epochs"] == 4


def test_a_profile_of_the_extended_spec_and_of_its_own() -> None:
    write("base.yaml", BASE + "profiles: {quick: {fit: {epochs: 1, batch_size: 2}}}\n")
    spec = loaded("extends: base.yaml\nprofiles: {quick: {fit: {epochs: 2}}}\n", profiles=["quick"])
    assert spec["fit"] == {"epochs": 2, "batch_size": 2}


def test_a_circle_shows_its_chain() -> None:
    write("a.yaml", "extends: b.yaml\n")
    write("b.yaml", "extends: sub/../spec.yaml\n")
    Path("sub").mkdir()
    found = problem("extends: a.yaml\n")
    assert (found.code, found.message) == (
        "TS104",
        "this spec extends itself: `spec.yaml` → `a.yaml` → `b.yaml` → `spec.yaml`",
    )


def test_a_very_long_chain_is_refused() -> None:
    for number in range(200):
        write(f"f{number}.yaml", f"extends: f{number + 1}.yaml\n")
    found = problem("extends: f0.yaml\n")
    assert (found.code, found.message) == ("TS105", "the spec is put together from more than 100 files")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../outside.yaml", "TS106"),
        ("sub/../../outside.yaml", "TS106"),
        ("link.yaml", "TS106"),
        ("linked/outside.yaml", "TS106"),
        ("/etc/hostname", "TS106"),
        ("missing.yaml", "TS105"),
        ("sub", "TS105"),
        ("loop.yaml", "TS105"),
        ("n\\0ul.yaml", "TS105"),
        ("n" * 300, "TS105"),
        ("", "TS105"),
        ("~/spec.yaml", "TS105"),
    ],
)
@pytest.mark.parametrize("key", ["extends", "use"])
def test_nothing_leads_out_of_the_root(folder: Path, path: str, code: str, key: str) -> None:
    root = folder / "root"
    (root / "sub").mkdir(parents=True)
    write("outside.yaml", BASE)
    (root / "link.yaml").symlink_to(folder / "outside.yaml")
    (root / "linked").symlink_to(folder)
    (root / "loop.yaml").symlink_to(root / "loop.yaml")
    (found,) = tfspec.check(write("root/spec.yaml", f'tfspec: 1\n{key}: "{path}"\n'), root=root)
    assert found.code == code
    assert found.span is not None
    assert (found.span.line, found.span.text.name) == (2, "root/spec.yaml")


def test_a_link_inside_the_root_may_be_followed(folder: Path) -> None:
    Path("link.yaml").symlink_to(folder / "base.yaml")
    assert tfspec.load(write("spec.yaml", "extends: link.yaml\n"), root=folder).fit is not None


def test_a_text_starts_from_the_root_or_the_working_folder(folder: Path) -> None:
    write("sub/base.yaml", BASE.replace("epochs: 3", "epochs: 4"))
    content = "extends: base.yaml\n"
    assert tfspec.load(content).to_dict()["fit"]["epochs"] == 3
    assert tfspec.load(content, root=folder / "sub").to_dict()["fit"]["epochs"] == 4
    assert tfspec.load({"extends": "base.yaml"}, root=folder / "sub").to_dict()["fit"]["epochs"] == 4
    assert tfspec.load(Text("<stdin>", content)).to_dict()["fit"]["epochs"] == 3


def test_a_spec_is_loaded_again_without_its_files() -> None:
    spec = tfspec.load(write("spec.yaml", "extends: base.yaml\nvars: {width: 7}\n"))
    Path("base.yaml").unlink()
    assert tfspec.load(spec.to_yaml()) == spec
    assert tfspec.load(spec, overrides=["fit.epochs=1"]).to_dict()["fit"]["epochs"] == 1


def test_an_unreadable_file_is_told_where_it_is_named(folder: Path) -> None:
    (folder / "base.yaml").write_bytes(b"\xff\xfe\x00")
    found = problem("extends: base.yaml\n")
    assert found.code.startswith("TS0")
    assert found.span is not None
    assert [label.message for label in found.span.uses] == ["extended here"]
