"""Activations with arguments: what they compute, and that plain Keras loads what was saved with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import tfspec
from tfspec.backends.keras import to_keras
from tfspec.catalogue import declarations, find, make_thing
from tfspec.catalogue.activations import Activation
from tfspec.catalogue.layers.layer import Layer

SAID: dict[str, dict[str, Any]] = {
    "celu": {"alpha": 2.0},
    "elu": {"alpha": 2.0},
    "gelu": {"approximate": True},
    "hard_shrink": {"threshold": 0.3},
    "leaky_relu": {"negative_slope": 0.1},
    "log_softmax": {"axis": 1},
    "relu": {"negative_slope": 0.1, "max_value": 1.0, "threshold": 0.2},
    "soft_shrink": {"threshold": 0.3},
    "softmax": {"axis": 1},
    "sparsemax": {"axis": 1},
    "squareplus": {"b": 2.0},
    "threshold": {"threshold": 0.3, "default_value": -1.0},
}
NEEDED = {"units": 3, "filters": 2, "kernel_size": 2, "equation": "abc,cd->abd", "output_shape": [None, 3]}
SIZES = {"batch": 2, "...": 5}
LAYERS = [cls for cls in declarations("layer") if issubclass(cls, Layer) and "activation" in cls.model_fields]

LOADING = """
import sys, keras, numpy as np
for name in sys.argv[2:]:
    model = keras.models.load_model(f"{sys.argv[1]}/{name}.keras")
    with np.load(f"{sys.argv[1]}/{name}.npz") as kept:
        np.testing.assert_allclose(model.predict(kept["x"], verbose=0), kept["y"], rtol=1e-5, atol=1e-6, err_msg=name)
    print(name)
