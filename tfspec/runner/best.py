"""The best model of a run, kept while it trains."""

from __future__ import annotations

import math
import time
from typing import Any

import keras

from tfspec.analysis import CompilePlan
from tfspec.spec import Spec

from .folder import RunFolder

SHARE = 0.01
"""The part of a run's time that may go into saving models between its epochs."""


def best_by(spec: Spec, plan: CompilePlan) -> tuple[str, str]:
    """The number by which one epoch is better than another, and whether `min` or `max` of it is best.

    The first callback that watches something says it; else it is the validation loss, or the loss
    where nothing is validated.
    """
    for callback in spec.callbacks:
        if callback.monitored is not None:
            return callback.monitored, _direction(callback.monitored, getattr(callback, "mode", "auto"), plan)
    validated = spec.data is not None and spec.data.split is not None and spec.data.split.validation is not None
    return ("val_loss" if validated else "loss"), "min"


def _direction(name: str, mode: str, plan: CompilePlan) -> str:
    if mode != "auto":
        return mode
    metric = plan.metrics.get(name.removeprefix("val_"))
    return "max" if metric is not None and metric.direction == "up" else "min"


class BestModel(keras.callbacks.Callback):  # type: ignore[misc] # Keras has no types
    """Keeps the weights of the best epoch, and saves the model as often as costs little.

    `whole` is the model with its preparation; it shares its layers with the one that trains.
    """

    def __init__(self, folder: RunFolder, whole: keras.Model, monitor: str, direction: str) -> None:
        super().__init__()
        self.folder = folder
        self.whole = whole
        self.monitor = monitor
        self.sign = 1.0 if direction == "max" else -1.0
        self.best = -math.inf
        self.epoch: int | None = None
        self.weights: list[Any] | None = None
        self._saved: int | None = None
        self._next_save = 0.0

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Keep the weights if the epoch is the best so far."""
        value = (logs or {}).get(self.monitor)
        if value is None or not math.isfinite(value) or self.sign * value <= self.best:
            return
        self.best, self.epoch = self.sign * value, epoch + 1
        self.weights = self.model.get_weights()
        if time.monotonic() >= self._next_save:
            self._save()

    def finish(self) -> None:
        """Put the best weights back and save them, if they are not saved yet.

        A run that ended before its first epoch saves the weights that it has.
        """
        if self.weights is not None:
            self.model.set_weights(self.weights)
        if self._saved is None or self._saved != self.epoch:
            self._save()

    def _save(self) -> None:
        start = time.monotonic()
        self.folder.save_model(self.whole)
        now = time.monotonic()
        self._next_save = now + (now - start) / SHARE
        self._saved = self.epoch
