"""A spec written back reads as the same spec, by hand and by chance; and the schema accepts what is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import tfspec
from tfspec.diagnostics import Text
from tfspec.source import load_tree
from tfspec.testing import things

ROOT = Path(__file__).parents[2]
SPECS = sorted(path for path in (ROOT / "specs").rglob("*.yaml") if "families" not in path.parts)  # which are libraries

EVERYTHING = """\
tfspec: 1
name: "yes"
description: "a text: with a colon,\\nand a second line — and ünïcode"
seed: 7
precision: mixed_bfloat16
data:
  source: {csv: {path: "1.csv", target: price, missing_values: ["", "NA", "null", "1e-3"]}}
  split: {validation: 0.1, test: 50, shuffle: false}
  inputs: {x: [a, b], y: "no"}
  targets: {out: {from: price}, kind: {from: town, one_hot: 3}}
  prepare:
    x: [Normalization, {Rescaling: {scale: 1.0e-05}}]
model:
  functional:
    name: net
    inputs: {x: {shape: [null, 2], dtype: float32}, y: {shape: [3], batch_size: 4}, z: }
    layers:
      - Dense: {units: 4, from: x, activation: relu, kernel_regularizer: {L2: {l2: 0.001}}}
      - LSTM: {units: 3, return_state: true, as: [s, h, c]}
      - LSTM: {units: 3, from: {sequence: x, initial_state: [h, c]}, call: {training: false}}
      - Concatenate: {from: [_, y]}
      - Flatten:
      - Dense: {units: 1, name: out, bias_initializer: {Constant: {value: -1.0}}, kernel_initializer: he_normal}
      - Dense: {units: 3, name: kind, activation: softmax, from: s}
    outputs: {out: out, kind: kind}
compile:
  optimizer: {SGD: {learning_rate: {ExponentialDecay: {initial_learning_rate: 0.1, decay_steps: 10, decay_rate: 0.9}}}}
  loss: {out: mse, kind: {CategoricalCrossentropy: {label_smoothing: 0.1}}}
  metrics: {out: [mae, {MeanAbsoluteError: {name: off}}], kind: accuracy}
  loss_weights: {out: 1, kind: 0.5}
  jit_compile: auto
fit: {epochs: 2, class_weight: {0: 1.0, 1: 2.5}}
callbacks:
  - EarlyStopping: {monitor: loss, patience: 3}
  - TensorBoard
"""


def same_after_writing(spec: tfspec.Spec) -> None:
    """YAML and JSON read back as the same spec, and writing again gives the same text."""
    for text in (spec.to_yaml(), spec.to_json()):
        again = tfspec.load(text)
        assert again == spec
        assert again.to_dict() == spec.to_dict()
    assert tfspec.load(spec.to_yaml()).to_yaml() == spec.to_yaml()
    assert tfspec.load(spec.to_dict()) == spec


def test_everything() -> None:
    same_after_writing(tfspec.load(EVERYTHING))


def test_what_was_not_said_is_not_written() -> None:
    spec = tfspec.load(
        "tfspec: 1\nmodel: {sequential: {input: {shape: [4]}, layers: [Flatten, {Dense: {units: 1}}]}}\n"
    )
    assert spec.to_dict() == {
        "tfspec": 1,
        "model": {"sequential": {"input": {"shape": [4]}, "layers": ["Flatten", {"Dense": {"units": 1}}]}},
    }


def test_words_stay_as_they_were_written() -> None:
    written = tfspec.load(EVERYTHING).to_dict()
    assert written["compile"]["loss"]["out"] == "mse"
    layers = written["model"]["functional"]["layers"]
    assert layers[4] == "Flatten"
    assert layers[5]["Dense"]["kernel_initializer"] == "he_normal"
    assert layers[2]["LSTM"]["from"] == {"sequence": "x", "initial_state": ["h", "c"]}


def test_it_reads_well() -> None:
    text = tfspec.load(EVERYTHING).to_yaml()
    assert "      - Flatten\n" in text or "    - Flatten\n" in text
    assert "&id" not in text
    assert max(map(len, text.splitlines())) <= 140


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_examples(path: Path) -> None:
    same_after_writing(tfspec.load(path))


def test_two_specs_that_say_the_same_are_equal() -> None:
    one = tfspec.load("tfspec: 1\nmodel: {sequential: {layers: [{Dense: {units: 1}}]}}\n")
    other = tfspec.load({"model": {"sequential": {"layers": [{"Dense": {"units": 1}}]}}, "tfspec": 1})
    assert one == other
    assert one != tfspec.load("tfspec: 1\nmodel: {sequential: {layers: [{Dense: {units: 2}}]}}\n")
    assert one != "a text"


SCHEMA = Draft202012Validator(tfspec.schema())


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """A small spec that is right in structure, if not in sense."""
    spec: dict[str, Any] = {"tfspec": 1}
    layers = draw(st.lists(things("layer"), min_size=1, max_size=3))
    sizes = draw(st.lists(st.one_of(st.none(), st.integers(1, 64)), max_size=4))
    spec["model"] = {"sequential": {"input": {"shape": sizes}, "layers": layers}}
    optional = {
        "name": st.text(min_size=1),
        "description": st.text(),
        "seed": st.integers(0, 2**32 - 1),
        "callbacks": st.lists(things("callback"), max_size=2),
        "compile": st.fixed_dictionaries(
            {},
            optional={
                "optimizer": things("optimizer"),
                "loss": things("loss"),
                "metrics": st.lists(things("metric"), max_size=3),
                "loss_weights": st.dictionaries(st.text(min_size=1), st.floats(0, 10), min_size=1, max_size=2),
            },
        ),
        "fit": st.fixed_dictionaries({}, optional={"epochs": st.integers(1, 9), "shuffle": st.booleans()}),
    }
    return spec | draw(st.fixed_dictionaries({}, optional=optional))


@given(specs())
def test_by_chance(data: dict[str, Any]) -> None:
    try:
        spec = tfspec.load(data)
    except tfspec.SpecError as error:
        # Arguments that Keras does not take together, and texts that YAML cannot hold: never the structure.
        assert {problem.code for problem in error.problems} <= {"TS206"}, error  # noqa: PT017 - which error
        return
    same_after_writing(spec)
    assert SCHEMA.is_valid(data)
    assert SCHEMA.is_valid(load_tree(Text("<text>", spec.to_yaml())).data)
    assert SCHEMA.is_valid(json.loads(spec.to_json()))


@given(specs())
def test_checking_never_fails(data: dict[str, Any]) -> None:
    for problem in tfspec.check(data):
        assert problem.message
