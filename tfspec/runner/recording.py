"""What a run records while it trains: the history, and a loss that is no number."""

from __future__ import annotations

import csv
import math
import time
from typing import Any

import keras

from .folder import RunFolder


class History(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Writes a row of `history.csv` after each epoch."""

    def __init__(self, folder: RunFolder) -> None:
        super().__init__()
        self.folder = folder
        self.rows: list[dict[str, float]] = []
        self._columns: list[str] = []

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Add the epoch's row; a number that comes up later adds its column."""
        row = {"epoch": epoch + 1, **{name: float(value) for name, value in (logs or {}).items()}}
        self.rows.append(row)
        new = [name for name in row if name not in self._columns]
        self._columns += new
        rewrite = bool(new)
        with self.folder.history.open("w" if rewrite else "a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self._columns, lineterminator="\n")
            if rewrite:
                writer.writeheader()
            writer.writerows(self.rows if rewrite else [row])


class LossWatch(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Stops the training when the loss is no number any more.

    The loss that Keras reports is the mean over the epoch so far, so a NaN stays in it: a look
    every second is enough, and costs nothing that can be measured.
    """

    PERIOD = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.place: str | None = None
        self._epoch = 0
        self._looked = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Remember the epoch."""
        del logs
        self._epoch = epoch + 1

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Look at the loss, once a second."""
        if time.monotonic() - self._looked >= self.PERIOD:
            self._looked = time.monotonic()
            self._look(logs, f"within the first {batch + 1} batches of epoch {self._epoch}")

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Look at the loss of the epoch."""
        self._look(logs, f"in epoch {epoch + 1}")

    def _look(self, logs: dict[str, Any] | None, place: str) -> None:
        loss = (logs or {}).get("loss")
        if self.place is None and loss is not None and not math.isfinite(float(loss)):
            self.place = place
            self.model.stop_training = True
