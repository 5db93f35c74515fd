"""What a callback says of itself, shown on Keras."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from pydantic import ValidationError

import tfspec
from tfspec.backends.keras.objects import to_keras
from tfspec.catalogue import declarations, find, make_thing
from tfspec.catalogue.callbacks import Callback, EarlyStopping, ModelCheckpoint

# TensorFlow's variables do not know NumPy 2's `copy`.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

CALLBACKS = [cls for cls in declarations("callback") if issubclass(cls, Callback)]


def needs_package(cls: type[Callback]) -> None:
    """Leave out a callback whose package is not there."""
    if cls.package:
        pytest.importorskip(cls.package.partition("-")[0])


def thing(cls: type[Callback], folder: Path, **arguments: object) -> Callback:
    """A callback with the arguments that it needs, and its paths in a folder."""
    names = {"filepath": "model.keras", "filename": "log.csv", "backup_dir": "backup", "log_dir": "logs"}
    names |= {"directory": "states"}
    return cls.model_validate({path: str(folder / names[path]) for path in cls.paths} | arguments)


def fit(*callbacks: Any, **more: Any) -> dict[str, list[float]]:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(more.pop("optimizer", "sgd"), "mse", metrics=["mae", keras.metrics.TruePositives(name="hits")])
    history = model.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=2, verbose=0, callbacks=list(callbacks), **more)
    values: dict[str, list[float]] = history.history
    return values


@pytest.mark.parametrize("cls", CALLBACKS, ids=lambda cls: cls.__name__)
def test_defaults_work_in_a_run(cls: type[Callback], tmp_path: Path) -> None:
    needs_package(cls)
    optimizer = keras.optimizers.SGD(use_ema=cls.needs_ema)
    fit(to_keras(thing(cls, tmp_path)), validation_split=0.5, optimizer=optimizer)
    written = {path.name for path in tmp_path.iterdir()}
    kept = {"ModelCheckpoint": {"model.keras"}, "CSVLogger": {"log.csv"}, "TensorBoard": {"logs"}}
    kept |= {"OrbaxCheckpoint": {"states"}}
    assert written - {"backup"} == kept.get(cls.__name__, set())


@pytest.mark.parametrize("cls", CALLBACKS, ids=lambda cls: cls.__name__)
def test_paths_are_fields(cls: type[Callback]) -> None:
    assert set(cls.paths) <= set(cls.model_fields)
    told = {name for name in cls.model_fields if name.startswith(("file", "directory")) or name.endswith("_dir")}
    assert told == set(cls.paths)


def watches(cls: type[Callback], folder: Path, **arguments: object) -> bool:
    """Whether Keras complains of a value that the history does not have."""
    callback = to_keras(thing(cls, folder, monitor="val_nothing", mode="min", **arguments))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit(callback)
    return any("val_nothing" in str(warning.message) for warning in caught)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("EarlyStopping", {}),
        ("ReduceLROnPlateau", {}),
        ("ModelCheckpoint", {}),
        ("ModelCheckpoint", {"save_best_only": True}),
    ],
)
def test_what_is_monitored(name: str, arguments: dict[str, object], tmp_path: Path) -> None:
    cls = find("callback", name)
    assert cls is not None
    assert issubclass(cls, Callback)
    said = thing(cls, tmp_path, monitor="val_nothing", **arguments)
    assert (said.monitored == "val_nothing") is watches(cls, tmp_path, **arguments)


def test_others_monitor_nothing(tmp_path: Path) -> None:
    for cls in CALLBACKS:
        if "monitor" not in cls.model_fields:
            assert thing(cls, tmp_path).monitored is thing(cls, tmp_path).directed is None


@pytest.mark.parametrize("mode", ["auto", "min", "max"])
@pytest.mark.parametrize("name", ["EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint"])
def test_a_direction_is_needed(name: str, mode: str, tmp_path: Path) -> None:
    """Keras asks for the direction of a metric that has none, also where the value decides nothing."""
    cls = find("callback", name)
    assert cls is not None
    assert issubclass(cls, Callback)
    said = thing(cls, tmp_path, monitor="hits", mode=mode)
    if said.directed == "hits":
        with pytest.raises(ValueError, match="isn't able to automatically determine"):
            fit(to_keras(said))
    else:
        assert said.directed is None
        fit(to_keras(said))


@pytest.mark.parametrize("cls", CALLBACKS, ids=lambda cls: cls.__name__)
def test_a_schedule_does_not_suit_what_sets_the_rate(cls: type[Callback], tmp_path: Path) -> None:
    needs_package(cls)
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    optimizer = keras.optimizers.SGD(schedule, use_ema=cls.needs_ema)
    if cls.sets_learning_rate:
        callback = to_keras(thing(cls, tmp_path, monitor="loss", patience=0, min_delta=1e9))
        with pytest.raises(TypeError, match="LearningRateSchedule"):
            fit(callback, optimizer=optimizer)
    else:
        fit(to_keras(thing(cls, tmp_path)), optimizer=optimizer, validation_split=0.5)


def test_an_average_is_needed_for_swapping(tmp_path: Path) -> None:
    for cls in CALLBACKS:
        if cls.needs_ema:
            with pytest.raises(ValueError, match="use_ema"):
                fit(to_keras(thing(cls, tmp_path)), validation_split=0.5)


@pytest.mark.parametrize(
    ("filepath", "weights", "better"),
    [
        ("best.hdf5", False, "best.keras"),
        ("cp", False, "cp.keras"),
        ("cp.ckpt", True, "cp.weights.h5"),
        ("best.keras", True, "best.weights.h5"),
        ("best.h5", True, "best.weights.h5"),
    ],
)
def test_files_that_no_model_can_be_saved_to(filepath: str, weights: bool, better: str) -> None:  # noqa: FBT001 - a column
    arguments: dict[str, Any] = {"filepath": filepath, "save_weights_only": weights}
    with pytest.raises(ValueError, match="must end in"):
        keras.callbacks.ModelCheckpoint(**arguments)
    with pytest.raises(ValidationError) as caught:
        make_thing(Callback, {"ModelCheckpoint": arguments})
    (error,) = caught.value.errors()
    assert error["type"] == "argument"
    assert error["ctx"]["help"] == f"write `filepath: {better}`"
    keras.callbacks.ModelCheckpoint(better, save_weights_only=weights)


@pytest.mark.parametrize(("filepath", "weights"), [("a.keras", False), ("a.h5", False), ("a.weights.h5", True)])
def test_files_that_do(filepath: str, weights: bool) -> None:  # noqa: FBT001 - a column of the table
    to_keras(ModelCheckpoint(filepath=filepath, save_weights_only=weights))


def test_what_is_filled_in(tmp_path: Path) -> None:
    said = ModelCheckpoint(filepath=str(tmp_path / "{epoch:02d}-{loss:.2f}-{mae}-{loss}.keras"))
    assert said.filled_in == ("loss", "mae")
    fit(to_keras(said))
    assert len(list(tmp_path.iterdir())) == 2
    missing = ModelCheckpoint(filepath=str(tmp_path / "{val_loss}.keras"))
    with pytest.raises(KeyError, match="val_loss"):
        fit(to_keras(missing))


@pytest.mark.parametrize("filepath", ["{epoch.keras", "a}.keras"])
def test_braces_that_do_not_close(filepath: str) -> None:
    with pytest.raises(ValidationError, match="argument"):
        ModelCheckpoint(filepath=filepath)


@pytest.mark.parametrize("batches", [0, 3, [2, 5]])
def test_batches_to_profile(batches: object) -> None:
    said = make_thing(Callback, {"TensorBoard": {"profile_batch": batches}})
    assert said.said == {"profile_batch": tuple(batches) if isinstance(batches, list) else batches}


@pytest.mark.parametrize("batches", [[5, 2], [1, 2, 3], -1, "2,5"])
def test_batches_that_cannot_be_profiled(batches: object) -> None:
    with pytest.raises(ValidationError):
        make_thing(Callback, {"TensorBoard": {"profile_batch": batches}})


def test_defaults_are_keras_s() -> None:
    assert EarlyStopping().monitored == keras.callbacks.EarlyStopping().monitor


@pytest.mark.parametrize(
    "callback",
    [
        {"CSVLogger": {"filename": "../log.csv"}},
        {"TensorBoard": {"log_dir": "a/../../b"}},
        {"ModelCheckpoint": {"filepath": "..\\best.keras"}},
    ],
)
def test_what_a_callback_writes_stays_in_the_run_folder(callback: dict[str, Any]) -> None:
    spec = {"tfspec": 1, "model": {"sequential": {"input": {"shape": [4]}, "layers": ["Flatten"]}}}
    (problem,) = tfspec.check({**spec, "callbacks": [callback]})
    assert problem.code == "TS206"
    assert problem.message.endswith("leads out of the run folder")
