"""The examples of the reference pages, each in a small whole spec: no problems, and Keras builds what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import tfspec
from tfspec.catalogue import Declaration, declarations
from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.models import Layered
from tfspec.catalogue.predictions import Labels, Wants
from tfspec.catalogue.reference import can_be_used, layer_example, snippet

HEADS: dict[Wants | None, Any] = {
    "numbers": {"Dense": {"units": 3}},
    "signed": {"Dense": {"units": 3, "activation": "tanh"}},
    "positive": {"Dense": {"units": 3, "activation": "softplus"}},
    "probability": {"Dense": {"units": 3, "activation": "sigmoid"}},
    "probabilities": {"Dense": {"units": 3, "activation": "softmax"}},
    "integers": {"Dense": {"units": 3}},
    None: {"Dense": {"units": 3, "activation": "softmax"}},
}
"""The end of a model that gives what a loss or a metric wants."""

LOSSES: dict[tuple[Wants | None, Labels | None], str] = {
    ("probability", "zero_one"): "binary_crossentropy",
    ("probabilities", "one_hot"): "categorical_crossentropy",
    ("probabilities", "integers"): "sparse_categorical_crossentropy",
    ("numbers", "one_hot"): "categorical_hinge",
}
"""A loss that wants the same as a metric; the mean squared error for all others."""

FITTED = {"data": {"source": "synthetic", "split": {"validation": 0.2}}, "fit": {"epochs": 1}}


def spec_with(cls: type[Declaration]) -> dict[str, Any]:
    """A small whole spec around the example of a thing."""
    said = yaml.safe_load(snippet(cls))
    make = {"layer": _around_layer, "loss": _around_loss, "metric": _around_metric, "callback": _around_callback}
    if cls.family in make:
        return {"tfspec": 1, **make[cls.family](cls, said)}
    if cls.family == "source":
        return {"tfspec": 1, "model": {"sequential": {"layers": ["Flatten", {"Dense": {"units": 1}}]}}, **said}
    body = said if isinstance(said, list) else [{"Dense": {"units": 8}}]
    shape = (1000, 1) if "Conv1D" in str(body) else (8,)  # the kernel of a Fourier transform
    return {"tfspec": 1, "model": _chain(body, shape), **(said if isinstance(said, dict) else {})}


def _chain(layers: list[Any], shape: tuple[int, ...] = (8,)) -> dict[str, Any]:
    return {"sequential": {"input": {"shape": list(shape)}, "layers": layers}}


def _around_layer(cls: type[Layer], said: list[Any]) -> dict[str, Any]:
    made = layer_example(cls, named=False)
    inputs = {name: {"shape": list(type_.shape[1:]), "dtype": type_.dtype} for name, type_ in made.inputs.items()}
    if "states" in snippet(cls) or made.states:  # a cell, which runs along a sequence
        inputs = {"x": {"shape": [24, made.inputs["sequence"].last]}}
    return {"model": {"functional": {"inputs": inputs, "layers": said}}}


def _around_loss(cls: Any, said: dict[str, Any]) -> dict[str, Any]:
    shape = (24, 8) if "time" in cls.output_axes else (8,)
    return {"model": _chain([HEADS[cls.wants]], shape), **said}


def _around_metric(cls: Any, said: dict[str, Any]) -> dict[str, Any]:
    wants = "probabilities" if cls.wants == "numbers" and cls.labels == "integers" else cls.wants  # the loss does
    loss = LOSSES.get((wants, cls.labels), "categorical_crossentropy" if wants is None else "mse")
    return {"model": _chain([HEADS[wants]]), "compile": {"loss": loss, **said["compile"]}}


def _around_callback(cls: Any, said: dict[str, Any]) -> dict[str, Any]:
    optimizer = {"SGD": {"use_ema": True}} if cls.needs_ema else "sgd"
    compiled = {"optimizer": optimizer, "loss": "sparse_categorical_crossentropy"}
    model = {"sequential": {"layers": [{"Dense": {"units": 2, "activation": "softmax"}}]}}
    return {"model": model, "compile": compiled, **FITTED, **said}


def problems_of(spec: Any) -> list[str]:
    """All that is said of a spec, warnings included."""
    return [f"{problem.severity} {problem.code} {problem.message}" for problem in tfspec.check(spec)]


@pytest.mark.parametrize("cls", declarations("layer"), ids=lambda cls: cls.__name__)
@pytest.mark.usefixtures("keras")
def test_layers_give_what_the_page_says(cls: type[Layer]) -> None:
    spec = spec_with(cls)
    assert problems_of(spec) == []
    model = tfspec.build(spec)
    if "RNN" not in str(spec["model"]["functional"]["layers"][0]):
        said = layer_example(cls, named=False).outputs
        assert [x.dtype for x in model.outputs] == [type_.dtype for type_ in said]
        for x, type_ in zip(model.outputs, said, strict=True):
            assert len(x.shape) == type_.rank
            assert all(dim in (None, size) for dim, size in zip(type_.shape, x.shape, strict=True))


COMPILED = (
    "activation",
    "initializer",
    "regularizer",
    "constraint",
    "optimizer",
    "schedule",
    "loss",
    "metric",
    "model",
)
OTHERS = [
    cls
    for family in (*COMPILED, "callback")
    for cls in declarations(family)
    if family != "model" or issubclass(cls, Layered)  # networks known by name, and saved ones, have tests of their own
]
USELESS = [cls for cls in OTHERS if not can_be_used(cls)]


@pytest.mark.parametrize(
    "cls", [cls for cls in OTHERS if can_be_used(cls)], ids=lambda cls: f"{cls.family}-{cls.__name__}"
)
@pytest.mark.usefixtures("keras")
def test_everything_else_compiles(cls: type[Declaration]) -> None:
    spec = spec_with(cls)
    assert problems_of(spec) == []
    assert tfspec.build(spec).layers


@pytest.mark.parametrize("cls", USELESS, ids=lambda cls: cls.spelling())
def test_what_has_no_example_can_be_used_nowhere(cls: type[Declaration]) -> None:
    assert any(problem.startswith("error") for problem in problems_of(spec_with(cls)))


@pytest.mark.parametrize("cls", declarations("source"), ids=lambda cls: cls.spelling())
def test_sources_are_sound(cls: type[Declaration], tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("size,price\n1,2\n2,4\n3,6\n", encoding="utf-8")
    np = pytest.importorskip("numpy")
    np.savez(tmp_path / "data.npz", x=np.ones((4, 3), "float32"), y=np.ones(4, "float32"))
    path = tmp_path / "spec.yaml"
    path.write_text(yaml.safe_dump(spec_with(cls)), encoding="utf-8")
    assert problems_of(path) == []
