"""A run: what it leaves, and that it is what Keras makes of the same spec."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec


def test_the_folder_holds_what_the_documentation_says(trained: "tfspec.Run") -> None:
    names = {path.name for path in trained.folder.iterdir()}
    assert names == {
        "spec.yaml",
        "resolved.yaml",
        "run.json",
        "history.csv",
        "metrics.json",
        "model.keras",
        "log.txt",
    }
    facts = json.loads((trained.folder / "run.json").read_text())
    assert facts["ending"] == "completed"
    assert facts["rows"] == {"train": 1079, "validation": 359, "test": 359}
    assert facts["versions"]["keras"]
    assert facts["command"]
    assert len(facts["class_names"]["y"]) == 10
    metrics = json.loads((trained.folder / "metrics.json").read_text())
    assert metrics["test"] == trained.metrics["test"]
    assert set(metrics["validation"]) == {"loss", "accuracy"}


def test_the_history_has_a_row_for_each_epoch(trained: "tfspec.Run") -> None:
    with (trained.folder / "history.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert float(rows[1]["val_loss"]) == pytest.approx(trained.history[1]["val_loss"])
    assert trained.best_epoch == 2


def test_the_resolved_spec_is_the_spec_and_repeats_the_run(trained: "tfspec.Run", tmp_path: Path) -> None:
    again = tfspec.run(trained.folder / "resolved.yaml", runs=tmp_path)
    assert again.history == trained.history
    for ours, theirs in zip(again.model.get_weights(), trained.model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_validation_after_listed_epochs(digits: str, tmp_path: Path) -> None:
    run = tfspec.run(digits, runs=tmp_path, overrides=["fit.epochs=3", "fit.validation_freq=[1, 3]"])
    assert ["val_loss" in row for row in run.history] == [True, False, True]
    with (run.folder / "history.csv").open() as file:
        assert [bool(row["val_loss"]) for row in csv.DictReader(file)] == [True, False, True]
    assert run.best_epoch in {1, 3}
    fit = tfspec.load(run.folder / "resolved.yaml").fit
    assert fit is not None
    assert fit.validation_freq == (1, 3)


def test_a_spec_without_a_seed_gets_one_that_is_written_down(digits: str, tmp_path: Path) -> None:
    run = tfspec.run(digits.replace("seed: 7\n", ""), runs=tmp_path, overrides=["fit.epochs=1"])
    seed = tfspec.load(run.folder / "resolved.yaml").seed
    assert seed is not None
    again = tfspec.run(run.folder / "resolved.yaml", runs=tmp_path)
    assert again.history == run.history


def test_a_folder_is_never_used_twice(digits: str, tmp_path: Path) -> None:
    (tmp_path / "digits-3").mkdir()
    (tmp_path / "digits-3" / "model.keras").write_text("precious")
    folders = [tfspec.run(digits, runs=tmp_path, overrides=["fit.epochs=1"]).folder.name for _ in range(2)]
    assert folders == ["digits-4", "digits-5"]
    assert (tmp_path / "digits-3" / "model.keras").read_text() == "precious"


def test_the_saved_model_takes_raw_data_and_needs_no_tfspec(trained: "tfspec.Run", tmp_path: Path) -> None:
    """A fresh process that never imports tfspec gets the accuracy that the run told."""
    script = tmp_path / "use.py"
    script.write_text(
        "import sys, json, numpy as np, keras\n"
        "from sklearn.datasets import load_digits\n"
        "x, y = load_digits(return_X_y=True)\n"
        "model = keras.models.load_model(sys.argv[1])\n"
        "right = (model.predict(x.astype('float32'), verbose=0).argmax(-1) == y).mean()\n"
        "assert 'tfspec' not in sys.modules\n"
        "print(json.dumps(float(right)))\n"
    )
    done = subprocess.run(
        [sys.executable, script, trained.folder / "model.keras"], capture_output=True, text=True, check=True
    )
    accuracy = json.loads(done.stdout.splitlines()[-1])
    parts = trained.metrics["validation"]["accuracy"], trained.metrics["test"]["accuracy"]
    assert min(parts) - 0.1 < accuracy <= 1


def test_preparation_is_adapted_on_the_training_rows_alone(trained: "tfspec.Run", keras: Any) -> None:
    from tfspec.analysis import analyze
    from tfspec.data import load_splits

    analysis = analyze(tfspec.load(trained.folder / "resolved.yaml"))
    assert analysis.feeds is not None
    (train,) = load_splits(analysis.spec, analysis.feeds, trained.folder).train.inputs.values()
    (layer,) = [layer for layer in trained.model.layers if isinstance(layer, keras.layers.Normalization)]
    np.testing.assert_allclose(np.ravel(layer.mean), train.mean(axis=0), rtol=1e-5, atol=1e-6)


def test_a_plain_keras_script_gets_the_same_numbers(trained: "tfspec.Run", keras: Any) -> None:
    """The same rows, layers and seeds in Keras's own words give the same history."""
    from tfspec.analysis import analyze
    from tfspec.data import load_splits

    analysis = analyze(tfspec.load(trained.folder / "resolved.yaml"))
    assert analysis.feeds is not None
    keras.utils.set_random_seed(7)
    splits = load_splits(analysis.spec, analysis.feeds, trained.folder)
    assert splits.validation is not None
    (x,), (y,) = splits.train.inputs.values(), splits.train.targets.values()
    (xv,), (yv,) = splits.validation.inputs.values(), splits.validation.targets.values()
    normalization = keras.layers.Normalization()
    normalization.adapt(x)
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    history = model.fit(
        np.asarray(normalization(x)),
        y,
        batch_size=64,
        epochs=2,
        validation_data=(np.asarray(normalization(xv)), yv),
        verbose=0,
    )
    for key, values in history.history.items():
        assert [row[key] for row in trained.history] == pytest.approx(values, rel=1e-5), key


