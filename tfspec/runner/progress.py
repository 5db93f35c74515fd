"""Progress: a bar through the epoch where somebody watches, a line for each epoch everywhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

import keras

Verbosity = Literal["silent", "lines", "bar"]
PERIOD = 0.2
"""Seconds between two drawings of the bar."""


class Progress(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Shows how far a run is; `say` takes each finished line, for the log."""

    def __init__(self, verbosity: Verbosity, say: Callable[[str], None]) -> None:
        super().__init__()
        self.verbosity = verbosity
        self.say = say
        self._bar: Any = None
        self._task: Any = None
        self._start = 0.0
        self._drawn = 0.0
        self._epoch = 0

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Open the bar."""
        del logs
        if self.verbosity != "bar":
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, TextColumn("{task.fields[numbers]}"), transient=True)
        self._bar.start()

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Close the bar."""
        del logs
        self.close()

    def close(self) -> None:
        """Close the bar, whatever ended the run."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Start the bar anew."""
        del logs
        self._epoch, self._start = epoch + 1, time.monotonic()
        if self._bar is not None:
            if self._task is not None:
                self._bar.remove_task(self._task)
            name = f"epoch {self._epoch}/{self.params['epochs']}"
            self._task = self._bar.add_task(name, total=self.params.get("steps"), numbers="")

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Move the bar, a few times a second: reading a number waits for the device."""
        if self._bar is None or time.monotonic() - self._drawn < PERIOD:
            return
        self._drawn = time.monotonic()
        self._bar.update(self._task, completed=batch + 1, numbers=_numbers({"loss": (logs or {}).get("loss")}))

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Write the epoch's line."""
        took = time.monotonic() - self._start
        line = f"epoch {epoch + 1}/{self.params['epochs']}  {_numbers(logs or {})}  {took:.1f} s"
        self.say(line)
        if self._bar is not None:
            self._bar.console.print(line, highlight=False, markup=False, soft_wrap=True)
        elif self.verbosity == "lines":
            print(line, flush=True)  # noqa: T201 - it is what the user asked to see


def _numbers(logs: dict[str, Any]) -> str:
    """The numbers of an epoch, the losses first."""
    logs = dict(
        sorted(logs.items(), key=lambda item: (item[0].startswith("val_"), item[0] != "loss" and item[0] != "val_loss"))
    )
    return "  ".join(f"{name} {float(value):.4g}" for name, value in logs.items() if value is not None)
