"""Paths in specs of several files, and a root that none leads out of."""

from __future__ import annotations

from pathlib import Path

import pytest

import tfspec
from tfspec.spec import load

SPEC = "tfspec: 1\n{head}model: {{sequential: {{input: {{shape: [4]}}, layers: [{{Dense: {{units: 1}}}}]}}}}\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a spec in it, which is put together from files in a folder beside it."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "lib" / "data").mkdir(parents=True)
    (tmp_path / "lib" / "base.yaml").write_text(
        "vars: {file: data/x.csv}\n"
        "tfspec: 1\n"
        "data:\n"
        "  source: {csv: {path: '${file}', target: y}}\n"
        "  prepare: {x: [{StringLookup: {vocabulary: words.txt}}]}\n"
    )
    (tmp_path / "lib" / "parts.yaml").write_text("shared: {encoder: {saved: {path: data/e.keras}}}\n")
    (tmp_path / "specs" / "s.yaml").write_text(SPEC.format(head="extends: ../lib/base.yaml\nuse: ../lib/parts.yaml\n"))
    return tmp_path


def paths_of(spec: tfspec.Spec) -> list[str]:
    """The paths of data, vocabulary and saved model."""
    data = spec.to_dict()
    prepare = data["data"]["prepare"]["x"][0]["StringLookup"]
    return [data["data"]["source"]["csv"]["path"], prepare["vocabulary"], data["shared"]["encoder"]["saved"]["path"]]


def test_a_path_starts_from_the_file_that_says_it(house: Path) -> None:
    spec = load(house / "specs" / "s.yaml")
    assert paths_of(spec) == ["../lib/data/x.csv", "../lib/words.txt", "../lib/data/e.keras"]
    assert load(house / "specs" / "s.yaml", overrides=["data.source.csv.path=y.csv"]).to_dict()["data"]["source"] == {
        "csv": {"path": "y.csv", "target": "y"}
    }


def test_whole_paths_stay(house: Path) -> None:
    (house / "lib" / "parts.yaml").write_text("shared: {encoder: {saved: {path: /e.keras}}}\n")
    assert paths_of(load(house / "specs" / "s.yaml"))[2] == "/e.keras"


def test_a_root(house: Path) -> None:
    spec = load(house / "specs" / "s.yaml", root=house)
    assert paths_of(spec) == [str(house / "lib" / name) for name in ("data/x.csv", "words.txt", "data/e.keras")]
    (house / "specs" / "out.csv").symlink_to(house.parent / "x.csv")
    (house / "link.yaml").write_text(SPEC.format(head="data: {source: {csv: {path: specs/out.csv, target: y}}}\n"))
    for name, path in (("../x.csv", "../x.csv"), ("/etc/x.csv", "/etc/x.csv"), ("specs/out.csv", "specs/out.csv")):
        text = (house / "link.yaml").read_text().replace("specs/out.csv", name)
        (house / "t.yaml").write_text(text)
        with pytest.raises(tfspec.SpecError) as caught:
            load(house / "t.yaml", root=house)
        (problem,) = caught.value.problems
        assert problem.code == "TS106"
        assert f"`{path}` lies outside" in problem.message
        assert problem.span


def test_plain_data_starts_from_the_root(house: Path) -> None:
    spec = {"tfspec": 1, "model": {"saved": {"path": "e.keras"}}}
    assert load(spec, root=house).to_dict()["model"]["saved"]["path"] == str(house / "e.keras")
    assert load(spec).to_dict()["model"]["saved"]["path"] == "e.keras"


def test_words_that_are_no_paths(house: Path) -> None:
    text = SPEC.format(head="data: {source: mnist, inputs: {path: x}}\n")
    (house / "lib" / "base.yaml").write_text(text)
    (house / "specs" / "s.yaml").write_text("tfspec: 1\nextends: ../lib/base.yaml\n")
    assert load(house / "specs" / "s.yaml").to_dict()["data"]["inputs"] == {"path": ["x"]}
