"""What is different between two specs, by meaning: what is told, under which path, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from tfspec.analysis import analyze
from tfspec.analysis.difference import Difference, differ_in
from tfspec.diagnostics import SpecError
from tfspec.spec import load

DENSE = {"Dense": {"units": 3}}


def chain(*layers: Any, **more: Any) -> dict[str, Any]:
    """A spec whose model is a chain; `more` are keys of the spec."""
    return {"tfspec": 1, "model": {"sequential": {"input": {"shape": [3]}, "layers": [*layers]}}, **more}


def network(*layers: Any, inputs: tuple[str, ...] = ("x",), **more: Any) -> dict[str, Any]:
    """A spec whose model is a graph; `more` are keys of the model."""
    model = {"inputs": {name: {"shape": [3]} for name in inputs}, "layers": [*layers], **more}
    return {"tfspec": 1, "model": {"functional": model}}


def difference(before: Any, after: Any) -> Difference:
    return differ_in(analyze(load(before)), analyze(load(after)))


def model_with(**arguments: Any) -> dict[str, Any]:
    spec = chain(DENSE)
    spec["model"]["sequential"] |= arguments
    return spec


D, E = {"Dense": {"units": 3, "name": "d"}}, {"Dense": {"units": 3, "name": "e", "from": "x"}}
METRICS = {"optimizer": "adam", "loss": "mse", "metrics": ["mae"]}
IN_WORDS = {"optimizer": {"Adam": {"learning_rate": 0.001}}, "loss": "MeanSquaredError", "metrics": "mae"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (chain(DENSE), chain({"Dense": {"units": 3, "use_bias": True, "activation": "linear", "trainable": True}})),
        (chain(DENSE, compile=METRICS), chain(DENSE, compile=IN_WORDS)),
        (chain(DENSE, compile={"loss": "mse"}), chain(DENSE, compile={"loss": {"dense": "mean_squared_error"}})),
        (chain(DENSE, compile={"loss": "mse"}), chain(DENSE, compile={"optimizer": "RMSprop", "loss": ["mse"]})),
        (chain(DENSE), chain(DENSE, precision="float32", callbacks=[])),
        (network(D), network(D, outputs="d")),
        (network({"Dense": {"units": 3}}), model_with(input={"shape": [3], "name": "x"})),
        (chain("d", shared={"d": DENSE}), chain(D)),
    ],
)
def test_one_meaning(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert not difference(before, after)
    assert not difference(after, before)


@pytest.mark.parametrize(
    ("before", "after", "path", "values"),
    [
        (model_with(), model_with(trainable=False), "model.trainable", (True, False)),
        (model_with(), model_with(name="foo"), "model.name", (None, "foo")),
        (network(D, E, outputs=["d", "e"]), network(D, E, outputs=["e", "d"]), "outputs", (["d", "e"], ["e", "d"])),
        (network(D, outputs="d"), network(D, outputs=["d"]), "outputs", ("d", ["d"])),
        (network(D, outputs=["d"]), network(D, outputs={"d": "d"}), "outputs", (["d"], {"d": "d"})),
        (chain(DENSE, shared={"d": DENSE}), chain(DENSE), "shared.d", (DENSE, None)),
        (chain(DENSE, seed=0), chain(DENSE), "seed", (0, None)),
        (
            network({"Add": {"from": ["x", "y"]}}, inputs=("x", "y")),
            network({"Add": {"from": ["x", "y"]}}, inputs=("y", "x")),
            "inputs",
            (["x", "y"], ["y", "x"]),
        ),
        (
            {"tfspec": 1, "model": {"VGG16": {"weights": None}}},
            {"tfspec": 1, "model": {"VGG16": {}}},
            "model.VGG16.weights",
            (None, "imagenet"),
        ),
        (
            chain(DENSE, compile={"metrics": "mse"}),
            chain(DENSE, compile={"metrics": "MeanSquaredError"}),
            "compile.metrics[0].MeanSquaredError.name",
            ("mse", "MeanSquaredError"),
        ),
        (
            chain(DENSE, compile={"optimizer": "adam"}),
            chain(DENSE, compile={"optimizer": {"Adam": {"learning_rate": 0.1}}}),
            "compile.optimizer.Adam.learning_rate",
            (0.001, 0.1),
        ),
    ],
)
def test_settings(before: dict[str, Any], after: dict[str, Any], path: str, values: tuple[Any, Any]) -> None:
    for first, second, expected in ((before, after, values), (after, before, values[::-1])):
        found = difference(first, second)
        assert found.layers == ()
        assert [tuple(change) for change in found.settings] == [(path, *expected)]
        assert bool(found)


def test_trainable_parameters() -> None:
    found = difference(model_with(), model_with(trainable=False)).to_dict()
    assert found["parameters"] == {"before": 12, "after": 12}
    assert found["trainable_parameters"] == {"before": 12, "after": 0}


def test_what_is_no_longer_shared() -> None:
    found = difference(chain("d", "d", shared={"d": DENSE}), chain(D, {"Dense": {"units": 3, "name": "d_1"}}))
    (layer,) = found.layers
    assert (layer.before, layer.after, layer.parameters) == ("d_1", "d_1", 12)
    assert [tuple(change) for change in layer.changes] == [("weights_of", "d", None)]


def test_layers_without_names_are_not_paired_by_their_numbers() -> None:
    sizes = [4, 8, 16]
    before = chain(*({"Dense": {"units": units}} for units in sizes))
    after = chain(*({"Dense": {"units": units}} for units in (3, *sizes)))
    new, behind = difference(before, after).layers
    assert (new.before, new.after, new.parameters) == (None, "dense", 12)
    assert (behind.before, behind.after, behind.parameters) == ("dense", "dense_1", 0)
    assert [tuple(change) for change in behind.changes] == [("from", ["input_layer"], ["dense"])]
    gone, _ = difference(after, before).layers
    assert (gone.before, gone.after, gone.parameters) == ("dense", None, -12)


def test_a_name_that_is_given_is_told() -> None:
    (layer,) = difference(network(D), network({"Dense": {"units": 3, "name": "dense_7"}})).layers
    assert (layer.before, layer.after, layer.changes) == ("d", "dense_7", ())


def test_inside_of_models() -> None:
    inner: dict[str, Any] = {"name": "s", "layers": [{"Dense": {"units": 3, "name": "d"}}]}
    found = difference(chain({"sequential": inner}), chain({"sequential": {**inner, "freeze": ["d"]}}))
    (layer,) = found.layers
    assert (layer.before, layer.after) == ("s/d", "s/d")
    assert [tuple(change) for change in layer.changes] == [("trainable", True, False)]


def renamed(letter: str, repeats: int, *, with_flatten: bool) -> dict[str, Any]:
    layers: list[Any] = []
    for index in range(repeats):
        layers += [{"Flatten": {"name": "flat"}}] if with_flatten and index == repeats // 2 else []
        layers += [{"Dense": {"units": 3, "name": f"{letter}_{index}"}}, {"ReLU": {"name": f"{letter}r_{index}"}}]
    return chain(*layers)


def test_many_layers_under_other_names() -> None:
    found = difference(renamed("a", 150, with_flatten=False), renamed("b", 150, with_flatten=True))
    assert [layer.after for layer in found.layers if layer.before is None] == ["flat"]
    assert all(layer.after is not None for layer in found.layers)
    assert len(found.layers) == 301


def test_data_need_not_be_here() -> None:
    data = {"source": {"csv": {"path": "away.csv"}}}
    here = chain(DENSE, data=data)
    assert not difference(here, here)
    (change,) = difference(here, chain(DENSE, data={"source": {"csv": {"path": "gone.csv"}}})).settings
    assert change == ("data.source.csv.path", "away.csv", "gone.csv")
    here["model"]["sequential"]["input"] = None
    with pytest.raises(SpecError, match="away"):
        difference(here, here)
