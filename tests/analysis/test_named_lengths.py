"""Names of sizes that vary, from the spec to what is shown of it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import tfspec
from tfspec.analysis import analyze
from tfspec.catalogue.models import Input
from tfspec.spec import load
from tfspec.tensors import Length

SPEC = """\
tfspec: 1
model:
  functional:
    inputs: {sound: {shape: [time, 8]}, words: {shape: [time, 8]}, more: {shape: [null, 8]}}
    layers:
      - Conv1D: {filters: 8, kernel_size: 4, strides: 2, from: sound, name: one}
      - Conv1D: {filters: 8, kernel_size: 4, strides: 2, from: words, name: two}
      - Add: {from: [one, two], name: sum}
      - Concatenate: {from: [sum, sound], axis: 1, name: both}
      - Concatenate: {from: [both, more], axis: 1, name: all}
    outputs: [sum, both, all]
"""


def test_names_go_through_the_model() -> None:
    outputs = {row.name: row.shape for row in tfspec.inspect(SPEC).outputs}
    length = Length("time")
    assert outputs["sum"] == (None, (length - 4) // 2 + 1, 8)
    assert outputs["both"] == (None, length + length // 2 - 1, 8)
    assert outputs["all"] == (None, None, 8)


def test_json_has_names_as_texts() -> None:
    data = json.loads(json.dumps(tfspec.inspect(SPEC).to_dict()))
    assert [given["shape"] for given in data["inputs"]] == [[None, "time", 8], [None, "time", 8], [None, None, 8]]
    assert [given["shape"][1] for given in data["outputs"]] == ["time // 2 - 1", "time + time // 2 - 1", None]


def test_names_come_back() -> None:
    spec = load(SPEC)
    assert "shape: [time, 8]" in spec.to_yaml()
    assert load(spec.to_yaml()) == spec
    assert load(spec.to_json()) == spec


@pytest.mark.parametrize("name", ["time", "t", "max_len", "t2", "yes", "on", "off", "no", "y", "nan", "inf"])
def test_every_name_comes_back(name: str) -> None:
    spec = load(SPEC.replace("time", name))
    assert load(spec.to_yaml()) == spec
    assert load(spec.to_json()) == spec


SIZES: Any = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 3), st.floats(), st.text(max_size=5), st.from_regex(r"[a-z_]\w*")
)


@given(size=SIZES)
@example("time")
@example("batch")
@example("none")
@example("Time")
@example("a b")
def test_schema_takes_what_an_input_takes(size: Any) -> None:
    schema = Draft202012Validator(Input.model_json_schema())
    try:
        Input.model_validate({"shape": [size]})
    except ValueError:
        assert not _takes(schema, size)
    else:
        assert _takes(schema, size)


def _takes(schema: Any, size: Any) -> bool:
    """Whether the schema takes a size, where JSON can say it: a float without a fraction is an integer there."""
    whole_float = isinstance(size, float) and size.is_integer()
    line_end = isinstance(size, str) and size.endswith("\n")  # which Python's `$` overlooks, unlike JSON's
    return not whole_float and not line_end and bool(schema.is_valid({"shape": [size]}))


def test_a_mismatch_of_names_is_found_behind_other_layers() -> None:
    text = SPEC.replace("strides: 2, from: words", "strides: 2, padding: same, from: words")
    (problem,) = [problem for problem in tfspec.check(text) if problem.code == "TS413"]
    assert "(batch, time // 2 - 1, 8) and (batch, (time + 1) // 2, 8)" in problem.message


def test_deep_models_stay_fast() -> None:
    layers = "".join(
        f"      - Conv1D: {{filters: 8, kernel_size: {2 + i % 3}, strides: {1 + i % 2}}}\n" for i in range(1000)
    )
    spec = load(f"tfspec: 1\nmodel:\n  sequential:\n    input: {{shape: [time, 8]}}\n    layers:\n{layers}")
    start = time.process_time()
    analysis = analyze(spec)
    assert time.process_time() - start < 1
    assert analysis.summary.outputs[0].shape == (None, None, 8)
