"""What a loss says of labels and head, shown on Keras: data of the said form trains, and the rest is as said."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from tfspec.backends.keras.objects import for_compile, to_keras
from tfspec.catalogue import declarations, find, make_thing
from tfspec.catalogue.activations import Activation
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.predictions import SUITED

# TensorFlow's variables do not know NumPy 2's `copy`.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

BATCH, CLASSES = 8, 3
HEADS = {
    "numbers": "linear",
    "signed": "linear",
    "positive": "softplus",
    "probability": "sigmoid",
    "probabilities": "softmax",
}
LOSSES = [cls for cls in declarations("loss") if issubclass(cls, Loss) and cls.keras]


def labels_for(form: str | None, shape: tuple[int, ...]) -> Any:
    """Labels of a form, for an output of a shape whose last axis is the classes."""
    draw = np.random.default_rng(7)
    classes = np.arange(np.prod(shape[:-1])).reshape(shape[:-1]) % shape[-1]
    forms = {
        "same": draw.uniform(0.5, 2, shape).astype("float32"),
        "zero_one": draw.integers(0, 2, shape),
        "one_hot": np.eye(shape[-1], dtype="float32")[classes],
        "integers": classes,
    }
    return forms[str(form)]


def head(activation: str, loss: type[Loss]) -> Any:
    layers: list[Any] = [keras.Input((4, 2)), keras.layers.Dense(CLASSES, activation=activation)]
    if loss.__name__ != "CTC":  # takes sequences; the others take vectors here
        layers = [keras.Input((4,)), keras.layers.Dense(CLASSES, activation=activation)]
    if loss.__name__ == "Circle":
        layers.append(keras.layers.UnitNormalization())
    return keras.Sequential(layers)


def data_for(loss: type[Loss], labels: str | None) -> tuple[Any, Any]:
    draw = np.random.default_rng(3)
    if loss.__name__ == "CTC":
        return draw.normal(size=(BATCH, 4, 2)), np.tile([1, 2, 0], (BATCH, 1))
    return draw.normal(size=(BATCH, 4)), labels_for(labels, (BATCH, CLASSES))


@pytest.mark.parametrize("cls", LOSSES, ids=lambda cls: cls.__name__)
def test_labels_and_head_of_the_said_form_train(cls: type[Loss]) -> None:
    keras.utils.set_random_seed(0)
    model = head(HEADS[str(cls.wants)], cls)
    model.compile("sgd", for_compile(cls()))
    inputs, labels = data_for(cls, cls.labels)
    history = model.fit(inputs, labels, epochs=2, batch_size=BATCH, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    assert all(np.isfinite(weights).all() for weights in model.get_weights())


@pytest.mark.parametrize("cls", [c for c in LOSSES if "from_logits" in c.model_fields], ids=lambda cls: cls.__name__)
def test_logits_are_taken_where_they_are_said(cls: type[Loss]) -> None:
    """The same logits, through the head's activation and by `from_logits`, give the same loss."""
    thing = cls.model_validate({"from_logits": True})
    assert thing.from_logits_said
    assert not cls().from_logits_said
    inputs, labels = data_for(cls, cls.labels)
    logits = inputs[:, :CLASSES]
    activation = to_keras(make_thing(Activation, HEADS[str(cls.wants)]))
    given = to_keras(cls())(labels, activation(keras.ops.convert_to_tensor(logits)))
    assert float(to_keras(thing)(labels, logits)) == pytest.approx(float(given), rel=1e-4)


@pytest.mark.parametrize("cls", [c for c in LOSSES if c.labels == "integers"], ids=lambda cls: cls.__name__)
def test_class_numbers_differ_from_other_labels(cls: type[Loss]) -> None:
    """Where labels are class numbers, those of another class give another loss."""
    keras.utils.set_random_seed(0)
    model = head(HEADS[str(cls.wants)], cls)
    inputs, labels = data_for(cls, cls.labels)
    outputs = model(inputs)
    others = (labels > 0) * (3 - labels) if cls.__name__ == "CTC" else np.roll(labels, 1) % 2
    assert float(to_keras(cls())(labels, outputs)) != pytest.approx(float(to_keras(cls())(others, outputs)), rel=1e-6)


@pytest.mark.parametrize("word", ["MeanSquaredError", "mse", "MSE", "huber", "kld", "CategoricalCrossentropy"])
def test_a_bare_word_is_left_to_compile(word: str) -> None:
    assert for_compile(make_thing(Loss, word)) == word


def test_words_that_compile_does_not_know_become_objects() -> None:
    for cls in LOSSES:
        for word in (cls.spelling(), *cls.identifiers):
            if cls.compile_word:
                keras.losses.get(word)
            else:
                with pytest.raises(ValueError, match="Could not interpret loss identifier"):
                    keras.losses.get(word)
                assert isinstance(for_compile(make_thing(Loss, word)), keras.losses.Loss)


@pytest.mark.parametrize(("word", "units"), [("crossentropy", 1), ("ce", 1), ("crossentropy", CLASSES)])
def test_the_chosen_crossentropy(word: str, units: int) -> None:
    thing = make_thing(Loss, word)
    assert (thing.labels, thing.wants, for_compile(thing)) == (None, None, word)
    activation = "sigmoid" if units == 1 else "softmax"
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(units, activation=activation)])
    model.compile("sgd", word)
    form = "zero_one" if units == 1 else "integers"
    labels = labels_for(form, (BATCH, units))
    assert np.isfinite(model.evaluate(np.ones((BATCH, 4)), labels, verbose=0))


def test_the_chosen_crossentropy_takes_no_arguments() -> None:
    cls = find("loss", "crossentropy")
    assert cls is not None
    assert not cls.model_fields


@pytest.mark.parametrize("cls", declarations("activation"), ids=lambda cls: cls.spelling())
def test_what_an_activation_gives(cls: type[Activation]) -> None:
    draw = np.random.default_rng(5)
    x = draw.normal(scale=4, size=(64, 6)).astype("float32")
    needed = {name: -1.0 for name, field in cls.model_fields.items() if field.is_required()}
    values = np.asarray(to_keras(cls.model_validate(needed))(keras.ops.convert_to_tensor(x)))
    assert (values.shape == x.shape) is cls.keeps_shape
    logs = {"log_probability": "probability", "log_probabilities": "probabilities"}
    if cls.gives in logs:
        values = np.exp(values)
    least, most, adds_up = values.min(), values.max(), np.allclose(values.sum(-1), 1, atol=1e-5)
    shown = {
        "numbers": least < 0,
        "signed": -1 <= least < 0 < most <= 1,
        "non_negative": least == 0 and not adds_up,
        "positive": least > 0 and most > 1,
        "probability": least >= 0 and most <= 1 and not adds_up,
        "probabilities": least >= 0 and adds_up,
    }
    assert shown[logs.get(cls.gives, cls.gives)]


def test_the_heads_of_these_tests_suit() -> None:
    for wants, activation in HEADS.items():
        cls = find("activation", activation)
        assert cls is not None
        assert issubclass(cls, Activation)
        assert cls.gives in SUITED[wants]  # type: ignore[index] # the keys are the words of `Wants`
