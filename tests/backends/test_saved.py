"""Saved models: read without Keras, written as specs, and used in others with their weights."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

import tfspec
from tfspec.analysis import Analysis, analyze
from tfspec.backends.keras import build_model
from tfspec.files import read_saved_model
from tfspec.runner import evaluate
from tfspec.spec import load
from tfspec.spec.from_keras import CannotSayError, spec_from_config, spec_from_saved
from tfspec.tensors import without_names
from tfspec.testing import specs, varied

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml")) + sorted(
    (Path(__file__).parents[2] / "specs" / "tutorials").glob("*.yaml")
)


def config_of(keras: Any, model: Any) -> dict[str, Any]:
    """What a file of the model would say of it."""
    config: dict[str, Any] = json.loads(json.dumps(keras.saving.serialize_keras_object(model)))
    return config


def facts(analysis: Analysis) -> tuple[Any, ...]:
    """Layers with their outputs and weights, inputs and outputs; Keras names weights, and knows no named lengths."""
    summary = analysis.summary
    layers = [
        repr((row.layer, _types(row.outputs), [(w.shape, w.trainable, w.dtype) for w in row.weights]))
        for row in summary.layers
        if row.layer != "Identity"
    ]
    return sorted(layers), [(row.name, *_types([row])) for row in summary.inputs], _types(summary.outputs)


def _types(tensors: Iterable[Any]) -> list[tuple[Any, str]]:
    return [(without_names(x.shape), x.dtype) for x in tensors]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_spec_comes_back_from_its_model(keras: Any, path: Path) -> None:
    analysis = analyze(load(path))
    try:
        model = build_model(analysis)
    except tfspec.SpecError:
        pytest.skip("its weights are not here")
    assert facts(analyze(load(spec_from_config(config_of(keras, model))))) == facts(analysis)


UNSAVED = ("autocast", "ELU", "Identity", "RandomColorDegeneration", "RandomSaturation")
"""What Keras does not save, or not so that it can be loaded."""


@pytest.mark.filterwarnings("ignore")  # what Keras warns of is built all the same
@varied(40, spec=specs(compiled=False))
def test_specs_come_back_from_their_models(keras: Any, spec: dict[str, Any]) -> None:
    if any(word in str(spec) for word in UNSAVED):
        return
    analysis = analyze(load(spec))
    model = build_model(analysis)
    assert facts(analyze(load(spec_from_config(config_of(keras, model))))) == facts(analysis)


def _siamese(keras: Any) -> Any:
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    inner = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.Dropout(0.5)], name="Inner"
    )
    scale = keras.layers.Dense(3, name="scale", kernel_regularizer="l2", kernel_constraint=keras.constraints.MaxNorm(2))
    joined = keras.layers.Add()([scale(inner(left)), scale(inner(right))])
    return keras.Model([left, right], [keras.layers.Dense(1)(joined), joined], name="siamese")


def _with_states(keras: Any) -> Any:
    tokens, state = keras.Input((5,), dtype="int32", name="tokens"), keras.Input((6,), name="state")
    x = keras.layers.Embedding(20, 8, mask_zero=True)(tokens)
    x, hidden, cell = keras.layers.LSTM(6, return_sequences=True, return_state=True)(x, initial_state=[state, state])
    attended, scores = keras.layers.MultiHeadAttention(2, 4)(x, x, return_attention_scores=True)
    x = keras.layers.Bidirectional(keras.layers.GRU(3), merge_mode="sum")(attended)
    return keras.Model({"tokens": tokens, "state": state}, {"z": x, "a": hidden, "scores": scores, "cell": cell})


def _nested(keras: Any) -> Any:
    inner_input = keras.Input((4,))
    one = keras.Model(inner_input, keras.layers.LayerNormalization()(inner_input), name="one")
    two = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4), keras.layers.LeakyReLU(0.1)], name="two")
    two.trainable = False
    given = keras.Input((4,), batch_size=2)
    x = keras.layers.Activation(keras.activations.gelu)(two(one(given)))
    outer = keras.layers.BatchNormalization(dtype="mixed_bfloat16")(x, training=False)
    return keras.Model(given, [outer])


def _with_words(keras: Any) -> Any:
    first, second = keras.layers.StringLookup(output_mode="multi_hot"), keras.layers.StringLookup(output_mode="count")
    texts = keras.layers.TextVectorization(output_mode="multi_hot")
    numbers = keras.layers.IntegerLookup(output_mode="one_hot", mask_token=0)
    bins = keras.layers.Discretization(num_bins=3, output_mode="one_hot")
    for lookup, words in (
        (first, ["a", "b", "a"]),
        (second, ["c", "d", "e"]),
        (texts, ["a b", "c"]),
        (numbers, [4, 5]),
    ):
        lookup.adapt(np.array(words))
    bins.adapt(np.arange(9.0))
    text, number = keras.Input((1,), dtype="string", name="text"), keras.Input((1,), dtype="int64", name="number")
    inner = keras.Sequential([keras.Input((1,), dtype="int64"), numbers, keras.layers.Dense(3)])
    found = [keras.layers.Flatten()(keras.layers.Dense(2)(layer(text))) for layer in (second, first)]
    line = keras.Input((), dtype="string", name="line")
    cut = keras.layers.Dense(2)(bins(keras.layers.Rescaling(1.0)(number)))
    return keras.Model([text, number, line], keras.layers.Concatenate()([*found, inner(number), cut, texts(line)]))


@pytest.mark.parametrize("make", [_siamese, _with_states, _nested, _with_words])
def test_models_of_keras(keras: Any, make: Callable[[Any], Any], tmp_path: Path) -> None:
    model = make(keras)
    model.save(tmp_path / "m.keras")
    spec = spec_from_saved(read_saved_model(tmp_path / "m.keras"))
    assert not tfspec.check(spec)
    built = tfspec.build(spec)
    whole = tfspec.build({"tfspec": 1, "model": {"saved": {"path": str(tmp_path / "m.keras")}}})
    summary = tfspec.inspect(spec)
    for each in (built, whole):
        assert each.count_params() == summary.parameters == model.count_params()
    trained = sum(int(np.prod(weight.shape)) for weight in whole.trainable_weights)
    assert trained == sum(int(np.prod(w.shape)) for row in summary.layers for w in row.weights if w.trainable)
    x = {entry.name: _ones(keras, (2, *entry.shape[1:]), entry.dtype) for entry in summary.inputs}
    given = x if len(x) > 1 else next(iter(x.values()))
    assert [row.shape[1:] for row in summary.outputs] == [t.shape[1:] for t in _flat(built(given))]
    for ours, keras_own in zip(_flat(whole(given)), _flat(model(given)), strict=True):
        assert np.array_equal(ours, keras_own)


def _flat(outputs: Any) -> list[Any]:
    if isinstance(outputs, dict):
        return list(outputs.values())
    return list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]


def _ended(keras: Any, layer: Any) -> Any:
    given = keras.Input((4,))
    return keras.Model(given, layer(given))


def _ones(keras: Any, shape: tuple[Any, ...], dtype: str) -> Any:
    return keras.ops.convert_to_tensor(np.full(shape, "a") if dtype == "string" else np.ones(shape, dtype))


def _own(keras: Any) -> Any:
    return type("Own", (keras.layers.Layer,), {"call": lambda _, x: x})()


def _doubled(x: Any) -> Any:
    return 2 * x


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda keras: _ended(keras, lambda x: x + 1), "`Add` called `add.*` is an operation,"),
        (lambda keras: _ended(keras, keras.layers.Lambda(_doubled)), "`Lambda` called `lambda.*` is no layer that"),
        (lambda keras: _ended(keras, keras.layers.Dense(2, _doubled)), "the function `_doubled` is code of its own"),
        (lambda keras: _ended(keras, keras.layers.Dense(2, keras.layers.PReLU())), "`PReLU` called `p_re_lu"),
        (lambda keras: keras.Sequential([keras.layers.Dense(2)], name="unbuilt"), "the model `unbuilt` does not say"),
        (lambda keras: _ended(keras, _own(keras)), "`Own` called `own.*` is code"),
        (lambda keras: type("Own", (keras.Model,), {})(), "`Own` is a class of its own"),
        (lambda keras: keras.Model(i := keras.Input((4,), sparse=True, name="x"), i), "the input `x` is sparse"),
    ],
)  # fmt: skip
def test_what_a_spec_cannot_say(keras: Any, make: Callable[[Any], Any], message: str) -> None:
    with pytest.raises(CannotSayError, match=message):
        spec_from_config(config_of(keras, make(keras)))


@pytest.fixture
def encoder(keras: Any, tmp_path: Path) -> Any:
    """A saved encoder, whose file lies beside the specs of the test."""
    layers = [keras.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.BatchNormalization()]
    model = keras.Sequential(layers, name="encoder")
    model.save(tmp_path / "encoder.keras")
    return model


RUN = """\
tfspec: 1
seed: 1
precision: {precision}
data:
  source: {{synthetic: {{examples: 60, shape: [4], classes: null}}}}
  split: {{validation: 0.2, test: 0.2}}
