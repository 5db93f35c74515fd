"""The processes of a search: one takes the place of another, and what one finds the next ones leave aside."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections import deque
from pathlib import Path
from typing import Any

from .worker import signature

CHUNK = 2000
"""Specs that one process tries before another takes its place: what Keras does not free goes with it."""

LAST_LINES = 3
"""How much is told of what a process said before it died."""

Line = dict[str, Any]


class Workers:
    """The work of a search in chunks, and the lines that its processes print; None is the last of each thread."""

    def __init__(self, specs: int, seed: int) -> None:
        self.lines: queue.Queue[Line | None] = queue.Queue()
        self.chunks: queue.Queue[tuple[int, int]] = queue.Queue()
        self.processes: set[subprocess.Popen[str]] = set()
        self.known: list[list[str]] = []
        for number, first in enumerate(range(0, specs, CHUNK)):
            self.chunks.put((min(CHUNK, specs - first), (seed * 10_000 + number) * CHUNK))

    def work(self) -> None:
        """Let one process after the other try a chunk of specs."""
        with tempfile.TemporaryDirectory() as folder:
            last = Path(folder) / "last.json"
            while True:
                try:
                    count, seed = self.chunks.get_nowait()
                except queue.Empty:
                    break
                self._try(count, seed, last)
        self.lines.put(None)

    def end(self) -> None:
        """End what is still running."""
        with self.chunks.mutex:
            self.chunks.queue.clear()
        for process in list(self.processes):
            process.kill()

    def _try(self, count: int, seed: int, last: Path) -> None:
        """One process; what made it die is told like what it finds."""
        arguments = [str(count), str(seed), str(last), json.dumps(self.known)]
        command = [sys.executable, "-m", "tfspec.testing.search.worker", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - itself
            self.processes.add(process)
            complaints: deque[str] = deque(maxlen=LAST_LINES)
            reader = threading.Thread(target=complaints.extend, args=(process.stderr or (),), daemon=True)
            reader.start()
            for text in process.stdout or ():
                if text.startswith("{"):
                    self._tell(json.loads(text))
            code = process.wait()
            reader.join()
        self.processes.discard(process)
        if code:
            spec = json.loads(last.read_text(encoding="utf-8")) if last.exists() else {}
            said = " ".join("".join(complaints).split())
            self._tell({"spec": spec, "found": [["process", "no problem", f"ended with {code}: {said}"]]})

    def _tell(self, line: Line) -> None:
        if "found" in line:
            self.known.append(list(signature(line["found"])))
        self.lines.put(line)
