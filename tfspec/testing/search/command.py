"""The command: worker processes, their progress, and what they found as files."""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tfspec.spec.write import to_yaml

from .coverage import Coverage
from .worker import signature
from .workers import Line, Workers

TOLD_EVERY = 500
"""Specs after which the progress is told, where there is no terminal for a bar."""

STOPPED = 130
"""The exit status of a search that somebody stopped."""


NAMED = 20
"""How many layers and arguments that were not met are told by their names; a file of `--met` has all others."""


class Case(NamedTuple):
    """A spec on which tfspec and Keras disagree, as small as Hypothesis made it."""

    spec: dict[str, Any]
    found: list[list[str]]

    @property
    def name(self) -> str:
        """A name for its file."""
        said = f"{self.found[0][0]} {self.found[0][2]}".lower()
        return "_".join(re.findall(r"[a-z]+", said)[:8])

    def text(self) -> str:
        """Its file: both answers as comments, then the spec."""
        answers = [
            f"# {what}\n#   tfspec: {_line(ours)}\n#   Keras:  {_line(theirs)}\n" for what, ours, theirs in self.found
        ]
        return "".join(answers) + to_yaml(self.spec)


@click.group()
def main() -> None:
    """Test tfspec on specs that nobody wrote."""


@main.command()
@click.option("--specs", default=1000, show_default=True, help="How many specs are tried.")
@click.option("--jobs", default=2, show_default=True, help="How many processes try them.")
@click.option("--seed", default=0, show_default=True, help="The same seed tries the same specs.")
@click.option("--found", default="found", show_default=True, type=click.Path(path_type=Path), help="Folder for cases.")
@click.option("--met", type=click.Path(path_type=Path, dir_okay=False), help="File for all that was met, as JSON.")
def search(specs: int, jobs: int, seed: int, found: Path, met: Path | None) -> None:
    """Compare what tfspec says of random specs with what Keras does; exit 1 where they disagree.

    Stopped by Ctrl-C or a signal to terminate, it tells what it has met so far, and exits with 130.
    """
    console = Console()
    began = time.monotonic()
    coverage, cases, stopped, told = Coverage(), list[Case](), False, 0
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _progress(console) as progress:
        bar = progress.add_task("specs", total=specs, found=0)
        try:
            for line in run_workers(specs, jobs, seed):
                _take(line, coverage, cases, found, console)
                progress.update(bar, completed=coverage.specs, found=len(cases))
                if not console.is_terminal and coverage.specs >= told + TOLD_EVERY:
                    told = coverage.specs
                    console.print(f"{told:,} of {specs:,} specs, {len(cases)} disagreements", highlight=False)
        except KeyboardInterrupt:
            stopped = True
            for again in before:  # what was found is still to be told
                signal.signal(again, signal.SIG_IGN)
    if met:
        met.write_text(json.dumps(coverage.to_dict(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _report(console, coverage, cases, time.monotonic() - began)
    for number, handler in before.items():
        signal.signal(number, handler)
    sys.exit(STOPPED if stopped else 1 if cases else 0)


def _take(line: Line, coverage: Coverage, cases: list[Case], folder: Path, console: Console) -> None:
    """Count what a worker has met, or keep what it has found, once."""
    if "met" in line:
        coverage.add(line["met"])
        return
    case = Case(line["spec"], line["found"])
    if signature(case.found) not in {signature(other.found) for other in cases}:
        cases.append(case)
        path = write_case(case, folder)
        console.print(f"{path}: {case.found[0][0]}", markup=False, highlight=False)


def run_workers(specs: int, jobs: int, seed: int) -> Iterator[Line]:
    """The lines of all workers as they come; closed, it ends them."""
    workers = Workers(specs, seed)
    threads = [threading.Thread(target=workers.work, daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    running = len(threads)
    try:
        while running:
            line = workers.lines.get()
            if line is None:
                running -= 1
            else:
                yield line
    finally:
        workers.end()


def write_case(case: Case, folder: Path) -> Path:
    """Keep a case as YAML, with both answers at its top, beside those that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    endings = chain([""], (f"_{number}" for number in count(2)))
    path = next(path for ending in endings if not (path := folder / f"{case.name}{ending}.yaml").exists())
    path.write_text(case.text(), encoding="utf-8")
    return path


def _progress(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[found]} disagreements"),
    )
    return Progress(*columns, console=console)


def _report(console: Console, coverage: Coverage, cases: list[Case], seconds: float) -> None:
    table = Table(show_header=False)
    rows = [("specs", str(coverage.specs)), ("specs per second", f"{coverage.specs / seconds:.1f}"), *coverage.rows()]
    for row in [*rows, ("disagreements", str(len(cases)))]:
        table.add_row(*row)
    console.print(table)
    for what, names in (("layers", coverage.layers_not_met), ("arguments", coverage.arguments_not_met)):
        if names:
            more = f", and {len(names) - NAMED} more" if len(names) > NAMED else ""
            console.print(f"{what} not met: {', '.join(names[:NAMED])}{more}", markup=False, highlight=False)


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
