"""A run of a spec in several files can be used when the files are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

import tfspec

BASE = """\
tfspec: 1
name: small
vars: {width: 4}
data: {source: {synthetic: {examples: 32, shape: [3]}}, split: {test: 8}}
compile: {loss: binary_crossentropy, metrics: [accuracy]}
fit: {epochs: 1}
"""
SPEC = """\
extends: base.yaml
use: blocks.yaml
model:
  sequential:
    layers: [{tower: {units: "${width}"}}, {Dense: {units: 1, activation: sigmoid}}]
profiles: {wide: {vars: {width: 6}}}
"""
BLOCKS = "blocks: {tower: {params: {units: }, layers: [{Dense: {units: '${units}'}}, ReLU]}}\n"


def test_a_run_needs_no_files_but_its_own(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow")
    for name, content in (("base.yaml", BASE), ("spec.yaml", SPEC), ("blocks.yaml", BLOCKS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    from tfspec.runner import evaluate

    run = tfspec.run(tmp_path / "spec.yaml", runs=tmp_path / "runs", profiles=["wide"])
    for name in ("base.yaml", "blocks.yaml", "spec.yaml"):
        (tmp_path / name).unlink()
    resolved = tfspec.load(run.folder / "resolved.yaml")
    assert resolved.to_dict()["model"]["sequential"]["layers"][0] == {"Dense": {"units": 6, "name": "tower_dense"}}
    assert "${" not in (run.folder / "resolved.yaml").read_text(encoding="utf-8")
    assert evaluate(run.folder).keys() == run.metrics["test"].keys()


def test_the_resolved_spec_finds_its_data(tmp_path: Path) -> None:
    pytest.importorskip("tensorflow")
    rows = "".join(f"{x},{2 * x}\n" for x in range(20))
    (tmp_path / "numbers.csv").write_text(f"x,y\n{rows}", encoding="utf-8")
    (tmp_path / "spec.yaml").write_text(
        "tfspec: 1\ndata: {source: {csv: {path: numbers.csv, target: y}}, split: {validation: 4}}\n"
        "model: {sequential: {layers: [{Dense: {units: 1}}]}}\ncompile: {loss: mse}\nfit: {epochs: 1}\n",
        encoding="utf-8",
    )
    run = tfspec.run(tmp_path / "spec.yaml", runs=tmp_path / "runs")
    assert tfspec.check(run.folder / "resolved.yaml") == []
    again = tfspec.run(run.folder / "resolved.yaml", runs=tmp_path / "again")
    assert again.history == run.history
