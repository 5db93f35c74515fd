"""The search: what it prints, what it keeps, how it ends."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import tfspec
from tfspec.analysis import analyze
from tfspec.catalogue import declarations
from tfspec.testing import cases_in
from tfspec.testing.search import command
from tfspec.testing.search.coverage import Coverage
from tfspec.testing.search.worker import signature
from tfspec.testing.search.workers import Workers

SPEC: dict[str, Any] = {
    "tfspec": 1,
    "model": {"sequential": {"input": {"shape": [4]}, "layers": [{"Dense": {"units": 3}}, "ReLU"]}},
}


def test_coverage_counts_layers_arguments_and_neighbours() -> None:
    coverage = Coverage()
    coverage.meet(analyze(tfspec.load(SPEC)))
    again = Coverage()
    again.add(coverage.to_dict())
    again.add(coverage.to_dict())
    assert again.specs == 2
    assert again.layers == {"Dense": 2, "ReLU": 2}
    assert again.arguments == {"Dense.units": 2}
    assert again.neighbours == {"Dense > ReLU": 2}
    assert len(again.layers_not_met) == len(declarations("layer")) - 2
    assert "Dense.units" not in again.arguments_not_met


def _ends(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: dict[str, Any]) -> Any:
    monkeypatch.setattr(command, "run_workers", lambda *_: iter(lines))
    return CliRunner().invoke(command.main, ["search", "--specs", "1", "--found", str(folder)])


def test_what_is_found_is_kept_with_both_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    line = {"spec": SPEC, "found": [["shape of output `a`", "(None, 3)", "(None, 4)"]]}
    other = {"spec": SPEC, "found": [["shape of output `a`", "(None, 3)", "float"]]}
    done = _ends(monkeypatch, tmp_path / "found", line, line)
    assert done.exit_code == 1
    (path,) = (tmp_path / "found").iterdir()
    _ends(monkeypatch, tmp_path / "found", line, other)
    assert len(list((tmp_path / "found").iterdir())) == 3, "an earlier search's cases are kept"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# shape of output `a`\n#   tfspec: (None, 3)\n#   Keras:  (None, 4)\ntfspec: 1\n")
    assert list(cases_in(tmp_path / "found").values()) == [SPEC] * 3


def test_nothing_found_is_a_success(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    coverage = Coverage()
    coverage.meet(analyze(tfspec.load(SPEC)))
    done = _ends(monkeypatch, tmp_path, {"met": coverage.to_dict()})
    assert done.exit_code == 0
    assert "specs per second" in done.output
    assert "layers not met" in done.output


@pytest.mark.usefixtures("keras")
def test_workers_try_specs_and_tell_what_they_met() -> None:
    lines = list(command.run_workers(6, 2, 1))
    assert all(set(line) == {"met"} for line in lines if "spec" not in line)
    assert sum(line["met"]["specs"] for line in lines if "met" in line) == 6


def test_a_worker_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "false")
    (line,) = command.run_workers(3, 1, 0)
    assert line["found"][0][2].startswith("ended with 1")


def test_a_search_that_is_stopped_tells_what_it_has(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    coverage = Coverage()
    coverage.meet(analyze(tfspec.load(SPEC)))

    def stopped(*_: int) -> Iterator[dict[str, Any]]:
        yield {"met": coverage.to_dict()}
        yield {"spec": SPEC, "found": [["building", "no problem", "ValueError"]]}
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run_workers", stopped)
    done = CliRunner().invoke(command.main, ["search", "--specs", "9", "--found", str(tmp_path)])
    assert done.exit_code == command.STOPPED
    assert "specs per second" in done.output
    assert len(list(tmp_path.iterdir())) == 1


def test_workers_end_with_the_search() -> None:
    workers = Workers(5000, 0)
    working = threading.Thread(target=workers.work, daemon=True)
    working.start()
    while not workers.processes:
        working.join(0.05)
    workers.end()
    working.join(30)
    assert not working.is_alive()


def test_what_is_known_is_not_told_again() -> None:
    first = signature([["shape of result 0 of Dense `a`", "(None, 3)", "(None, 4)"]])
    assert first == signature([["shape of result 0 of Dense `b`", "(1,)", "(None, 7)"]])
    assert first != signature([["shape of result 0 of LSTM `a`", "(1,)", "(None, 7)"]])
    dtypes = [signature([["dtype of result 0 of Dense `a`", "int32", dtype]]) for dtype in ("float32", "float16")]
    assert dtypes[0] != dtypes[1]


def test_what_was_met_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    coverage = Coverage()
    coverage.meet(analyze(tfspec.load(SPEC)))
    monkeypatch.setattr(command, "run_workers", lambda *_: iter([{"met": coverage.to_dict()}]))
    CliRunner().invoke(command.main, ["search", "--specs", "1", "--met", str(tmp_path / "met.json")])
    assert json.loads((tmp_path / "met.json").read_text(encoding="utf-8")) == coverage.to_dict()
