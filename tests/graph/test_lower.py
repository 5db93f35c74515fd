"""From a spec to its graph: names, values, and what they are bound to."""

from __future__ import annotations

import time

import pytest

import tfspec
from tfspec.graph import Graph, Value, lower


def graph_of(model: str, name: str = "") -> Graph:
    """The graph of a model; it has no mistakes."""
    graph, problems = lower(tfspec.load(f"tfspec: 1\n{name}model:\n{model}"))
    assert [problem for problem in problems if problem.severity == "error"] == []
    return graph


def codes(model: str) -> list[str]:
    """The codes of what is wrong with a model's graph."""
    return [problem.code for problem in lower(tfspec.load(f"tfspec: 1\nmodel:\n{model}"))[1]]


def functional(layers: str, inputs: str = "{x: {shape: [4]}}", outputs: str = "") -> str:
    """A functional model."""
    body = "".join(f"      - {line}\n" for line in layers.strip().splitlines())
    return f"  functional:\n    inputs: {inputs}\n    layers:\n{body}" + (
        f"    outputs: {outputs}\n" if outputs else ""
    )


def test_a_chain() -> None:
    graph = graph_of("  sequential:\n    input: {shape: [4]}\n    layers: [Flatten, {Dense: {units: 2, name: y}}]\n")
    assert (graph.kind, graph.name, graph.structure) == ("sequential", "sequential", "single")
    assert [given.name for given in graph.inputs] == ["input_layer"]
    assert [(node.name, node.positional) for node in graph.nodes] == [
        ("flatten", (Value("input_layer"),)),
        ("y", (Value("flatten"),)),
    ]
    assert graph.outputs == {"y": Value("y")}
    assert graph.node("y") is graph.nodes[1]
    assert graph.node("z") is None


def test_the_name_of_the_model() -> None:
    model = "  sequential: {name: net, layers: [Flatten]}\n"
    assert graph_of(model).name == "net"
    assert graph_of(model.replace("name: net, ", ""), "name: a/b\n").name == "a-b"


def test_names_that_are_given_are_not_given_out() -> None:
    graph = graph_of(
        functional(
            "Dense: {units: 1}\nDense: {units: 1, name: dense}\nDense: {units: 1, name: dense_2}\nDense: {units: 1}"
        )
    )
    assert [node.name for node in graph.nodes] == ["dense_1", "dense", "dense_2", "dense_3"]


def test_layers_inside_a_wrapper_count() -> None:
    graph = graph_of(
        functional("TimeDistributed: {layer: {Dense: {units: 1}}}\nDense: {units: 1}", "{x: {shape: [3, 4]}}")
    )
    assert [node.name for node in graph.nodes] == ["time_distributed", "dense_1"]


def test_from_in_all_its_forms() -> None:
    graph = graph_of(
        functional(
            "Dense: {units: 4, name: a}\nDense: {units: 4, from: x, name: b}\nAdd: {from: [a, _, x]}\n"
            "Attention: {from: {value: a, query: b}}\nAdd: {from: {inputs: [a, b]}}",
            "{x: {shape: [3, 4]}}",
        )
    )
    assert graph.nodes[0].positional == (Value("x"),)
    assert graph.nodes[1].positional == (Value("x"),)
    assert graph.nodes[2].positional == (Value("a"), Value("b"), Value("x"))
    assert graph.nodes[3].positional == (Value("b"), Value("a"))
    assert graph.nodes[4].positional == (Value("a"), Value("b"))


def test_states() -> None:
    graph = graph_of(
        functional(
            "LSTM: {units: 3, return_state: true, as: [y, h, c]}\n"
            "LSTM: {units: 3, from: {sequence: x, initial_state: [h, c]}}\n"
            "LSTM: {units: 3, from: [x, h, c]}\nGRU: {units: 3, from: {sequence: x, initial_state: h}}",
            "{x: {shape: [5, 4]}}",
        )
    )
    h, c = Value("lstm", 1), Value("lstm", 2)
    assert graph.nodes[1].arguments == [Value("x"), (h, c)]
    assert graph.nodes[2].arguments == [Value("x"), (h, c)]
    assert graph.nodes[3].arguments == [Value("x"), (h,)]
    assert graph.nodes[1].values == [Value("x"), h, c]


