"""`--set path=value`: what is laid over a spec, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

import tfspec
from tfspec.diagnostics import Problem

SPEC = """\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Flatten
      - Dense: {units: 1}
compile: {loss: mse}
"""


def loaded(*overrides: str) -> dict[str, Any]:
    """The spec with overrides, as data."""
    return tfspec.load(SPEC, overrides=overrides).to_dict()


def problem(*overrides: str) -> Problem:
    """The one problem that overrides give."""
    (found,) = tfspec.check(SPEC, overrides=overrides)
    return found


@pytest.mark.parametrize(
    ("override", "way", "value"),
    [
        ("fit.epochs=3", ("fit",), {"epochs": 3}),
        ("fit={epochs: 3, batch_size: 8}", ("fit",), {"epochs": 3, "batch_size": 8}),
        ("model.sequential.layers[1].Dense.units=5", ("model", "sequential", "layers", 1), {"Dense": {"units": 5}}),
        ("model.sequential.layers.1.Dense.units=5", ("model", "sequential", "layers", 1), {"Dense": {"units": 5}}),
        ("model.sequential.layers[-1].Dense.units=5", ("model", "sequential", "layers", 1), {"Dense": {"units": 5}}),
        ("model.sequential.layers[0].Flatten.name=f", ("model", "sequential", "layers", 0), {"Flatten": {"name": "f"}}),
        (
            "model.sequential.layers[0]=Dropout: {rate: 0.5}",
            ("model", "sequential", "layers", 0),
            {"Dropout": {"rate": 0.5}},
        ),
        ("model.sequential.input.shape[0]=9", ("model", "sequential", "input", "shape"), [9]),
        ("compile.optimizer.Adam.learning_rate=1e-4", ("compile", "optimizer"), {"Adam": {"learning_rate": 0.0001}}),
        ("compile.loss=mae", ("compile", "loss"), "mae"),
        ("name=a=b", ("name",), "a=b"),
        ("name=yes", ("name",), "yes"),
        ('name="a: b"', ("name",), "a: b"),
        ("description=", ("description",), None),
    ],
)
def test_what_is_laid_over(override: str, way: tuple[Any, ...], value: Any) -> None:
    found: Any = loaded(override)
    for step in way:
        found = found[step]
    assert found == value


def test_in_order() -> None:
    assert loaded("fit.epochs=3", "fit.epochs=4", "fit.batch_size=2")["fit"] == {"epochs": 4, "batch_size": 2}


def test_the_spec_itself_is_not_changed() -> None:
    spec = tfspec.load(SPEC)
    other = tfspec.load(spec, overrides=["compile.loss=mae"])
    assert spec.to_dict()["compile"] == {"loss": "mse"}
    assert other.to_dict()["compile"] == {"loss": "mae"}


@pytest.mark.parametrize(
    ("override", "message", "advice"),
    [
        ("units", "`units` is no assignment", "write `path=value`, such as `fit.epochs=3`"),
        ("=3", "`=3` is no assignment", "write `path=value`, such as `fit.epochs=3`"),
        ("a..b=1", "`a..b=1` is no assignment", "write `path=value`, such as `fit.epochs=3`"),
        ("[0]=1", "`[0]=1` is no assignment", "write `path=value`, such as `fit.epochs=3`"),
        (
            "model.sequential.layers[5].Dense.units=1",
            "`model.sequential.layers` has 2 items, and none at position 5",
            "positions count from 0, in the list as it is written",
        ),
        (
            "model.sequential.layers.Dense.units=1",
            "`model.sequential.layers` is a list, and `Dense` is no position",
            "write `model.sequential.layers[0]` for the first item",
        ),
        (
            "model.sequential.layers[1].Dens.units=3",
            "`model.sequential.layers[1]` is `Dense`, not `Dens`",
            "did you mean `Dense`?",
        ),
        ("compile.loss.x=1", "`compile.loss` is `mse`, and has no `x` below it", None),
        ("tfspec.x=1", "`tfspec` is `1`, and has no `x` below it", None),
        ("model[0]=1", "`model` is no list, and has no position 0", None),
    ],
)
def test_what_is_refused(override: str, message: str, advice: str | None) -> None:
    found = problem(override)
    assert (found.code, found.message, found.help) == ("TS101", message, advice)
    assert found.span is not None
    assert found.span.text.name == "--set"


def test_mistakes_in_values_have_their_place_in_the_assignment() -> None:
    found = problem("model.sequential.layers[-1].Dense.units=-3")
    assert found.span is not None
    assert (found.code, found.span.text.name, found.span.line) == ("TS203", "--set", 1)
    assert found.span.text.content[found.span.column - 1 : found.span.end_column - 1] == "-3"
    found = problem("fit={epochs: 3, batch_size: 0}")
    assert found.span is not None
    assert found.span.text.content[found.span.column - 1 : found.span.end_column - 1] == "0"
    assert problem("fit.epochs=[1").code == "TS009"


def test_a_key_that_nothing_has() -> None:
    found = problem("fti.epochs=3")
    assert (found.code, found.help) == ("TS201", "did you mean `fit`?")
    assert found.span is not None
    assert found.span.text.content[: found.span.end_column - 1] == "fti.epochs"


def test_all_mistakes_are_told() -> None:
    assert [found.code for found in tfspec.check(SPEC, overrides=["a", "b", "fit.epochs=3"])] == ["TS101", "TS101"]


def test_what_follows_from_it_is_checked() -> None:
    assert tfspec.inspect(SPEC, overrides=["model.sequential.layers[1].Dense.units=10"]).parameters == 50
