"""What `specs/applications` says is what `keras.applications` builds: the weights in order, the shapes, the outputs."""

from __future__ import annotations

import gc
import json
import math
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import tfspec
from tfspec.diagnostics import Text
from tfspec.source import load_tree

FOLDER = Path(__file__).parents[2] / "specs" / "applications"
SPECS = sorted(path.stem for path in FOLDER.glob("*.yaml"))

ONE_OF_EACH = [
    *("convnexttiny", "densenet121", "efficientnetb0", "efficientnetv2b0", "inceptionv3", "inceptionresnetv2"),
    *("mobilenet", "mobilenetv2", "mobilenetv3small", "nasnetmobile", "resnet50", "resnet50v2", "vgg16", "xception"),
]
"""The smallest application of each kind, since building all of them takes many minutes."""

IS_DEEP = os.environ.get("TFSPEC_HYPOTHESIS_PROFILE") == "deep"
CHOSEN = SPECS if IS_DEEP else ONE_OF_EACH

FEATURES: dict[str, Any] = {"include_top": False, "input_shape": [95, 98, 3], "pooling": "avg"}
"""Images so small that outputs are quickly there, and of sizes that show how they are padded."""

SMALL: dict[str, Any] = {"input_shape": [64, 64, 3], "classes": 3, "classifier_activation": None}

ARGUMENTS: list[tuple[str, dict[str, Any]]] = [
    ("resnet50v2", SMALL),
    ("mobilenetv3large", {**FEATURES, "pooling": "max"}),
    ("vgg16", {"input_shape": [32, 48, 1], "classes": 5, "classifier_activation": "sigmoid"}),
    ("mobilenet", {**SMALL, "alpha": 0.5, "depth_multiplier": 2, "dropout": 0.5}),
    ("mobilenetv2", {**SMALL, "alpha": 0.35}),
    ("mobilenetv2", {**SMALL, "alpha": 1.4}),
    ("mobilenetv3large", {**SMALL, "alpha": 1.3, "dropout_rate": 0.0}),
    ("mobilenetv3large", {**FEATURES, "alpha": 0.75, "minimalistic": True, "include_preprocessing": False}),
    ("mobilenetv3small", {**SMALL, "alpha": 0.25, "minimalistic": True}),
    ("convnexttiny", {**SMALL, "include_preprocessing": False}),
    ("convnexttiny", {"include_top": False, "input_shape": [64, 64, 1]}),
    ("efficientnetv2b0", {**SMALL, "include_preprocessing": False}),
    ("efficientnetv2b0", {"include_top": False, "input_shape": [64, 64, 1]}),
]
"""Arguments that change what a network is made of."""


class Facts(NamedTuple):
    """What is known of a model without running it."""

    parameters: int
    trainable_parameters: int
    output: tuple[Any, ...]
    weights: Counter[tuple[tuple[Any, ...], bool]]


@pytest.fixture(autouse=True)
def _forget(keras: Any) -> Iterator[None]:
    yield
    keras.utils.clear_session()
    gc.collect()


@pytest.fixture(scope="session")
def builders(keras: Any) -> dict[str, Any]:
    """Keras's functions, by their names in lower case."""
    return {name.lower(): value for name, value in vars(keras.applications).items() if name[0].isupper()}


def variables_of(arguments: dict[str, Any]) -> list[str]:
    return [f"{name}={json.dumps(value)}" for name, value in arguments.items()]


def said(name: str, **arguments: Any) -> Facts:
    summary = tfspec.inspect(FOLDER / f"{name}.yaml", variables=variables_of(arguments))
    weights = Counter((tuple(weight.shape), weight.trainable) for row in summary.layers for weight in row.weights)
    (output,) = summary.outputs
    return Facts(summary.parameters, summary.trainable_parameters, tuple(output.shape), weights)


def built(model: Any) -> Facts:
    weights = Counter((tuple(weight.shape), weight.trainable) for weight in model.weights)
    trainable = sum(weight.shape.num_elements() for weight in model.trainable_weights)
    return Facts(model.count_params(), trainable, model.output_shape, weights)


def drawn(weight: Any, random: Any) -> Any:
    """Weights that differ from each other, and with which what the image shows comes through a deep network."""
    if weight.ndim < 2:  # fresh ones are all alike: zeros, ones, or next to nothing
        return weight + random.uniform(0, 0.2, weight.shape).astype(weight.dtype)
    is_depthwise = weight.ndim == 4 and weight.shape[-1] <= 2  # outputs for each channel
    inputs = math.prod(weight.shape[: 2 if is_depthwise else -1])
    return random.standard_normal(weight.shape, "float32") * math.sqrt(2 / inputs)


