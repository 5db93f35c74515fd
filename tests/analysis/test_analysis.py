"""Facts and problems of a spec that are known before it runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

import tfspec
from tfspec.analysis import Analysis, analyze

IRIS = """\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
%s
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: %s}
"""


def iris(data: str = "", loss: str = "sparse_categorical_crossentropy") -> Analysis:
    """The analysis of a small classifier."""
    return analyze(tfspec.load(IRIS % (data, loss)))


def test_the_data_says_the_shape() -> None:
    analysis = iris()
    assert analysis.problems == []
    assert str(analysis.inputs["input_layer"]) == "(batch, 4) float32"
    assert analysis.summary.parameters == 15
    assert analysis.feeds is not None
    assert analysis.feeds.inputs["input_layer"].columns == ("x",)
    assert analysis.feeds.targets["dense"].classes == 3


def test_prepare_changes_it() -> None:
    analysis = iris("  prepare: [{Reshape: {target_shape: [2, 2]}}, Flatten, Normalization]")
    assert analysis.problems == []
    assert str(analysis.inputs["input_layer"]) == "(batch, 4) float32"


def test_one_hot_targets() -> None:
    analysis = iris("  targets: {one_hot: 3}", "categorical_crossentropy")
    assert analysis.problems == []
    assert analysis.feeds is not None
    lesson = analysis.feeds.targets["dense"]
    assert (lesson.one_hot, str(lesson.type)) == (True, "(batch, 3) float32")


def test_unknown_data_is_no_reason_to_complain(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,y\n1,2,0\n3,4,1\n", encoding="utf-8")
    text = (
        "tfspec: 1\ndata: {source: {csv: {path: t.csv, target: y}}}\n"
        "model: {sequential: {layers: [{Dense: {units: 1, activation: sigmoid}}]}}\n"
    )
    (tmp_path / "spec.yaml").write_text(text + "compile: {loss: binary_crossentropy}\n", encoding="utf-8")
    assert tfspec.check(tmp_path / "spec.yaml") == []
    assert tfspec.inspect(text, root=tmp_path).inputs[0].shape == (None, 2)


def test_what_is_learnt_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,y\n1,2,0\n3,4,1\n", encoding="utf-8")
    text = (
        "tfspec: 1\ndata: {source: {csv: {path: t.csv}}, targets: {from: y}}\n"
        "model: {sequential: {layers: [{Dense: {units: 1}}]}}\n"
    )
    assert tfspec.inspect(text, root=tmp_path).inputs[0].shape == (None, 2)
    by_output = text.replace("{from: y}", "{dense: {from: b}}")
    assert tfspec.inspect(by_output, root=tmp_path).inputs[0].shape == (None, 2)
    to_itself = "tfspec: 1\ndata: {source: mnist, targets: {from: x}}\nmodel: {sequential: {layers: [Flatten]}}\n"
    assert tfspec.inspect(to_itself).inputs[0].shape == (None, 28, 28)


@pytest.mark.parametrize(
    ("compile_", "names"),
    [
        ("{loss: mse}", ("loss",)),
        ("{loss: mse, metrics: [mae, {MeanSquaredError: {name: square}}]}", ("loss", "mae", "square")),
        ("{loss: mse, weighted_metrics: [RootMeanSquaredError]}", ("loss", "RootMeanSquaredError")),
    ],
)
def test_what_a_run_reports(compile_: str, names: tuple[str, ...]) -> None:
    model = "sequential: {input: {shape: [4]}, layers: [{Dense: {units: 1}}]}"
    text = f"tfspec: 1\nmodel: {{{model}}}\ncompile: {compile_}\n"
    plan = analyze(tfspec.load(text)).plan
    assert plan is not None
    assert plan.history_names == names


def test_inspect_refuses_what_has_errors() -> None:
    with pytest.raises(tfspec.SpecError, match="TS403"):
        tfspec.inspect("tfspec: 1\nmodel: {sequential: {layers: [Flatten]}}\n")


def test_summary_of_every_kind_of_value() -> None:
    summary = tfspec.inspect(
        "tfspec: 1\nname: two\nmodel:\n  functional:\n    inputs: {x: {shape: [null, 4]}}\n    layers:\n"
        "      - LSTM: {units: 3, return_state: true, as: [y, h, c]}\n      - Concatenate: {from: [h, c], name: both}\n"
        "    outputs: {state: both, last: y}\n"
    )
    assert [row.name for row in summary.layers] == ["lstm", "both", "state", "last"]
    assert summary.layers[1].sources == ("h", "c")
    assert [output.shape for output in summary.layers[0].outputs] == [(None, 3)] * 3
    assert [(row.name, row.shape) for row in summary.outputs] == [("state", (None, 6)), ("last", (None, 3))]
    assert summary.to_dict()["parameters"] == {"total": 96, "trainable": 96, "non_trainable": 0}


def test_precision_reaches_the_layers_inside() -> None:
    text = "tfspec: 1\nprecision: mixed_bfloat16\nmodel: {sequential: {input: {shape: [5, 4]}, layers: [%s]}}\n"
    wrapped = tfspec.inspect(text % "{Bidirectional: {layer: {LSTM: {units: 2}}}}")
    assert wrapped.outputs[0].dtype == "bfloat16"
    assert {weight.dtype for weight in wrapped.layers[0].weights} == {"float32"}
    own = tfspec.inspect(text % "{Dense: {units: 2, dtype: float64}}")
    assert own.outputs[0].dtype == "float64"


def many(layers: int) -> str:
    """A chain of so many layers."""
    four = "      - Dense: {units: 32}\n      - BatchNormalization\n      - ReLU\n      - Dropout: {rate: 0.1}\n"
    return f"tfspec: 1\nmodel:\n  sequential:\n    input: {{shape: [32]}}\n    layers:\n{four * (layers // 4)}"


def test_a_thousand_layers_are_inspected_at_once() -> None:
    spec: Any = tfspec.load(many(1000))
    tfspec.inspect(spec)
    times = []
    for _ in range(5):
        begin = time.process_time()
        assert len(tfspec.inspect(spec).layers) == 1000
        times.append(time.process_time() - begin)
    assert min(times) < 0.2  # 0.03 on a machine with nothing else to do


def test_a_problem_in_the_middle_of_many_layers_is_one_problem() -> None:
    text = many(400) + "      - LSTM: {units: 2}\n" + many(400).partition("layers:\n")[2]
    assert [problem.code for problem in tfspec.check(text)] == ["TS410"]
