"""The specs of the tutorials reach on real data what they are known to reach; those that take long run for a moment."""

from pathlib import Path

import pytest

import tfspec

SPECS = Path(__file__).parents[2] / "specs"


def test_quickstart(tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "quickstart.yaml", runs=tmp_path)
    assert run.metrics["test"]["accuracy"] >= 0.95


def test_breast_cancer(tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "tutorials" / "breast_cancer.yaml", runs=tmp_path)
    assert tfspec.inspect(SPECS / "tutorials" / "breast_cancer.yaml").parameters == 30 * 32 + 32 + 32 * 32 + 32 + 33
    assert run.metrics["test"]["accuracy"] >= 0.93


@pytest.mark.usefixtures("keras_home")
def test_mnist_mlp(tmp_path: Path) -> None:
    spec = SPECS / "tutorials" / "mnist_mlp.yaml"
    assert tfspec.inspect(spec).parameters == 101_770
    assert tfspec.run(spec, runs=tmp_path).metrics["test"]["accuracy"] >= 0.91


@pytest.mark.usefixtures("keras_home")
def test_fashion_mnist(tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "tutorials" / "fashion_mnist.yaml", runs=tmp_path)
    assert run.metrics["test"]["accuracy"] >= 0.87


@pytest.mark.usefixtures("keras_home")
def test_boston_housing(tmp_path: Path) -> None:
    """Better than the mean of the prices by far: their standard deviation is about 9."""
    run = tfspec.run(SPECS / "tutorials" / "boston_housing.yaml", runs=tmp_path)
    assert run.metrics["test"]["mae"] <= 4


@pytest.mark.usefixtures("keras_home")
def test_wide_and_deep(tmp_path: Path) -> None:
    """Better than the mean of the prices by far: their standard deviation is about 115,000."""
    run = tfspec.run(SPECS / "tutorials" / "wide_and_deep.yaml", runs=tmp_path, overrides=["fit.epochs=3"])
    assert run.metrics["test"]["mae"] <= 50_000


def test_ensemble(tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "tutorials" / "ensemble.yaml", runs=tmp_path, overrides=["fit.epochs=20"])
    assert run.metrics["test"]["accuracy"] >= 0.85


def test_siamese(tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "tutorials" / "siamese.yaml", runs=tmp_path, overrides=["fit.epochs=8"])
    assert run.metrics["test"]["accuracy"] >= 0.85


def test_ticket_router(tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "tutorials" / "ticket_router.yaml", runs=tmp_path, overrides=["fit.epochs=5"])
    assert run.metrics["test"]["department_accuracy"] >= 0.95
    assert run.metrics["test"]["priority_accuracy"] >= 0.95


MADE_UP = "data.source={synthetic: {shape: [28, 28], classes: 10, examples: 200}}"
MOMENTS = {
    "residual": ["fit.epochs=1", "data.source.synthetic.examples=200"],
    "autoencoder": ["fit.epochs=1", MADE_UP, "data.split.validation=20"],
    "feature_extraction": [
        "fit.epochs=1",
        "data.source.synthetic.examples=40",
        "model.sequential.layers[0].MobileNetV2.weights=null",
    ],
    "network_in_network": ["data.source.synthetic.examples=80"],
    "alexnet": ["vars.size=67", "vars.classes=10", "vars.units=32"],
    "inception": ["fit.epochs=1", MADE_UP, "data.split.validation=20"],
}
"""What makes those short that take long, and leaves out what would be fetched."""


@pytest.mark.parametrize("name", MOMENTS)
def test_for_a_moment(name: str, tmp_path: Path) -> None:
    run = tfspec.run(SPECS / "tutorials" / f"{name}.yaml", runs=tmp_path, overrides=MOMENTS[name])
    assert run.ending == "completed"
    assert run.metrics["validation"]["loss"] == pytest.approx(run.history[-1]["val_loss"], rel=1e-3)
