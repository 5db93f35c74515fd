"""The run folder: what is in it, and how it is written so that nothing is lost half-way."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

from tfspec.diagnostics import SpecError

from .problems import NO_RUN


class RunFolder:
    """The files of one run.

    `spec.yaml` (or `.json`) is the spec as written, `resolved.yaml` as it was run, `run.json` the
    versions, the command line and how it ended, `history.csv` a row for each epoch, `metrics.json`
    the results, `model.keras` the best model with its preparation, `shared/NAME.keras` a shared model in it by itself,
    `log.txt` what was said.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.resolved = path / "resolved.yaml"
        self.facts = path / "run.json"
        self.history = path / "history.csv"
        self.metrics = path / "metrics.json"
        self.model = path / "model.keras"
        self.shared = path / "shared"
        self.log = path / "log.txt"

    @classmethod
    def create(cls, runs: Path, name: str) -> RunFolder:
        """A new folder `<runs>/<name>-<number>`, with the first number above those that are taken."""
        stem = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "run"
        runs.mkdir(parents=True, exist_ok=True)
        numbers = [int(m[1]) for p in runs.iterdir() if (m := re.fullmatch(re.escape(stem) + r"-(\d+)", p.name))]
        number = max(numbers, default=0) + 1
        while True:
            path = runs / f"{stem}-{number}"
            try:
                path.mkdir()
            except FileExistsError:  # another run took it between the look and the making
                number += 1
            else:
                return cls(path)

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """The folder of an earlier run.

        Raises:
            SpecError: The path is no run folder, or the run left no model.
        """
        folder = cls(path)
        for file, what in ((folder.facts, "no run folder"), (folder.model, "a run that left no model")):
            if not file.is_file():
                advice = "give the folder that `tfspec run` named at its end, such as `runs/digits-1`"
                raise SpecError([NO_RUN.problem(f"`{path}` is {what}: there is no `{file.name}` in it", help=advice)])
        return folder

    def write_json(self, path: Path, data: dict[str, Any]) -> None:
        """Write data so that the file is either the old one or the new one, never half of it."""
        self.write_text(path, json.dumps(data, indent=2, ensure_ascii=False, allow_nan=True) + "\n")

    def write_text(self, path: Path, text: str) -> None:
        """Write a text so that the file is either the old one or the new one, never half of it."""
        partial = path.with_name(path.name + ".partial")
        try:
            partial.write_text(text, encoding="utf-8")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def save_model(self, model: Any, path: Path | None = None) -> None:
        """Save a Keras model, as the model of the run or at `path`: the file is either the old one or the new one."""
        path = path or self.model
        partial = path.with_suffix(".partial.keras")
        try:
            model.save(partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def save_shared(self, models: dict[str, Any]) -> None:
        """Save shared models as `shared/NAME.keras`."""
        for name, model in models.items():
            self.shared.mkdir(exist_ok=True)
            self.save_model(model, self.shared / f"{name}.keras")

    def read_facts(self) -> dict[str, Any]:
        """What `run.json` says."""
        facts: dict[str, Any] = json.loads(self.facts.read_text(encoding="utf-8"))
        return facts

    def say(self, line: str) -> None:
        """Add a line to the log; a disk without room is no reason to stop for that."""
        try:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
        except OSError:
            return
