"""A spec that trains in seconds, and a run of it that several tests look at."""

from collections.abc import Callable
from pathlib import Path

import pytest

import tfspec

DIGITS = """\
tfspec: 1
name: digits
seed: 7
data:
  source: {sklearn: {dataset: digits}}
  split: {validation: 0.2, test: 0.2}
  prepare: [Normalization]
model:
  sequential:
    layers:
      - Dense: {units: 16, activation: relu}
      - Dense: {units: 10}
compile:
  optimizer: adam
  loss: {SparseCategoricalCrossentropy: {from_logits: true}}
  metrics: [accuracy]
fit: {epochs: 2, batch_size: 64}
"""


@pytest.fixture(scope="session")
def digits() -> str:
    """The text of a spec on scikit-learn's digits, with a head of logits."""
    return DIGITS


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> "tfspec.Run":
    """A finished run of `digits`."""
    return tfspec.run(DIGITS, runs=tmp_path_factory.mktemp("runs"))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a spec to a file."""

    def write(text: str) -> Path:
        path = tmp_path / "spec.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
