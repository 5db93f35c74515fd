"""Runs that end early: what there is by then is saved, and said."""

import contextlib
import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tfspec


def start(spec: Path, runs: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tfspec", "run", str(spec), "--runs", str(runs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_epochs(folder: Path, epochs: int) -> None:
    """Wait until the history has so many rows."""
    for _ in range(1200):
        history = folder / "history.csv"
        if history.exists() and len(history.read_text().splitlines()) > epochs:
            return
        time.sleep(0.1)
    pytest.fail("the run did not get so far in two minutes")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_its_best_model(
    number: signal.Signals, digits: str, write: Callable[[str], Path], tmp_path: Path
) -> None:
    process = start(write(digits.replace("epochs: 2", "epochs: 100000")), tmp_path / "runs")
    folder = tmp_path / "runs" / "digits-1"
    wait_for_epochs(folder, 2)
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    assert "interrupted after" in out
    assert "Traceback" not in out + err
    assert json.loads((folder / "run.json").read_text())["ending"] == "interrupted"
    assert set(json.loads((folder / "metrics.json").read_text())["test"]) == {"loss", "accuracy"}
    from tfspec.runner import evaluate

    assert 0 <= evaluate(folder)["accuracy"] <= 1


def test_a_run_that_is_killed_leaves_whole_files(digits: str, write: Callable[[str], Path], tmp_path: Path) -> None:
    process = start(write(digits.replace("epochs: 2", "epochs: 100000")), tmp_path / "runs")
    folder = tmp_path / "runs" / "digits-1"
    wait_for_epochs(folder, 3)
    process.kill()
    process.communicate(timeout=60)
    with (folder / "history.csv").open() as file:
        assert len(list(csv.DictReader(file))) >= 3
    from tfspec.runner import evaluate

    assert 0 <= evaluate(folder)["accuracy"] <= 1


def no_room(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_while_the_model_is_saved(digits: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tfspec.runner import RunFolder

    monkeypatch.setattr(RunFolder, "save_model", no_room)
    run = tfspec.run(digits, runs=tmp_path)
    assert run.ending == "disk full"
    (problem,) = run.problems
    assert problem.code == "TS703"
    assert "no space left on device" in problem.message
    assert "no model could be kept" in problem.notes


def test_a_full_disk_in_the_middle_keeps_the_model_from_before(
    digits: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tfspec.runner import evaluate
    from tfspec.runner.recording import History

    write_row = History.on_epoch_end

    def full_at_the_third(self: History, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if epoch == 2:
            no_room()
        write_row(self, epoch, logs)

    monkeypatch.setattr(History, "on_epoch_end", full_at_the_third)
    run = tfspec.run(digits.replace("epochs: 2", "epochs: 5"), runs=tmp_path)
    assert run.ending == "disk full"
    assert len(run.history) == 2
    assert 0 <= evaluate(run.folder)["accuracy"] <= 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written(digits: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(tfspec.SpecError, match="no run folder can be made"):
        tfspec.run(digits, runs=tmp_path / "runs")


def test_runs_in_a_place_that_is_a_file(digits: str, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    with pytest.raises(tfspec.SpecError, match="no run folder can be made"):
        tfspec.run(digits, runs=tmp_path / "runs")


def test_a_loss_that_is_no_number_ends_the_run_with_advice(digits: str, tmp_path: Path) -> None:
    bad = digits.replace("optimizer: adam", "optimizer: {SGD: {learning_rate: 1.0e+30}}").replace(
        "epochs: 2", "epochs: 50"
    )
    run = tfspec.run(bad.replace("  prepare: [Normalization]\n", ""), runs=tmp_path)
    assert run.ending == "diverged"
    assert len(run.history) < 50
    (problem,) = run.problems
    assert problem.code == "TS702"
    assert problem.help is not None
    assert "lower the learning rate, which is 1e+30: try 1e+29" in problem.help
    assert "Normalization" in problem.help


def test_what_keras_refuses_is_told_without_a_traceback(
    digits: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tfspec.runner.recording import LossWatch

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the kernel does not like it\nin detail")

    monkeypatch.setattr(LossWatch, "on_epoch_begin", fail)
    run = tfspec.run(digits, runs=tmp_path)
    assert run.ending == "failed"
    (problem,) = run.problems
    assert problem.message == "Keras ended the training: the kernel does not like it"
    assert "in detail" in (run.folder / "log.txt").read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_heeded_though_its_exception_is_swallowed(number: signal.Signals) -> None:
    from types import SimpleNamespace

    from tfspec.runner.training import stopped_by_signals

    model: Any = SimpleNamespace(stop_training=False)
    before = signal.getsignal(number)
    signal.signal(number, signal.default_int_handler)
    try:
        with stopped_by_signals(model) as asked, contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(number)
        assert asked.is_set()
        assert model.stop_training
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)