@pytest.mark.parametrize(
    ("outputs", "structure", "names", "nodes"),
    [
        ("", "single", ["b"], 2),
        ("a", "single", ["a"], 2),
        ("[b, a]", "list", ["b", "a"], 2),
        ("{b: b, a: a}", "mapping", ["b", "a"], 2),
        ("{one: a, two: b}", "mapping", ["one", "two"], 4),
        ("{one: a}", "mapping", ["one"], 3),
        ("{same: x, b: b}", "mapping", ["same", "b"], 3),
    ],
)
def test_outputs(outputs: str, structure: str, names: list[str], nodes: int) -> None:
    graph = graph_of(functional("Dense: {units: 1, name: a}\nDense: {units: 1, name: b}", outputs=outputs))
    assert graph.structure == structure
    assert list(graph.outputs) == names
    assert len(graph.nodes) == nodes
    assert all(value.maker in {*names, "x"} for value in graph.outputs.values())


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        ("Dense: {units: 1, from: y}", ["TS302"]),
        ("Dense: {units: 1, from: y}\nDense: {units: 1}\nDense: {units: 1, from: z}", ["TS302", "TS302"]),
        ("Dense: {units: 1, from: [x, x]}", ["TS304"]),
        ("Attention: {from: {query: x}}", ["TS304"]),
        ("Attention: {from: {query: x, value: [x, x]}}", ["TS304"]),
        ("Dense: {units: 1, call: {mask: 1}}", ["TS305"]),
        ("Dense: {units: 1, from: y, call: {mask: 1}}", ["TS305", "TS302"]),
        ("Dense: {units: 1, name: x}", ["TS301"]),
        ("Add", ["TS309"]),
        ("Dense: {units: 1}\nDense: {units: 1, from: x}", ["TS308"]),
    ],
)
def test_problems(layers: str, found: list[str]) -> None:
    assert codes(functional(layers)) == found


def test_places_are_those_of_the_text() -> None:
    (problem,) = lower(tfspec.load("tfspec: 1\nmodel:\n" + functional("Dense: {units: 1, from: y}")))[1]
    assert problem.path == ("model", "functional", "layers", 0, "Dense", "from")
    assert problem.pointer == "/model/functional/layers/0/Dense/from"
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (6, 33)


MANY = 'repeat: {times: 3000, layers: [{Dense: {units: 3, name: "layer_number_${index}"}}'


@pytest.mark.parametrize(
    ("code", "spec"),
    [
        ("TS302", functional(f'{MANY}, {{Dense: {{units: 3, from: "layr_numbr_${{index}}x"}}}}]}}')),
        ("TS302", functional(f"{MANY}]}}", outputs="\"${['ll_' + str(i) for i in range(900)]}\"")),
        (
            "TS311",
            "  sequential:\n    freeze: \"${['layr_' + str(i) for i in range(900)]}\"\n"  # noqa: ISC004 - of one spec
            f"    input: {{shape: [3]}}\n    layers: [{{{MANY}]}}}}]\n",
        ),
    ],
)
def test_thousands_of_wrong_names_are_answered_soon(code: str, spec: str) -> None:
    loaded = tfspec.load(f"tfspec: 1\nmodel:\n{spec}")
    began = time.process_time()
    graph, problems = lower(loaded)
    assert time.process_time() - began < 6
    assert [problem.code for problem in problems] == [code] * 100
    assert not graph.inputs


def test_mistakes_of_shared_models_are_counted_together() -> None:
    wrong = ", ".join(f"{{Dense: {{units: 1, from: nobody_{n}}}}}" for n in range(60))
    model = f"{{functional: {{inputs: {{x: {{shape: [4]}}}}, layers: [{wrong}]}}}}"
    text = f"tfspec: 1\nshared: {{a: {model}, b: {model}, c: {model}}}\nmodel: {model}\n"
    problems = lower(tfspec.load(text))[1]
    assert 100 < len(problems) <= 200


def test_freeze_by_many_patterns() -> None:
    freeze = "\"${['layer_number_' + str(i) for i in range(500)] + ['l*_2' + str(i) + '*' for i in range(100)]}\""
    graph = graph_of(f"  sequential:\n    input: {{shape: [3]}}\n    freeze: {freeze}\n    layers: [{{{MANY}]}}}}]\n")
    frozen = [node.name for node in graph.nodes if not node.layer.trainable]
    assert frozen == [f"layer_number_{n}" for n in range(3000) if n < 500 or n >= 2000]


@pytest.mark.parametrize(
    ("said", "name"), [("My Δ model", "My-model"), ("a/b", "a-b"), ("_x", "x"), ("Δ", "sequential"), ("v1.2", "v1.2")]
)
def test_the_spec_may_be_called_anything(said: str, name: str) -> None:
    model = "  sequential: {input: {shape: [4]}, layers: [ELU]}\n"
    assert graph_of(model, f"name: {said}\n").name == name