def test_evaluate_repeats_the_metrics_of_the_run(trained: "tfspec.Run") -> None:
    from tfspec.runner import evaluate

    assert evaluate(trained.folder) == pytest.approx(trained.metrics["test"], rel=1e-5)


def test_early_stopping_callbacks_and_files_in_the_run_folder(digits: str, tmp_path: Path) -> None:
    callbacks = (
        "callbacks:\n"
        "  - EarlyStopping: {monitor: val_accuracy, patience: 1, min_delta: 10}\n"
        "  - CSVLogger: {filename: log.csv}\n"
        "  - ModelCheckpoint: {filepath: 'at-{epoch}.keras'}\n"
        "  - TensorBoard\n"
    )
    run = tfspec.run(digits.replace("epochs: 2", "epochs: 9") + callbacks, runs=tmp_path)
    assert len(run.history) == 2
    names = {path.name for path in run.folder.iterdir()}
    assert {"log.csv", "at-1.keras", "at-2.keras", "logs"} <= names
    assert json.loads((run.folder / "metrics.json").read_text())["best_by"] == "val_accuracy"


def test_a_run_needs_data_compile_and_fit() -> None:
    spec = "tfspec: 1\nmodel: {sequential: {input: {shape: [4]}, layers: [Flatten]}}\n"
    with pytest.raises(tfspec.SpecError, match="it has no `data` and `compile` and `fit`"):
        tfspec.run(spec)


def test_shared_models_are_saved_by_name(tmp_path: Path) -> None:
    import keras

    run = tfspec.run(
        """\
tfspec: 1
seed: 1
shared:
  core: {sequential: {layers: [{Dense: {units: 3}}]}}
  encoder: {sequential: {layers: [{Dense: {units: 4, activation: relu}}, core]}}
model: {sequential: {layers: [encoder, {Dense: {units: 10, activation: softmax}}]}}
data: {source: {sklearn: {dataset: digits}}, split: {validation: 0.2}}
compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
fit: {epochs: 2}
""",
        runs=tmp_path,
    )
    assert sorted(path.name for path in (run.folder / "shared").iterdir()) == ["core.keras", "encoder.keras"]
    encoder = keras.models.load_model(run.folder / "shared" / "encoder.keras")
    examples = np.random.default_rng(0).random((3, 64), np.float32)
    ours = run.model.get_layer("encoder").predict(examples, verbose=0)
    np.testing.assert_array_equal(encoder.predict(examples, verbose=0), ours)
