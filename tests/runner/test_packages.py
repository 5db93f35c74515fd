"""Callbacks whose packages are not installed: told before a run folder is made."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import tfspec
from tfspec.diagnostics import SpecError

SPEC = """\
tfspec: 1
data: {source: {synthetic: {examples: 12, shape: [4]}}}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: 2, activation: softmax}}]
compile: {optimizer: sgd, loss: sparse_categorical_crossentropy}
fit: {epochs: 1}
callbacks: [OrbaxCheckpoint: {directory: states}]
"""


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("tfspec.runner.run"), "find_spec", lambda _: None)
    with pytest.raises(SpecError) as caught:
        tfspec.run(SPEC, runs=tmp_path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("TS709", ("callbacks", 0))
    assert problem.message == "`OrbaxCheckpoint` needs the package `orbax-checkpoint`, which is not installed"
    assert problem.help == "install it: `pip install orbax-checkpoint`"
    assert list(tmp_path.iterdir()) == []


def test_with_the_package_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a relative folder too, as `runs` is by default."""
    pytest.importorskip("orbax")
    monkeypatch.chdir(tmp_path)
    run = tfspec.run(SPEC, runs="runs")
    assert run.ending == "completed"
    assert (run.folder / "states").is_dir()