def compare_outputs(name: str, theirs: Any, **arguments: Any) -> None:
    """Give both models the same weights, and look at what they make of two images."""
    import numpy as np

    ours = tfspec.build(tfspec.load(FOLDER / f"{name}.yaml", variables=variables_of(arguments)))
    assert [(tuple(weight.shape), weight.trainable) for weight in ours.weights] == [
        (tuple(weight.shape), weight.trainable) for weight in theirs.weights
    ]
    random = np.random.default_rng(0)
    weights = [drawn(weight, random) for weight in theirs.get_weights()]
    theirs.set_weights(weights)
    ours.set_weights(weights)
    scales = any(type(layer).__name__ in ("Rescaling", "Normalization") for layer in theirs.layers)
    size = [dim or odd for dim, odd in zip(theirs.input_shape[1:], (75, 98, 3), strict=True)]
    images = random.uniform(0, 1000 if scales else 4, (2, *size)).astype("float32")
    images[1] *= 0.3
    expected = np.asarray(theirs(images))
    largest = np.abs(expected).max()
    assert np.abs(expected[0] - expected[1]).max() > 1e-2 * largest
    assert np.abs(np.asarray(ours(images)) - expected).max() <= 1e-4 * largest


def test_there_is_one_for_each(builders: dict[str, Any]) -> None:
    assert sorted(builders) == SPECS


def test_the_chosen_ones_use_every_family() -> None:
    used = {path for name in ONE_OF_EACH for path in files_of(name)}
    assert used == {FOLDER / f"{name}.yaml" for name in ONE_OF_EACH} | set((FOLDER / "families").glob("*.yaml"))


@pytest.mark.parametrize("name", CHOSEN)
def test_without_arguments(name: str, builders: dict[str, Any]) -> None:
    assert said(name) == built(builders[name](weights=None))


@pytest.mark.parametrize("name", SPECS if IS_DEEP else ["nasnetmobile", "mobilenetv3small"])
def test_without_top(name: str, builders: dict[str, Any]) -> None:
    assert said(name, include_top=False) == built(builders[name](weights=None, include_top=False))


@pytest.mark.parametrize("name", [name for name in CHOSEN if IS_DEEP or name != "inceptionresnetv2"])  # it is slow
def test_outputs(name: str, builders: dict[str, Any]) -> None:
    theirs = builders[name](weights=None, **FEATURES)
    assert said(name, **FEATURES) == built(theirs)
    compare_outputs(name, theirs, **FEATURES)


@pytest.mark.parametrize("name", ["mobilenet", "mobilenetv2", "mobilenetv3small"])
def test_outputs_without_arguments(name: str, builders: dict[str, Any]) -> None:
    compare_outputs(name, builders[name](weights=None))


@pytest.mark.parametrize(("name", "arguments"), ARGUMENTS, ids=lambda value: value if isinstance(value, str) else "")
def test_arguments(name: str, arguments: dict[str, Any], builders: dict[str, Any]) -> None:
    theirs = builders[name](weights=None, **arguments)
    assert said(name, **arguments) == built(theirs)
    compare_outputs(name, theirs, **arguments)


@pytest.mark.parametrize("name", ["efficientnetb0", "mobilenetv2", "resnet50"])
def test_images_of_any_size(name: str, builders: dict[str, Any]) -> None:
    """Keras pads images of an unknown size as if it were even."""
    compare_outputs(name, builders[name](weights=None, include_top=False), include_top=False)


def files_of(name: str) -> list[Path]:
    """The files that a spec is put together from."""
    path = FOLDER / f"{name}.yaml"
    content: Any = load_tree(Text(path.name, path.read_text(encoding="utf-8"))).data
    return [path, *(FOLDER / each for each in content["use"])]


def lines_of(*names: str) -> int:
    """The lines of specs, with the libraries that they use."""
    files = {path for name in names for path in files_of(name)}
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)


def test_they_are_short() -> None:
    assert lines_of("resnet50") <= 60
    assert lines_of(*(f"resnet{depth}{version}" for depth in (50, 101, 152) for version in ("", "v2"))) <= 150
