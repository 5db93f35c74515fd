"""Whatever stands anywhere in a spec: problems with places, and never a traceback."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.diagnostics import Problem
from tfspec.diagnostics.terminal import render_text

FUNCTIONAL = tfspec.load(
    """\
tfspec: 1
name: both
seed: 3
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 0.2, stratify: true}
  inputs: {x: x}
  targets: {kind: {from: y, one_hot: 3}}
  prepare: {x: [Normalization]}
model:
  functional:
    inputs: {x: {shape: [4]}}
    layers:
      - Reshape: {target_shape: [2, 2], from: x}
      - LSTM: {units: 3, return_state: true, as: [s, h, c], kernel_initializer: {HeNormal: {seed: 1}}}
      - MultiHeadAttention: {num_heads: 2, key_dim: 2, from: [h2, h2]}
      - Concatenate: {from: [h, c]}
      - Dropout: {rate: 0.5, call: {training: false}}
      - Dense: {units: 3, activation: softmax, name: kind}
    outputs: [kind]
compile:
  optimizer: {Adam: {learning_rate: {CosineDecay: {initial_learning_rate: 0.1, decay_steps: 10}}}}
  outputs: {kind: {loss: categorical_crossentropy, metrics: [accuracy, {F1Score: {average: macro}}]}}
fit: {epochs: 2, class_weight: {0: 1, 1: 2}}
callbacks: [{EarlyStopping: {monitor: val_loss}}, TensorBoard]
""".replace("      - MultiHeadAttention: {num_heads: 2, key_dim: 2, from: [h2, h2]}\n", "")
).tree.data
SEQUENTIAL = tfspec.load("""\
tfspec: 1
data: {source: fashion_mnist, split: {validation: 5000}, prepare: [{Rescaling: {scale: 0.004}}]}
model:
  sequential:
    input: {shape: [28, 28], dtype: float32, batch_size: 8}
    layers:
      - Reshape: {target_shape: [28, 28, 1]}
      - Conv2D: {filters: 4, kernel_size: [3, 3], strides: 2, padding: same}
      - MaxPooling2D
      - TimeDistributed: {layer: {Bidirectional: {layer: {GRU: {units: 2}}}}}
      - Flatten
      - Dense: {units: 10}
compile:
  optimizer: adam
  loss: {SparseCategoricalCrossentropy: {from_logits: true}}
  metrics: [accuracy]
  loss_weights: [1.0]
callbacks: [CSVLogger: {filename: log.csv}]
""").tree.data

NAMES = ["Dense", "LSTM", "mse", "adam", "relu", "x", "y", "_", "from", "as", "call", "units", "sequential", "kind", ""]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 5),
    st.integers(),
    st.floats(),
    st.sampled_from(NAMES),
    st.text(max_size=8),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=5)), inner, max_size=3),
    ),
    max_leaves=6,
)
NOT_OURS = re.compile(r"Input should|Field required|pydantic|Traceback|NoneType|\bdict\b|\btuple\b|<class|object at 0x")


def places(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a spec."""
    found = [way]
    if isinstance(data, dict):
        found += [place for key, item in data.items() for place in places(item, (*way, key))]
    elif isinstance(data, list):
        found += [place for index, item in enumerate(data) for place in places(item, (*way, index))]
    return found


def put(data: Any, way: tuple[Any, ...], value: Any, how: str) -> Any:
    """The data with a value in that place: instead of what stands there, beside it, or with its key changed."""
    whole = {"top": copy.deepcopy(data)}
    target: Any = whole
    for step in ("top", *way)[:-1]:
        target = target[step]
    last = way[-1] if way else "top"
    if how == "replace" or not way:
        target[last] = value
    elif how == "remove":
        del target[last]
    elif isinstance(target, dict):
        target[str(value)[:10]] = target[last]
    else:
        target.insert(last, value)
    return whole["top"]


def is_clean(problems: list[Problem]) -> None:
    """Every problem can be printed, and speaks of specs, not of Python."""
    render_text(problems)
    for problem in problems:
        said = " ".join((problem.message, problem.help or "", *problem.notes))
        assert not NOT_OURS.search(said), said


@pytest.mark.parametrize("good", [FUNCTIONAL, SEQUENTIAL], ids=["functional", "sequential"])
@given(data=st.data())
def test_anything_anywhere(good: Any, data: st.DataObject) -> None:
    spec = good
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(places(spec)))
        spec = put(spec, way, data.draw(anything), data.draw(st.sampled_from(["replace", "replace", "add", "remove"])))
        if not isinstance(spec, dict):
            return
    is_clean(tfspec.check(spec))


@pytest.mark.parametrize("good", [FUNCTIONAL, SEQUENTIAL], ids=["functional", "sequential"])
@given(data=st.data())
def test_anything_anywhere_as_text(good: Any, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(places(good)[1:]))
    spec = put(good, way, data.draw(anything), "replace")
    problems = tfspec.check(json.dumps(spec, indent=1))
    is_clean(problems)
    assert all(problem.span is not None for problem in problems)


def test_every_place_with_every_simple_value() -> None:
    values: list[Any] = [
        None,
        True,
        False,
        0,
        -1,
        7,
        0.5,
        "x",
        "Dense",
        "",
        [],
        {},
        ["x"],
        {"x": 1},
        [[]],
        [{}],
        [None],
    ]
    for good in (FUNCTIONAL, SEQUENTIAL):
        for way in places(good)[1:]:
            for value in values:
                is_clean(tfspec.check(put(good, way, value, "replace")))
            is_clean(tfspec.check(put(good, way, None, "remove")))


@pytest.mark.parametrize("source", [None, 3, [], ["tfspec"], b"tfspec: 1", object()])
def test_what_is_no_spec_at_all(source: Any) -> None:
    with pytest.raises(TypeError, match="a spec is given as a path, a text or a mapping"):
        tfspec.load(source)
