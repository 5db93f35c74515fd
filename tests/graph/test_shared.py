"""Shared layers, models among layers, and weights that do not learn."""

from __future__ import annotations

import pytest

import tfspec
from tfspec.diagnostics import Problem, SpecError
from tfspec.graph import Graph, Submodel, lower

SIAMESE = """\
tfspec: 1
shared:
  encoder: {sequential: {input: {shape: [8]}, layers: [{Dense: {units: 4}}, {Dense: {units: 2}}]}}
  scale: {Dense: {units: 2, use_bias: false}}
model:
  functional:
    inputs: {a: {shape: [8]}, b: {shape: [8]}}
    layers:
      - encoder: {from: a, name: left}
      - scale: {name: scaled}
      - encoder: {from: b}
      - scale
      - Add: {from: [scaled, _]}
"""


def graph_of(text: str) -> Graph:
    """The graph of a spec without mistakes."""
    graph, problems = lower(tfspec.load(text))
    assert not problems
    return graph


def problems_of(text: str) -> list[Problem]:
    """All that is wrong with a spec."""
    return tfspec.check(text)


def test_two_uses_are_one_layer() -> None:
    graph = graph_of(SIAMESE)
    assert [(node.name, node.layer_name) for node in graph.nodes] == [
        ("left", "encoder"),
        ("scaled", "scale"),
        ("encoder", "encoder"),
        ("scale", "scale"),
        ("add", "add"),
    ]
    left, scaled, right, scale, _ = graph.nodes
    assert left.layer is right.layer
    assert scaled.layer is scale.layer
    assert isinstance(left.layer, Submodel)
    assert [node.name for node in left.layer.graph.nodes] == ["dense", "dense_1"]


def test_names_of_uses() -> None:
    graph = graph_of("""\
tfspec: 1
shared: {dense: {Dense: {units: 4}}, tower: {Dense: {units: 4, name: other}}}
model:
  sequential:
    input: {shape: [4]}
    layers: [{dense: {name: first}}, {Dense: {units: 4}}, dense, dense, tower, tower]
""")
    assert [(node.name, node.layer_name, node.shared) for node in graph.nodes] == [
        ("first", "dense", "dense"),
        ("dense_1", "dense_1", None),
        ("dense", "dense", "dense"),
        ("dense_2", "dense", "dense"),
        ("other", "other", "tower"),
        ("other_1", "other", "tower"),
    ]


def test_shared_weights_count_once() -> None:
    summary = tfspec.inspect(SIAMESE)
    assert [row.parameters for row in summary.layers] == [8 * 4 + 4 + 4 * 2 + 2, 4, 0, 0, 0]
    assert [weight.name for weight in summary.layers[0].weights] == [
        "dense/kernel",
        "dense/bias",
        "dense_1/kernel",
        "dense_1/bias",
    ]
    assert [row.layer for row in summary.layers][:2] == ["Sequential", "Dense"]


def test_a_spec_with_shared_layers_reads_back() -> None:
    spec = tfspec.load(SIAMESE)
    assert tfspec.load(spec.to_yaml()) == spec
    assert tfspec.load(spec.to_json()) == spec


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("- scale\n", "- scale: {units: 3}\n"), "TS201", "`scale` has no argument `units`"),
        (("- scale\n", "- scale: {name: 3}\n"), "TS203", "`name` must be a name"),
        (("- scale\n", "- scael\n"), "TS115", "there is no block or shared layer called `scael`"),
        (("shape: [8]}, layers", "shape: [7]}, layers"), "TS404", "`encoder` takes (batch, 7) float32"),
        (("units: 2}}]}}", "unit: 2}}]}}"), "TS201", "`Dense` has no argument `unit`"),
        (("scale", "Scale"), "TS103", "`Scale` is no name for something shared: it must be in lower case"),
        (("{Dense: {units: 2}}]}}", "encoder]}}"), "TS310", "the shared model `encoder` calls itself"),
        (("  scale:", "  other: {Dense: {units: 1}}\n  scale:"), "TS308", "nothing uses the shared `other`"),
    ],
)
def test_refuses(change: tuple[str, str], code: str, words: str) -> None:
    text = SIAMESE.replace(*change)
    assert text != SIAMESE
    found = [(problem.code, problem.message) for problem in problems_of(text)]
    assert code in [each for each, _ in found]
    assert any(words in message for _, message in found), found


