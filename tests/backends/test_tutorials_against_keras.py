"""The networks of the tutorials are those that plain Keras makes of the same words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec

TUTORIALS = Path(__file__).parents[2] / "specs" / "tutorials"


def residual(keras: Any) -> Any:
    layers = keras.layers
    image = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, activation="relu")(image)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.MaxPooling2D(3)(x)
    for _ in range(2):
        before = x
        x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
        x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
        x = layers.Add()([x, before])
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(256, activation="relu")(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(10)(x))


def autoencoder(keras: Any) -> Any:
    layers = keras.layers
    encoder = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Reshape((28, 28, 1)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(3),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(16, 3, activation="relu"),
            layers.GlobalMaxPooling2D(),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((16,)),
            layers.Reshape((4, 4, 1)),
            layers.Conv2DTranspose(16, 3, activation="relu"),
            layers.Conv2DTranspose(32, 3, activation="relu"),
            layers.UpSampling2D(3),
            layers.Conv2DTranspose(16, 3, activation="relu"),
            layers.Conv2DTranspose(1, 3, activation="sigmoid"),
            layers.Reshape((28, 28)),
            layers.Rescaling(255.0),
        ]
    )
    return keras.Sequential([keras.Input((28, 28)), encoder, decoder])


def ensemble(keras: Any) -> Any:
    layers = keras.layers
    wine = keras.Input((13,))
    experts = [
        keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(3, activation="softmax")]) for _ in range(3)
    ]
    return keras.Model(wine, layers.Average()([expert(wine) for expert in experts]))


def siamese(keras: Any) -> Any:
    layers = keras.layers
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    encoder = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(8)])
    difference = layers.Subtract()([encoder(left), encoder(right)])
    squared = layers.Multiply()([difference, difference])
    return keras.Model([left, right], layers.Dense(1, activation="sigmoid")(squared))


def feature_extraction(keras: Any) -> Any:
    layers = keras.layers
    features = keras.applications.MobileNetV2((96, 96, 3), include_top=False, weights=None, pooling="avg")
    features.trainable = False
    return keras.Sequential(
        [
            keras.Input((96, 96, 3)),
            features,
            layers.Dropout(0.2),
            layers.Dense(5, activation="softmax"),
        ]
    )


def ticket_router(keras: Any) -> Any:
    layers = keras.layers
    title = keras.Input((8,), dtype="int64", name="title")
    body = keras.Input((24,), dtype="int64", name="body")
    tags = keras.Input((6,), name="tags")
    title_features = layers.LSTM(128)(layers.Embedding(500, 64)(title))
    body_features = layers.LSTM(32)(layers.Embedding(500, 64)(body))
    features = layers.Concatenate()([title_features, body_features, tags])
    priority = layers.Dense(1, activation="sigmoid")(features)
    department = layers.Dense(4, activation="softmax")(features)
    return keras.Model([title, body, tags], [priority, department])


def wide_and_deep(keras: Any) -> Any:
    layers = keras.layers
    district = keras.Input((8,))
    deep = layers.Dense(30, activation="relu")(district)
    deep = layers.Dense(30, activation="relu")(deep)
    price = layers.Dense(1)(layers.Concatenate()([district, deep]))
    return keras.Model(district, layers.Rescaling(100_000.0)(price))


def network_in_network(keras: Any) -> Any:
    layers = keras.layers

    def mlpconv(kernel_size: int, filters: Sequence[int]) -> list[Any]:
        first = layers.Conv2D(filters[0], kernel_size, padding="same", activation="relu")
        return [first, *(layers.Conv2D(units, 1, activation="relu") for units in filters[1:])]

    def halved() -> list[Any]:
        return [layers.MaxPooling2D(3, 2, padding="same"), layers.Dropout(0.5)]

    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            *mlpconv(5, (192, 160, 96)),
            *halved(),
            *mlpconv(5, (192, 192, 192)),
            *halved(),
            *mlpconv(3, (192, 192, 10)),
            layers.GlobalAveragePooling2D(),
        ]
    )


def alexnet(keras: Any, size: int = 227, classes: int = 1000, units: int = 4096) -> Any:
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((size, size, 3)),
            layers.Conv2D(96, 11, 4, activation="relu"),
            layers.MaxPooling2D(3, 2),
            layers.Conv2D(256, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(3, 2),
            layers.Conv2D(384, 3, padding="same", activation="relu"),
            layers.Conv2D(384, 3, padding="same", activation="relu"),
            layers.Conv2D(256, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(3, 2),
            layers.Flatten(),
            layers.Dense(units, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(units, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(classes, activation="softmax"),
        ]
    )


def inception(keras: Any) -> Any:
    layers = keras.layers

    def mixed(x: Any, narrow: int, medium: int, wide: int, pooled: int) -> Any:
        a = layers.Conv2D(narrow, 1, activation="relu")(x)
        b = layers.Conv2D(medium // 2, 1, activation="relu")(x)
        b = layers.Conv2D(medium, 3, padding="same", activation="relu")(b)
        c = layers.Conv2D(wide // 2, 1, activation="relu")(x)
        c = layers.Conv2D(wide, 5, padding="same", activation="relu")(c)
        d = layers.MaxPooling2D(3, 1, padding="same")(x)
        d = layers.Conv2D(pooled, 1, activation="relu")(d)
        return layers.Concatenate()([a, b, c, d])

    image = keras.Input((28, 28, 1))
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(image)
    x = layers.MaxPooling2D()(x)
    x = mixed(x, 16, 32, 8, 8)
    x = mixed(x, 32, 48, 24, 16)
    x = layers.MaxPooling2D()(x)
    x = mixed(x, 48, 52, 12, 16)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.4)(x)
    return keras.Model(image, layers.Dense(10, activation="softmax")(x))


NETWORKS: dict[str, Callable[..., Any]] = {
    network.__name__: network
    for network in (
        residual,
        autoencoder,
        ensemble,
        siamese,
        feature_extraction,
        ticket_router,
        wide_and_deep,
        network_in_network,
        alexnet,
        inception,
    )
}

FRESH = {"feature_extraction": ["model.sequential.layers[0].MobileNetV2.weights=null"]}
"""What lets a network begin with weights of its own, not with those that Keras would fetch."""


@pytest.mark.parametrize("name", NETWORKS)
def test_it_has_the_weights_that_keras_makes(name: str, keras: Any) -> None:
    theirs = NETWORKS[name](keras)
    ours = tfspec.inspect(TUTORIALS / f"{name}.yaml")
    counted = sum(prod(weight.shape) for weight in theirs.trainable_weights)
    assert (ours.parameters, ours.trainable_parameters) == (theirs.count_params(), counted)
    assert [output.shape for output in ours.outputs] == [tuple(output.shape) for output in theirs.outputs]
    shapes = sorted(tuple(weight.shape) for row in ours.layers for weight in row.weights)
    assert shapes == sorted(tuple(weight.shape) for weight in theirs.weights)


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "alexnet"])
def test_with_the_same_weights_it_gives_the_same(name: str, keras: Any) -> None:
    ours = tfspec.build(TUTORIALS / f"{name}.yaml", overrides=FRESH.get(name, ()))
    compare(ours, NETWORKS[name](keras))


def test_with_the_same_weights_a_small_alexnet_gives_the_same(keras: Any) -> None:
    ours = tfspec.build(TUTORIALS / "alexnet.yaml", variables=["size=67", "classes=10", "units=32"])
    compare(ours, alexnet(keras, size=67, classes=10, units=32))


def compare(ours: Any, theirs: Any) -> None:
    """Give both models the same weights, biases included, and the same examples."""
    generator = np.random.default_rng(8)
    weights = [values + generator.uniform(0, 0.05, values.shape) for values in theirs.get_weights()]
    ours.set_weights(weights)
    theirs.set_weights(weights)
    examples = {tensor.name: made(tensor, generator) for tensor in theirs.inputs}
    for mine, its in zip(results(ours, examples), results(theirs, examples), strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-5, atol=1e-6)
        assert np.ptp(its)  # so that not everything is the same anyhow


def made(tensor: Any, generator: np.random.Generator) -> Any:
    """Three examples for an input: word numbers or amounts."""
    shape = (3, *tensor.shape[1:])
    return generator.integers(1, 500, shape) if tensor.dtype == "int64" else generator.uniform(-1, 1, shape)


def results(model: Any, examples: dict[str, Any]) -> list[Any]:
    """What a model makes of the examples, by output."""
    found = model.predict(examples if len(examples) > 1 else next(iter(examples.values())), verbose=0)
    return found if isinstance(found, list) else [found]
