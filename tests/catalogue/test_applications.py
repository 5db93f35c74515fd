"""Networks known by name: Keras's arguments, and the spec that each stands for."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import tfspec
from tfspec.catalogue import declarations
from tfspec.catalogue.applications.application import Application
from tfspec.catalogue.models import Model
from tfspec.diagnostics import SpecError
from tfspec.spec.applications import application_folder, application_spec

APPLICATIONS: Any = [cls for cls in declarations("model") if issubclass(cls, Application)]
OWN = set(Model.model_fields)


def spec_with(layer: str) -> str:
    """A spec whose model is one network known by name."""
    return f"tfspec: 1\nmodel: {{{layer}}}\n"


def test_all_are_known(keras: Any) -> None:
    theirs = {name for name, value in vars(keras.applications).items() if inspect.isfunction(value)}
    assert {cls.spelling() for cls in APPLICATIONS} == theirs


@pytest.mark.parametrize("cls", APPLICATIONS, ids=lambda cls: cls.__name__)
def test_takes_the_arguments_of_keras(cls: type[Application], keras: Any) -> None:
    theirs = dict(inspect.signature(getattr(keras.applications, cls.__name__)).parameters)
    ours = {name: field for name, field in cls.model_fields.items() if name not in OWN}
    assert set(ours) == set(theirs) - set(cls.omits) - {"name"}
    assert {name: field.default for name, field in ours.items()} == {name: theirs[name].default for name in ours}


@pytest.mark.parametrize("cls", APPLICATIONS, ids=lambda cls: cls.__name__)
def test_stands_for_a_spec(cls: type[Application]) -> None:
    assert (application_folder() / f"{cls.spelling().lower()}.yaml").is_file()
    application = cls.model_validate({"weights": None, "classes": 7})
    assert application_spec(application).to_dict()["tfspec"] == 1
    summary = tfspec.inspect(spec_with(f"{cls.spelling()}: {{weights: null, classes: 7}}"))
    assert summary.outputs[0].shape == (None, 7)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("ResNet50: {classes: 10}", "the weights learnt on ImageNet tell 1000 classes apart"),
        ("ResNet50: {input_shape: [20, 64, 3]}", "`ResNet50` takes images of 32 pixels or more, not of 20"),
        ("Xception: {input_shape: [64, 64, 3]}", "`Xception` takes images of 71 pixels or more, not of 64"),
        ("VGG16: {input_shape: [64, 64, 1]}", "the weights learnt on ImageNet take 3 channels"),
        ("VGG16: {freeze: [a]}", "`VGG16` has no key `freeze`"),
        ("VGG16: {input_tensor: x}", "`VGG16` has no key `input_tensor`"),
    ],
)
def test_refuses(layer: str, words: str) -> None:
    (problem,) = tfspec.check(spec_with(layer))
    assert words in problem.message


def test_is_a_layer_too(keras: Any) -> None:
    text = """\
tfspec: 1
shared:
  features: {MobileNet: {weights: null, include_top: false, pooling: avg, alpha: 0.25, trainable: false}}
model:
  functional:
    inputs: {a: {shape: [64, 64, 3]}, b: {shape: [64, 64, 3]}}
    layers:
      - features: {from: a, name: fa}
      - features: {from: b}
      - Subtract: {from: [fa, _]}
      - Dense: {units: 1}
"""
    summary, model = tfspec.inspect(text), tfspec.build(text)
    assert model.count_params() == summary.parameters
    assert sum(weight.shape.num_elements() for weight in model.trainable_weights) == summary.trainable_parameters
    assert isinstance(model.get_layer("features"), keras.Model)
    assert tfspec.load(tfspec.load(text).to_yaml()) == tfspec.load(text)


def test_weights_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from keras.src.utils import file_utils

    def fail(*_: Any, **__: Any) -> str:
        raise OSError("URL fetch failure on https://example.org/a/weights_of_it.h5: None -- no network")

    monkeypatch.setattr(file_utils, "get_file", fail)
    with pytest.raises(SpecError) as caught:
        tfspec.build(spec_with("ResNet50: {include_top: false}"))
    (problem,) = caught.value.problems
    assert problem.code == "TS501"
    assert "put `weights_of_it.h5`" in (problem.help or "")