model:
  sequential:
    layers:
      - saved: {{path: encoder.keras, trainable: {trainable}, name: inside}}
      - Dense: {{units: 1}}
compile: {{optimizer: sgd, loss: mse}}
fit: {{epochs: 1}}
"""


@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_it_is_the_model_that_was_saved(encoder: Any, tmp_path: Path, precision: str) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(RUN.format(trainable="true", precision=precision))
    model = tfspec.build(path)
    x = np.random.default_rng(0).normal(size=(6, 4)).astype("float32")
    assert np.array_equal(model.get_layer("inside")(x), encoder(x))
    summary = tfspec.inspect(path)
    assert summary.parameters == model.count_params() == encoder.count_params() + 4
    assert summary.layers[0].outputs[0].dtype == "float32"


@pytest.mark.parametrize("trainable", [True, False])
def test_a_run(keras: Any, encoder: Any, tmp_path: Path, *, trainable: bool) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(RUN.format(trainable=str(trainable).lower(), precision="float32"))
    done = tfspec.run(path, runs=tmp_path / "runs")
    assert done.ending == "completed"
    trained = keras.models.load_model(done.folder / "model.keras").get_layer("inside")
    before, after = encoder.get_weights(), trained.get_weights()
    assert all(map(np.array_equal, before, after)) is not trainable
    assert evaluate(done.folder)["loss"] == pytest.approx(done.metrics["test"]["loss"], rel=1e-5)


@pytest.mark.usefixtures("encoder")
def test_weights_that_are_not_there(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "encoder.keras") as whole, ZipFile(tmp_path / "bad.keras", "w") as bad:
        for name in ("config.json", "metadata.json"):
            bad.writestr(name, whole.read(name))
    with pytest.raises(tfspec.SpecError, match="TS502"):
        tfspec.build({"tfspec": 1, "model": {"saved": {"path": str(tmp_path / "bad.keras")}}})
