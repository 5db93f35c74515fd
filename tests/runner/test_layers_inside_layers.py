"""Runs of specs whose layers hold lists of layers: they train, and what is saved gives the same again."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfspec

CHAIN = """\
tfspec: 1
name: chain
seed: 3
data:
  source: {synthetic: {examples: 60, shape: [12, 12, 3], classes: 2}}
  split: {validation: 0.2}
  prepare:
    - Pipeline:
        layers:
          - Rescaling: {scale: 0.5, offset: 1.0}
          - Resizing: {height: 8, width: 8}
model:
  sequential:
    layers:
      - Pipeline:
          layers: [RandomFlip, {Conv2D: {filters: 4, kernel_size: 3}}, BatchNormalization, CutMix, Equalization]
      - RandomCrop: {height: 4, width: 4}
      - MixUp
      - GlobalAveragePooling2D
      - Dense: {units: 1, activation: sigmoid}
compile: {optimizer: adam, loss: binary_crossentropy}
fit: {epochs: 1}
"""

CELLS = """\
tfspec: 1
name: cells
seed: 3
data:
  source: {synthetic: {examples: 60, shape: [6, 4], classes: 2}}
  split: {validation: 0.2}
model:
  functional:
    inputs: {x: {shape: [6, 4]}}
    layers:
      - RNN:
          cell: {StackedRNNCells: {cells: [{LSTMCell: {units: 3}}, {GRUCell: {units: 5}}]}}
          return_state: true
          from: x
          as: [last, hidden, memory, state]
      - RNN:
          cell: {StackedRNNCells: {cells: [{LSTMCell: {units: 3}}, {GRUCell: {units: 5}}]}}
          from: {sequence: x, initial_state: [hidden, memory, state]}
          as: [again]
      - Concatenate: {from: [last, again]}
      - Dense: {units: 1, activation: sigmoid}
compile: {optimizer: adam, loss: binary_crossentropy}
fit: {epochs: 1}
"""


@pytest.mark.parametrize(("spec", "shape"), [(CHAIN, (5, 12, 12, 3)), (CELLS, (5, 6, 4))], ids=["chain", "cells"])
def test_it_trains_and_loads_as_it_was(spec: str, shape: tuple[int, ...], tmp_path: Path, keras: Any) -> None:
    run = tfspec.run(spec, runs=tmp_path)
    assert len(run.history) == 1
    values = np.random.default_rng(0).normal(size=shape).astype("float32")
    loaded = keras.models.load_model(run.folder / "model.keras")
    predicted = loaded.predict(values, verbose=0)
    assert predicted.shape == (5, 1)
    np.testing.assert_allclose(predicted, run.model.predict(values, verbose=0), rtol=1e-5)
    np.savez(tmp_path / "rows.npz", x=values)
    from tfspec.runner import predict

    (told,) = predict(run.folder, tmp_path / "rows.npz").outputs.values()
    assert len(told.labels) == len(values)
