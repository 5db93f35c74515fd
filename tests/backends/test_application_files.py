"""Networks known by name: weights from a file, and outputs under the names that Keras gives them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec
from tfspec.catalogue import declarations
from tfspec.diagnostics import SpecError

ARGUMENTS: dict[str, Any] = {"include_top": False, "input_shape": [32, 32, 3], "alpha": 0.25, "pooling": "avg"}

WITHOUT_TOP: dict[str, Any] = {"include_top": False}
POOLED: dict[str, Any] = {**WITHOUT_TOP, "pooling": "max"}

OUTPUTS = [
    *(("ConvNeXtTiny", {}), ("MobileNet", {}), ("MobileNet", WITHOUT_TOP), ("MobileNet", POOLED)),
    *(("MobileNetV2", WITHOUT_TOP), ("MobileNetV3Small", WITHOUT_TOP), ("MobileNetV3Small", POOLED)),
    *(("VGG16", WITHOUT_TOP), ("ResNet50", POOLED)),
]
"""All ways of naming an output; the other networks take long, and are left to the deep profile."""

if os.environ.get("TFSPEC_HYPOTHESIS_PROFILE") == "deep":
    names = [cls.spelling() for cls in declarations("model") if cls.keras == "applications"]
    OUTPUTS = [(name, arguments) for name in names for arguments in ({}, WITHOUT_TOP, POOLED)]


def network(**arguments: Any) -> dict[str, Any]:
    return {"MobileNet": {**ARGUMENTS, **arguments}}


def whole(**arguments: Any) -> dict[str, Any]:
    """A spec whose model is the network."""
    return {"tfspec": 1, "model": network(**arguments)}


def as_layer(**arguments: Any) -> dict[str, Any]:
    """A spec with the network as a layer."""
    layers = [network(**arguments, name="features"), {"Dense": {"units": 1}}]
    return {"tfspec": 1, "model": {"sequential": {"input": {"shape": [32, 32, 3]}, "layers": layers}}}


@pytest.fixture
def saved(keras: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A network whose weights stand in `w.weights.h5` and `w.h5` of the working folder."""
    keras.utils.clear_session()
    model = keras.applications.MobileNet(weights=None, **{**ARGUMENTS, "input_shape": (32, 32, 3)})
    model.save_weights(tmp_path / "w.weights.h5")
    model.save(tmp_path / "w.h5")
    monkeypatch.chdir(tmp_path)
    return model


def problem_of(spec: Any, **more: Any) -> Any:
    (problem,) = tfspec.check(spec, **more)
    return problem


@pytest.mark.parametrize("file", ["w.weights.h5", "w.h5"])
def test_weights_of_a_file(saved: Any, file: str) -> None:
    assert tfspec.check(whole(weights=file)) == []
    for model in (tfspec.build(whole(weights=file)), tfspec.build(as_layer(weights=file)).get_layer("features")):
        pairs = list(zip(model.get_weights(), saved.get_weights(), strict=True))
        assert all(np.array_equal(ours, theirs) for ours, theirs in pairs)
    fresh = tfspec.build(whole(weights=None)).get_weights()
    assert any(not np.array_equal(ours, theirs) for ours, theirs in zip(fresh, saved.get_weights(), strict=True))


@pytest.mark.parametrize("file", ["w.weights.h5", "w.h5"])
@pytest.mark.parametrize("spec", [whole, as_layer])
def test_weights_of_another_network(saved: Any, file: str, spec: Any) -> None:
    with pytest.raises(SpecError) as caught:
        tfspec.build(spec(weights=file, alpha=0.5))
    (problem,) = caught.value.problems
    assert problem.code == "TS502"
    assert file in problem.message
    assert problem.path[-1] == "weights"
    del saved


def test_files_that_hold_no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.h5").write_text("no weights", encoding="utf-8")
    for file, words in (("gone.h5", "does not exist"), ("text.h5", "is no HDF5 file")):
        for spec in (whole(weights=file), as_layer(weights=file)):
            problem = problem_of(spec)
            assert problem.code == "TS312"
            assert words in problem.message
            assert problem.path[-1] == "weights"


@pytest.mark.parametrize(
    ("weights", "advice"),
    [
        ("imagnet", "did you mean `imagenet`?"),
        ("None", "write `null`"),
        ("a.keras", "a whole model is `saved: "),
        ("a", None),
    ],
)
def test_words_that_are_no_files(weights: str, advice: str | None) -> None:
    problem = problem_of(whole(weights=weights))
    assert "must be `imagenet`, `null`, or the path of a `.h5` file" in problem.message
    assert advice is None or advice in problem.help


def test_paths_start_from_the_file_that_says_them(saved: Any, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    (tmp_path / "w.weights.h5").rename(folder / "w.weights.h5")
    said = "include_top: false, input_shape: [32, 32, 3], alpha: 0.25, pooling: avg, weights: w.weights.h5"
    (folder / "part.yaml").write_text(f"tfspec: 1\nmodel: {{MobileNet: {{{said}}}}}\n", encoding="utf-8")
    (tmp_path / "whole.yaml").write_text("extends: parts/part.yaml\ntfspec: 1\n", encoding="utf-8")
    assert np.array_equal(tfspec.build(tmp_path / "whole.yaml").get_weights()[0], saved.get_weights()[0])
    assert tfspec.check(tmp_path / "whole.yaml", root=tmp_path) == []
    (tmp_path / "out.yaml").write_text(f"tfspec: 1\nmodel: {{MobileNet: {{{said.replace('w.w', '../w.w')}}}}}\n")
    assert "lies outside" in problem_of(tmp_path / "out.yaml", root=tmp_path).message


@pytest.mark.parametrize(("name", "arguments"), OUTPUTS)
def test_outputs_have_the_names_of_keras(keras: Any, name: str, arguments: dict[str, Any]) -> None:
    keras.utils.clear_session()
    theirs = getattr(keras.applications, name)(weights=None, **arguments)
    spec = {"tfspec": 1, "model": {name: {"weights": None, **arguments}}}
    (output,) = tfspec.inspect(spec).outputs
    ours = tfspec.build(spec)
    assert ours.output_names == [output.name]
    assert ours.get_layer(output.name).output is ours.outputs[0]
    (own,) = theirs.output_names
    is_numbered = own.startswith(("global_", "layer_normalization", "activation_"))
    assert is_numbered or own == output.name


def test_a_loss_by_the_name_of_keras() -> None:
    spec = {**whole(include_top=True, weights=None), "compile": {"loss": {"predictions": "categorical_crossentropy"}}}
    assert tfspec.check(spec) == []
    model = tfspec.build(spec)
    images, classes = np.zeros((2, 32, 32, 3), "float32"), np.eye(1000, dtype="float32")[:2]
    assert model.evaluate(images, classes, verbose=0) > 0


def test_images_of_another_size() -> None:
    layers = [{"MobileNetV2": {"weights": None}}]
    spec = {"tfspec": 1, "model": {"sequential": {"input": {"shape": [96, 96, 3]}, "layers": layers}}}
    problem = problem_of(spec)
    assert (problem.code, problem.help) == ("TS404", "write `input_shape: [96, 96, 3]`")
    layers[0]["MobileNetV2"]["input_shape"] = [96, 96, 3]
    assert tfspec.check(spec) == []