def test_a_mistake_in_a_shared_model_is_told_once_at_its_place() -> None:
    text = SIAMESE.replace("[{Dense: {units: 4}}, ", "[MaxPooling2D, ")
    (problem,) = problems_of(text)
    assert problem.code == "TS410"
    assert problem.span is not None
    assert problem.span.line == 3


NESTED = """\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [6]}}
    layers:
      - functional:
          name: heads
          inputs: {p: {shape: [6]}, q: {shape: [6]}}
          layers:
            - Add: {from: [p, q], name: both}
            - Dense: {units: 3, name: more}
          outputs: {sum: both, three: more}
          from: {q: x, p: x}
          as: [s, t]
      - Concatenate: {from: [s, t]}
      - sequential: {layers: [{Dense: {units: 2}}, {Dense: {units: 1}}], trainable: false}
"""


def test_models_among_layers() -> None:
    summary = tfspec.inspect(NESTED)
    assert [(row.name, row.layer, row.sources) for row in summary.layers] == [
        ("heads", "Functional", ("x", "x")),
        ("concatenate", "Concatenate", ("s", "t")),
        ("sequential", "Sequential", ("concatenate",)),
    ]
    assert [output.shape for output in summary.layers[0].outputs] == [(None, 6), (None, 3)]
    assert summary.parameters == 6 * 3 + 3 + (9 * 2 + 2) + (2 + 1)
    assert summary.trainable_parameters == 6 * 3 + 3


def test_names_inside_a_model_are_its_own() -> None:
    text = NESTED.replace("name: more", "name: concatenate").replace("three: more", "three: concatenate")
    assert not problems_of(text)


FROZEN = """\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    freeze: [stem_*, middle]
    layers:
      - Dense: {units: 4, name: stem_1}
      - Dense: {units: 4, name: stem_2}
      - Dense: {units: 4, name: middle}
      - Dense: {units: 1, name: end}
"""


def test_freeze_by_name() -> None:
    summary = tfspec.inspect(FROZEN)
    assert [any(weight.trainable for weight in row.weights) for row in summary.layers] == [False, False, False, True]


def test_what_is_frozen_in_one_use_is_frozen_in_all() -> None:
    text = SIAMESE.replace("    inputs:", "    freeze: [left]\n    inputs:")
    summary = tfspec.inspect(text)
    assert [{weight.trainable for weight in row.weights} for row in summary.layers[:2]] == [{False}, {True}]
    graph = graph_of(text)
    assert [node.layer.trainable for node in graph.nodes] == [False, True, False, True, True]


DOUBLING = "\n".join(
    f"  m{level}: {{sequential: {{input: {{shape: [4]}}, layers: [m{level - 1}, m{level - 1}]}}}}"
    for level in range(1, 30)
)


def test_models_that_double_are_refused_at_once() -> None:
    (problem,) = problems_of(
        "tfspec: 1\nshared:\n  m0: {sequential: {input: {shape: [4]}, layers: [{Dense: {units: 4}}]}}\n"
        f"{DOUBLING}\nmodel: {{sequential: {{input: {{shape: [4]}}, layers: [m29]}}}}\n"
    )
    assert problem.code == "TS313"
    assert "536,870,912 times" in problem.message


def test_freeze_of_nobody() -> None:
    (problem,) = problems_of(FROZEN.replace("middle]", "midle]"))
    assert (problem.code, problem.help) == ("TS311", "did you mean `middle`?")


def test_a_frozen_block() -> None:
    text = """\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}, {sequential: {layers: [{Dense: {units: 3}}]}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [{tower: {trainable: false}}, tower]
"""
    summary = tfspec.inspect(text)
    assert [[weight.trainable for weight in row.weights] for row in summary.layers] == [[False] * 2] * 2 + [
        [True] * 2
    ] * 2


def test_what_is_no_layer_is_refused() -> None:
    with pytest.raises(SpecError):
        tfspec.load(SIAMESE.replace("{Dense: {units: 2, use_bias: false}}", "adam"))
