"""One training from its first step to its end, however it ends."""

from __future__ import annotations

import errno
import math
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import keras

from tfspec.analysis import Analysis
from tfspec.backends.keras import to_keras
from tfspec.catalogue.callbacks import Callback
from tfspec.data import Part, class_weights
from tfspec.diagnostics import Problem
from tfspec.spec import Fit

from .best import BestModel, best_by
from .folder import RunFolder
from .problems import DISK_FULL, NAN_LOSS, TRAINING_FAILED
from .progress import Progress, Verbosity
from .recording import History, LossWatch

Ending = Literal["completed", "interrupted", "diverged", "disk full", "failed"]
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG)


@dataclass
class Training:
    """What a training left behind."""

    ending: Ending = "completed"
    problems: list[Problem] = field(default_factory=list)
    history: list[dict[str, float]] = field(default_factory=list)
    best_epoch: int | None = None
    monitor: str = "loss"


def train(  # noqa: PLR0913 - what a training needs
    model: keras.Model,
    whole: keras.Model,
    analysis: Analysis,
    parts: tuple[Part, Part | None],
    folder: RunFolder,
    *,
    verbosity: Verbosity,
) -> Training:
    """Fit the model to the first part, validate on the second, and leave the best weights in it.

    Both parts are prepared already. `whole` is the model with its preparation, which is saved.
    """
    spec, plan = analysis.spec, analysis.plan
    assert spec.fit is not None  # noqa: S101 - a run is refused without it
    assert plan is not None  # noqa: S101 - likewise
    monitor, direction = best_by(spec, plan)
    history, watch = History(folder), LossWatch()
    best = BestModel(folder, whole, monitor, direction)
    progress = Progress(verbosity, folder.say)
    own = [keras_callback(callback, folder) for callback in spec.callbacks]
    result = Training(history=history.rows, monitor=monitor)
    try:
        with stopped_by_signals(model) as asked:
            model.fit(
                **_fit_arguments(spec.fit, analysis, parts), callbacks=[watch, *own, history, best, progress], verbose=0
            )
            if asked.is_set():  # while something ran that keeps exceptions to itself
                raise KeyboardInterrupt  # noqa: TRY301 - the ending of an interrupted run is below
    except KeyboardInterrupt:
        result.ending = "interrupted"
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        _note_disk(result, folder, error)
    except Exception as error:  # noqa: BLE001 - Keras and TensorFlow raise anything; the user gets its place and the log
        _note_failure(result, folder, error)
    finally:
        progress.close()
        _close_files(own)
    if watch.place is not None and result.ending == "completed":
        result.ending = "diverged"
        result.problems.append(_nan_problem(analysis, watch.place))
    result.best_epoch = best.epoch
    _finish(best, result, folder)
    return result


def keras_callback(callback: Callback, folder: RunFolder) -> Any:
    """The Keras callback, with the files that it writes inside the run folder."""
    places = {name: str(folder.path / getattr(callback, name)) for name in callback.paths}
    return to_keras(callback, **places)


@contextmanager
def stopped_by_signals(model: keras.Model) -> Iterator[threading.Event]:
    """SIGTERM and Ctrl-C end the training with what there is, saved: at once, or with the epoch at the latest.

    The event is set once a signal has come. Ctrl-C that is ignored from outside, as in a shell's background, stays so.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def stop(number: int, frame: object) -> None:
        del number, frame
        asked.set()
        model.stop_training = True
        raise KeyboardInterrupt

    heeded = [signal.SIGTERM]
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        heeded.append(signal.SIGINT)
    before = {number: signal.signal(number, stop) for number in heeded}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def fed(values: dict[str, Any], *, several: bool) -> Any:
    """Arrays as a Keras model takes them: alone, or by name where there are several."""
    return values if several else next(iter(values.values()))


def _fit_arguments(fit: Fit, analysis: Analysis, parts: tuple[Part, Part | None]) -> dict[str, Any]:
    train, validation = parts
    said = {name: value for name, value in fit.said.items() if name not in ("verbose", "class_weight")}
    if isinstance(fit.validation_freq, tuple):
        said["validation_freq"] = list(fit.validation_freq)  # Keras takes no tuple
    said |= {"x": inputs_of(train, analysis), "y": targets_of(train, analysis)}
    if validation is not None:
        said["validation_data"] = (inputs_of(validation, analysis), targets_of(validation, analysis))
    if fit.class_weight is not None:
        (labels,) = train.targets.values()
        said["class_weight"] = class_weights(labels, fit.class_weight)
    return said


def inputs_of(part: Part, analysis: Analysis) -> Any:
    """A part's inputs as the model takes them."""
    return fed(part.inputs, several=len(analysis.graph.inputs) > 1)


def targets_of(part: Part, analysis: Analysis) -> Any:
    """A part's targets in the structure of the model's outputs."""
    names = list(analysis.graph.outputs)
    if analysis.graph.structure == "list" and len(names) > 1:
        return [part.targets.get(name) for name in names]
    return fed(part.targets, several=len(names) > 1)


def _close_files(callbacks: list[Any]) -> None:
    """Close what Keras leaves open when a training ends before its time."""
    for callback in callbacks:
        if isinstance(callback, keras.callbacks.CSVLogger) and callback.csv_file is not None:
            callback.csv_file.close()


def _finish(best: BestModel, result: Training, folder: RunFolder) -> None:
    """Save the best model; a disk without room is told, once."""
    if result.ending == "failed" and best.epoch is None:
        return
    try:
        best.finish()
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        _note_disk(result, folder, error)


def _note_disk(result: Training, folder: RunFolder, error: OSError) -> None:
    if result.ending == "disk full":
        return
    result.ending = "disk full"
    kept = "the best model so far is kept in it" if folder.model.exists() else "no model could be kept"
    result.problems.append(
        DISK_FULL.problem(
            f"`{folder.path}` cannot be written any more: {(error.strerror or 'no room').lower()}",
            notes=(kept,),
            help="make room and run again, or write elsewhere with `--runs DIR`",
        )
    )


def _note_failure(result: Training, folder: RunFolder, error: Exception) -> None:
    result.ending = "failed"
    folder.say(f"{type(error).__name__}: {error}")
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    first = lines[0] if lines else type(error).__name__
    result.problems.append(
        TRAINING_FAILED.problem(
            f"Keras ended the training: {first[:300]}", notes=(f"the whole message is in `{folder.log}`",)
        )
    )


def _nan_problem(analysis: Analysis, place: str) -> Problem:
    spec = analysis.spec
    advice = []
    optimizer = spec.compile.effective("optimizer") if spec.compile else None
    rate = getattr(optimizer, "learning_rate", None)
    if isinstance(rate, float) and math.isfinite(rate):
        advice.append(f"lower the learning rate, which is {rate:g}: try {rate / 10:g}")
    if spec.data is not None and spec.data.prepare is None:
        advice.append("scale the inputs: `prepare: [Normalization]`")
    if optimizer is not None and not any(
        getattr(optimizer, key, None) for key in ("clipnorm", "clipvalue", "global_clipnorm")
    ):
        advice.append(f"clip the gradients: `{type(optimizer).__name__}: {{clipnorm: 1.0}}`")
    path = ("compile", "optimizer")
    return NAN_LOSS.problem(
        f"the loss became infinite or no number {place}",
        path=path,
        span=spec.tree.span_at(path, key=True),
        notes=("the best weights before that are kept, if an epoch was finished",),
        help=";\n".join(advice) or None,
    )