assert not [module for module in sys.modules if module.startswith("tfspec")]
"""


def activation(word: str) -> Activation:
    return make_thing(Activation, {word: SAID[word]})


def test_every_activation_with_arguments_is_tried() -> None:
    """But `glu`, which no layer takes."""
    with_arguments = {cls.spelling() for cls in declarations("activation") if cls.model_fields}
    assert with_arguments - set(SAID) == {"glu"}


@pytest.mark.parametrize("word", SAID)
def test_it_computes_what_the_function_does(word: str) -> None:
    x = np.linspace(-3, 3, 24, dtype="float32").reshape(2, 3, 4)
    given = to_keras(activation(word))(keras.ops.convert_to_tensor(x))
    wanted = getattr(keras.activations, word)(keras.ops.convert_to_tensor(x), **SAID[word])
    np.testing.assert_array_equal(given, wanted)
    assert not np.array_equal(wanted, x)


def test_without_arguments_it_is_the_function() -> None:
    """Which is saved by its name."""
    for cls in declarations("activation"):
        if not any(field.is_required() for field in cls.model_fields.values()):
            assert to_keras(cls()) is getattr(keras.activations, cls.spelling())


def model_of(cls: type[Layer], said: dict[str, Any]) -> tuple[Any, Any]:
    """A model of one layer that uses the activation, and an input for it."""
    fields = {name: NEEDED[name] for name, field in cls.model_fields.items() if field.is_required() and name in NEEDED}
    words = [name for name in ("activation", "recurrent_activation") if name in cls.model_fields]
    thing = cls.model_validate(fields | dict.fromkeys(words, said))
    shape = tuple(SIZES.get(axis, 6) for axis in cls.layout.split())
    if cls.__name__ == "EinsumDense" or len(shape) == 1:
        shape = (2, 5, 6)
    made = to_keras(thing)
    if cls.__name__.endswith("Cell"):
        made, shape = keras.layers.RNN(made), (2, 5, 6)
    x = np.random.default_rng(0).normal(size=shape).astype("float32") * 3
    return keras.Sequential([keras.Input(shape[1:]), made]), x


def test_plain_keras_loads_what_was_saved(tmp_path: Path) -> None:
    """Every layer that takes an activation, and every activation that takes arguments, in a process without tfspec."""
    tried = {f"{cls.__name__}-leaky_relu": model_of(cls, {"leaky_relu": SAID["leaky_relu"]}) for cls in LAYERS}
    for name in ("Dense", "LSTM"):
        cls = find("layer", name)
        assert cls is not None
        assert issubclass(cls, Layer)
        tried |= {f"{name}-{word}": model_of(cls, {word: SAID[word]}) for word in SAID}
    for name, (model, x) in tried.items():
        model.save(tmp_path / f"{name}.keras")
        np.savez(tmp_path / f"{name}.npz", x=x, y=model.predict(x, verbose=0))
    assert len(tried) >= len(SAID) * 2 + 10
    command = [sys.executable, "-c", LOADING, str(tmp_path), *tried]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == list(tried)


def test_a_dense_layer_of_another_dtype_keeps_it() -> None:
    """An activation has no policy of its own, as a layer in its place would."""
    cls = find("layer", "Dense")
    assert cls is not None
    said = {"units": 2, "dtype": "float64", "activation": {"leaky_relu": SAID["leaky_relu"]}}
    assert keras.backend.standardize_dtype(to_keras(cls.model_validate(said))(np.ones((2, 3))).dtype) == "float64"


def test_two_builds_are_alike() -> None:
    """The operation has no number in its name, which a saved model would show."""
    spec = """
    tfspec: 1
    model:
      sequential:
        input: {shape: [4]}
        layers: [{Dense: {units: 3, activation: {elu: {alpha: 2.0}}}}]
    """
    assert tfspec.build(spec).get_config() == tfspec.build(spec).get_config()


@pytest.mark.parametrize(
    ("said", "rank", "gives"),
    [
        ("relu", 2, "non_negative"),
        ({"relu": {"max_value": 6}}, 2, "non_negative"),
        ({"relu": {"negative_slope": 0.1}}, 2, "numbers"),
        ({"relu": {"threshold": -1.0}}, 2, "numbers"),
        ({"leaky_relu": {"negative_slope": 0.0}}, 2, "non_negative"),
        ({"softmax": {"axis": 1}}, 2, "probabilities"),
        ({"softmax": {"axis": 1}}, 3, "probability"),
        ({"softmax": {"axis": -2}}, 3, "probability"),
        ({"log_softmax": {"axis": 1}}, 3, "log_probability"),
        ({"squareplus": {"b": 0}}, 2, "non_negative"),
        ({"threshold": {"threshold": 0.0, "default_value": 0.0}}, 2, "non_negative"),
        ({"threshold": {"threshold": 0.0, "default_value": -1.0}}, 2, "numbers"),
    ],
)
def test_what_the_values_are(said: object, rank: int, gives: str) -> None:
    """As the lints of heads take it, and as Keras computes it."""
    thing = make_thing(Activation, said)
    assert thing.gives_for(rank) == gives
    x = np.random.default_rng(0).normal(size=(5, 4, 3)[:rank]).astype("float32") * 3
    values = np.asarray(to_keras(thing)(keras.ops.convert_to_tensor(x)))
    adds_up = np.allclose(values.sum(-1), 1)
    ranges = {
        "numbers": values.min() < 0,
        "non_negative": values.min() >= 0,
        "probability": values.min() >= 0 and values.max() <= 1 and not adds_up,
        "probabilities": values.min() >= 0 and adds_up,
        "log_probability": values.max() <= 0 and not np.allclose(np.exp(values).sum(-1), 1),
    }
    assert ranges[gives]


@pytest.mark.parametrize(
    ("layer", "axes", "fits"),
    [
        ({"Dense": {"units": 2, "activation": {"softmax": {"axis": 1}}}}, (None, 3), True),
        ({"Dense": {"units": 2, "activation": {"softmax": {"axis": 2}}}}, (None, 3), False),
        ({"Dense": {"units": 2, "activation": {"softmax": {"axis": -3}}}}, (None, 3), False),
        ({"LSTM": {"units": 2, "activation": {"softmax": {"axis": 2}}, "return_sequences": True}}, (None, 5, 3), False),
        ({"LSTM": {"units": 2, "activation": {"softmax": {"axis": 1}}, "return_sequences": True}}, (None, 5, 3), True),
    ],
)
def test_an_axis_that_is_not_there(layer: object, axes: tuple[int | None, ...], fits: bool) -> None:  # noqa: FBT001 - a column of the table
    spec = {
        "tfspec": 1,
        "model": {"sequential": {"input": {"shape": list(axes[1:])}, "layers": [layer]}},
    }
    problems = [problem.code for problem in tfspec.check(spec) if problem.severity == "error"]
    assert (problems == []) is fits
    x = np.ones([4 if axis is None else axis for axis in axes], dtype="float32")
    made = to_keras(make_thing(Layer, layer))
    if fits:
        made(x)
    else:
        with pytest.raises(Exception, match=r"(?i)axis|dim"):
            made(x)
