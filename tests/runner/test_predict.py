"""Predictions: the numbers are Keras's, the forms are those of the documentation."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sklearn.datasets import load_digits

    path = tmp_path_factory.mktemp("rows") / "rows.npz"
    np.savez(path, x=load_digits().data[:20])
    return path


def expected(trained: "tfspec.Run", rows: Path, keras: Any) -> Any:
    logits = trained.model.predict(np.load(rows)["x"].astype("float32"), verbose=0)
    return np.asarray(keras.ops.softmax(logits))


def test_logits_come_as_probabilities_of_named_classes(trained: "tfspec.Run", rows: Path, keras: Any) -> None:
    from tfspec.runner import predict

    (prediction,) = predict(trained.folder, rows).outputs.values()
    wanted = expected(trained, rows, keras)
    np.testing.assert_allclose(prediction.values, wanted, rtol=1e-5)
    assert prediction.names == tuple("0123456789")
    assert list(prediction.labels) == [str(i) for i in wanted.argmax(-1)]


def test_csv(trained: "tfspec.Run", rows: Path, keras: Any) -> None:
    from tfspec.runner import predict
    from tfspec.runner.writing import render

    table = list(csv.DictReader(io.StringIO(render(predict(trained.folder, rows), "csv").decode())))
    assert list(table[0]) == ["class", "probability", *(f"p_{i}" for i in range(10))]
    wanted = expected(trained, rows, keras)
    assert [row["class"] for row in table] == [str(i) for i in wanted.argmax(-1)]
    assert [float(row["probability"]) for row in table] == pytest.approx(wanted.max(-1), rel=1e-5)


def test_json_lines(trained: "tfspec.Run", rows: Path, keras: Any) -> None:
    from tfspec.runner import predict
    from tfspec.runner.writing import render

    lines = [json.loads(line) for line in render(predict(trained.folder, rows), "jsonl").decode().splitlines()]
    wanted = expected(trained, rows, keras)
    assert lines[3]["probabilities"] == pytest.approx({str(i): p for i, p in enumerate(wanted[3])}, rel=1e-5)


def test_npz(trained: "tfspec.Run", rows: Path, keras: Any) -> None:
    from tfspec.runner import predict
    from tfspec.runner.writing import render

    arrays = np.load(io.BytesIO(render(predict(trained.folder, rows), "npz")))
    np.testing.assert_allclose(arrays["probabilities"], expected(trained, rows, keras), rtol=1e-5)
    assert arrays["classes"].tolist() == [str(i) for i in arrays["probabilities"].argmax(-1)]


def test_two_classes_on_one_unit_and_several_outputs(tmp_path: Path) -> None:
    spec = """\
tfspec: 1
seed: 1
data:
  source: {npz: {path: rows.npz}}
  inputs: {x: x}
  targets: {size: {from: size}, big: {from: big}}
model:
  functional:
    inputs: {x: {shape: [3]}}
    layers:
      - Dense: {units: 1, name: size}
      - Dense: {units: 1, activation: sigmoid, name: big, from: x}
    outputs: [size, big]
compile: {loss: {size: mse, big: binary_crossentropy}}
fit: {epochs: 1}
"""
    x = np.random.default_rng(0).normal(size=(50, 3)).astype("float32")
    np.savez(tmp_path / "rows.npz", x=x, size=x.sum(1), big=(x.sum(1) > 0).astype("int64"))
    (tmp_path / "spec.yaml").write_text(spec)
    run = tfspec.run(tmp_path / "spec.yaml", runs=tmp_path / "runs")
    from tfspec.runner import predict
    from tfspec.runner.writing import render

    predictions = predict(run.folder, tmp_path / "rows.npz")
    assert {name: p.kind for name, p in predictions.outputs.items()} == {"size": "numbers", "big": "binary"}
    table = list(csv.DictReader(io.StringIO(render(predictions, "csv").decode())))
    assert list(table[0]) == ["size_prediction", "big_class", "big_probability", "big_p_0", "big_p_1"]
    size, big = run.model.predict(x, verbose=0)
    assert [float(row["size_prediction"]) for row in table] == pytest.approx(size[:, 0], rel=1e-4, abs=1e-5)
    assert [float(row["big_p_1"]) for row in table] == pytest.approx(big[:, 0], rel=1e-4)
    assert [row["big_class"] for row in table] == [str(int(p >= 0.5)) for p in big[:, 0]]


def test_sequences_are_no_table() -> None:
    from tfspec.runner.predict import Prediction, Predictions
    from tfspec.runner.writing import render

    predictions = Predictions({"y": Prediction(np.zeros((2, 3, 4), "float32"), "numbers")})
    with pytest.raises(tfspec.SpecError, match="is no table"):
        render(predictions, "csv")
    assert json.loads(render(predictions, "jsonl").decode().splitlines()[0]) == {"prediction": [[0.0] * 4] * 3}


def test_what_is_no_run_is_told(tmp_path: Path, rows: Path) -> None:
    from tfspec.runner import predict

    with pytest.raises(tfspec.SpecError, match="no run folder"):
        predict(tmp_path, rows)


def test_a_damaged_model_is_told(trained: "tfspec.Run", tmp_path: Path, rows: Path) -> None:
    import shutil

    from tfspec.runner import predict

    folder = shutil.copytree(trained.folder, tmp_path / "copy")
    (folder / "model.keras").write_bytes(b"PK no more")
    with pytest.raises(tfspec.SpecError, match="cannot be read"):
        predict(folder, rows)
