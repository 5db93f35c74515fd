"""The specs of the tutorials reach on real data what they are known to reach."""

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
