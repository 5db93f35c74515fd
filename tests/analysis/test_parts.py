"""A shared model by itself."""

from __future__ import annotations

import pytest

import tfspec
from tfspec.diagnostics import SpecError

SPEC = """\
tfspec: 1
shared:
  core: {sequential: {layers: [{Dense: {units: 2}}]}}
  encoder: {sequential: {input: {shape: [8]}, layers: [{Dense: {units: 4}}, core]}}
  scale: {Dense: {units: 2}}
  idle: {sequential: {input: {shape: [8]}, layers: [{Dense: {units: 4}}]}}
model:
  functional:
    inputs: {a: {shape: [8]}, b: {shape: [8]}}
    freeze: [encoder]
    layers: [{encoder: {from: a, name: left}}, {encoder: {from: b}}, {Add: {from: [left, encoder]}}, scale]
compile: {optimizer: adam, loss: mse}
"""


def test_a_part_is_a_model_by_itself() -> None:
    summary = tfspec.inspect(SPEC, part="encoder", batch=2)
    assert summary.name == "encoder"
    assert [row.name for row in summary.layers] == ["dense", "core"]
    assert [tuple(row) for row in summary.inputs] == [("input_layer", (None, 8), "float32")]
    assert summary.parameters == 8 * 4 + 4 + 4 * 2 + 2
    assert summary.operations == 2 * 8 * 4 + 4 + 2 * 4 * 2 + 2
    assert summary.bytes["gradients"] is None


def test_a_part_takes_its_inputs_from_its_first_call() -> None:
    summary = tfspec.inspect(SPEC, part="core")
    assert [row.shape for row in summary.inputs] == [(None, 4)]
    assert [weight.name for row in summary.layers for weight in row.weights] == ["kernel", "bias"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("encodr", "did you mean `encoder`?"),
        ("scale", "it uses `encoder` and `core`"),
        ("idle", "it uses `encoder` and `core`"),
    ],
)
def test_what_is_no_part(name: str, advice: str) -> None:
    with pytest.raises(SpecError) as caught:
        tfspec.inspect(SPEC, part=name)
    (problem,) = caught.value.problems
    assert (problem.code, problem.help) == ("TS406", advice)


def test_a_spec_without_parts() -> None:
    with pytest.raises(SpecError, match="it uses none"):
        tfspec.inspect("tfspec: 1\nmodel: {sequential: {input: {shape: [8]}, layers: [ReLU]}}\n", part="encoder")
