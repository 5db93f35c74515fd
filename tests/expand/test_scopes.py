"""What names stand for, where they are seen, and what things are called in the end."""

from __future__ import annotations

from typing import Any

import pytest

import tfspec
from tfspec.expand import expand
from tfspec.source import tree_from_data

DENSE = {"Dense": {"units": 4}}


def functional(layers: list[Any], blocks: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    body = {"inputs": {"x": {"shape": [4]}, **more.pop("inputs", {})}, "layers": layers}
    if "outputs" in more:
        body["outputs"] = more.pop("outputs")
    return {"tfspec": 1, "blocks": blocks or {}, **more, "model": {"functional": body}}


def sequential(layers: list[Any], **sections: Any) -> dict[str, Any]:
    return {"tfspec": 1, **sections, "model": {"sequential": {"input": {"shape": [4]}, "layers": layers}}}


def written(spec: dict[str, Any]) -> dict[str, Any]:
    """The data of a spec that was written out, and is right."""
    data: Any = expand(tree_from_data(spec)).data
    assert [problem for problem in tfspec.check(spec) if problem.severity == "error"] == []
    return dict(data)


def layers_of(spec: dict[str, Any]) -> list[Any]:
    ((_kind, body),) = written(spec)["model"].items()
    layers: list[Any] = body["layers"]
    return layers


def names_of(spec: dict[str, Any]) -> list[str | None]:
    return [next(iter(layer.values())).get("name") if isinstance(layer, dict) else None for layer in layers_of(spec)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${n}", 3),
        ("${n / 2}", 1.5),
        ("${n > 2}", True),
        ("${null}", None),
        ("${sizes}", [1, 2]),
        ("${[n, n]}", [3, 3]),
        ("${table}", {"a": 1}),
        ("${{'b': n}}", {"b": 3}),
        ("${word}", "relu"),
        ("${n}px", "3px"),
        ("$${n}", "$${n}"),
        ("a$${b}${n}", "a$${b}3"),
        ("${dollar}", "$${x}"),
        ("${dollar + '!'}", "$${x}!"),
        ("a${dollar}", "a$${x}"),
        ("${deep}", [{"k": [3]}]),
    ],
)
def test_a_whole_expression_keeps_its_type(text: str, value: Any) -> None:
    variables = {
        "n": 3,
        "sizes": [1, 2],
        "table": {"a": 1},
        "word": "relu",
        "dollar": "$${x}",
        "deep": [{"k": ["${n}"]}],
    }
    data: Any = expand(tree_from_data({"tfspec": 1, "vars": variables, "model": {}, "description": text})).data
    assert data == {"tfspec": 1, "model": {}, "description": value}


def test_a_dollar_sign_is_said_twice_and_meant_once() -> None:
    spec = tfspec.load({**sequential([DENSE]), "description": "costs $${5}"})
    assert spec.description == "costs ${5}"
    assert spec.to_dict()["description"] == "costs $${5}"
    for again in (tfspec.load(spec.to_yaml()), tfspec.load(spec.to_json()), tfspec.load(spec, overrides=["name=a"])):
        assert again.description == "costs ${5}"


def test_variables_may_be_made_from_each_other_in_any_order() -> None:
    spec = sequential([{"Dense": {"units": "${a}"}}], vars={"a": "${b * 2}", "b": "${c[0]}", "c": [3]})
    assert layers_of(spec) == [{"Dense": {"units": 6}}]


def test_parameters_hide_variables_and_loops_hide_both() -> None:
    blocks = {"b": {"params": {"n": 5}, "layers": [
        {"Dense": {"units": "${n}"}},
        {"repeat": {"for": {"n": [7]}, "layers": [{"Dense": {"units": "${n + m}"}}]}},
        {"Dense": {"units": "${n}"}},
    ]}}  # fmt: skip
    spec = sequential(["b", {"Dense": {"units": "${n}"}}], vars={"n": 1, "m": 10}, blocks=blocks)
    assert [layer["Dense"]["units"] for layer in layers_of(spec)] == [5, 17, 5, 1]


def test_a_block_does_not_see_the_loop_that_it_stands_in() -> None:
    spec = sequential(
        [{"repeat": {"times": 2, "layers": ["b"]}}], blocks={"b": {"layers": [{"Dense": {"units": "${index + 1}"}}]}}
    )
    (problem,) = tfspec.check(spec)
    assert (problem.code, problem.message) == ("TS102", "nothing is called `index` here")


def test_defaults_may_use_other_parameters() -> None:
    blocks = {"b": {"params": {"n": None, "m": "${2 * n}"}, "layers": [{"Dense": {"units": "${m}"}}]}}
    assert layers_of(sequential([{"b": {"n": 3}}], blocks=blocks)) == [{"Dense": {"units": 6, "name": "b_dense"}}]


def test_a_parameter_may_be_a_layer_or_a_mapping() -> None:
    blocks = {"b": {"params": {"act": None, "more": None}, "layers": ["${act}", {"Dense": "${more}"}]}}
    layers = [{"b": {"act": {"Dropout": {"rate": 0.5}}, "more": {"units": 3, "use_bias": False}}}]
    assert layers_of(sequential(layers, blocks=blocks)) == [
        {"Dropout": {"rate": 0.5, "name": "b_dropout"}},
        {"Dense": {"units": 3, "use_bias": False, "name": "b_dense"}},
    ]


def test_conditions_in_repeats_in_blocks() -> None:
    blocks = {"b": {"params": {"depth": 3}, "layers": [
        {"repeat": {"times": "${depth}", "layers": [
            {"if": "${index % 2 == 0}", "then": [DENSE], "else": ["ReLU"]},
            {"if": "${index == depth - 1}", "then": ["Flatten"]},
        ]}},
    ]}}  # fmt: skip
    words = [next(iter(layer)) for layer in layers_of(sequential(["b"], blocks=blocks))]
    assert words == ["Dense", "ReLU", "Dense", "Flatten"]


def test_a_repeat_of_nothing_and_a_condition_without_a_branch_give_nothing() -> None:
    layers = [
        {"repeat": {"times": 0, "layers": [DENSE]}},
        {"if": False, "then": [DENSE]},
        {"if": True, "then": []},
        DENSE,
    ]
    assert layers_of(sequential(layers)) == [DENSE]


def test_several_inputs_and_outputs() -> None:
    blocks = {"split": {"inputs": ["a", "b"], "outputs": ["sum", "a", "more"], "layers": [
        {"Add": {"from": ["a", "b"], "name": "sum"}}, {"Dense": {"units": 4, "name": "more", "from": "b"}},
    ]}}  # fmt: skip
    spec = functional(
        [
            {"Dense": {"units": 4, "name": "d"}},
            {"split": {"from": {"b": "x", "a": "_"}, "as": ["one", "two", "three"], "name": "s"}},
            {"Concatenate": {"from": ["one", "two", "three"]}},
            {"Dense": {"units": 1}},
        ],
        blocks,
        outputs=["one", "three"],
    )
    data = written(spec)["model"]["functional"]
    assert data["layers"] == [
        {"Dense": {"units": 4, "name": "d"}},
        {"Add": {"from": ["d", "x"], "name": "s_sum", "as": ["one"]}},
        {"Dense": {"units": 4, "name": "s_more", "from": "x", "as": ["three"]}},
        {"Concatenate": {"from": ["one", "d", "three"]}},
        {"Dense": {"units": 1}},
    ]
    assert data["outputs"] == ["one", "three"]


def test_a_block_that_gives_what_it_takes() -> None:
    blocks = {"maybe": {"params": {"do": False}, "layers": [{"if": "${do}", "then": [DENSE]}]}}
    spec = functional(
        [{"Dense": {"units": 4, "name": "d"}}, {"maybe": {"name": "m"}}, {"Add": {"from": ["m", "d"]}}], blocks
    )
    assert layers_of(spec) == [{"Dense": {"units": 4, "name": "d"}}, {"Add": {"from": ["d", "d"]}}]


def test_the_last_layer_of_a_block_that_is_not_its_result_is_no_output() -> None:
    blocks = {
        "b": {"outputs": ["first"], "layers": [{"Dense": {"units": 4, "name": "first"}}, {"Dense": {"units": 9}}]}
    }
    data = written(functional(["b"], blocks))["model"]["functional"]
    assert data["outputs"] == "b_first"


def test_names_of_uses_and_repetitions() -> None:
    blocks = {"b": {"layers": [{"Dense": {"units": 4, "name": "d"}}, DENSE, DENSE]}, "outer": {"layers": ["b", "b"]}}
    assert names_of(functional(["b", {"b": {"name": "own"}}, "b"], blocks)) == [
        "b_d", "b_dense", "b_dense_1", "own_d", "own_dense", "own_dense_1", "b_1_d", "b_1_dense", "b_1_dense_1",
    ]  # fmt: skip
    assert names_of(functional(["outer"], blocks))[:4] == [
        "outer_b_d",
        "outer_b_dense",
        "outer_b_dense_1",
        "outer_b_1_d",
    ]
    repeat = {
        "repeat": {
            "times": 2,
            "layers": [{"Dense": {"units": 4, "name": "h"}}, {"Dense": {"units": 4, "name": "l${index}"}}],
        }
    }
    assert names_of(functional([repeat])) == ["h_0", "l0", "h_1", "l1"]
    nested = {
        "repeat": {"times": 2, "layers": [{"repeat": {"times": 2, "layers": [{"Dense": {"units": 4, "name": "h"}}]}}]}
    }
    assert names_of(functional([nested])) == ["h_0_0", "h_0_1", "h_1_0", "h_1_1"]


def test_made_names_make_way_for_those_of_the_author() -> None:
    blocks = {"b": {"layers": [DENSE]}}
    layers = ["b", {"Dense": {"units": 4, "name": "b_dense"}}]
    assert names_of(functional(layers, blocks)) == ["b_dense_1", "b_dense"]
    computed = {"repeat": {"times": 2, "layers": [{"Dense": {"units": 4, "name": "h_${index}"}}]}}
    literal = {"repeat": {"times": 2, "layers": [{"Dense": {"units": 4, "name": "h"}}]}}
    assert names_of(functional([literal, computed])) == ["h_0_1", "h_1_1", "h_0", "h_1"]


def test_an_input_is_no_name_for_a_layer() -> None:
    spec = functional([{"b": {"from": "b_dense"}}], {"b": {"layers": [DENSE]}}, inputs={"b_dense": {"shape": [4]}})
    assert names_of(spec) == ["b_dense_1"]


def test_computed_names_are_seen_after_the_repeat() -> None:
    spec = functional([
        {"repeat": {"times": 3, "layers": [{"Dense": {"units": 4, "name": "level_${index}"}}]}},
        {"repeat": {"for": {"k": [1, 0]}, "layers": [{"Add": {"from": ["level_${k}", "_"]}}]}},
    ])  # fmt: skip
    assert layers_of(spec)[3:] == [{"Add": {"from": ["level_1", "_"]}}, {"Add": {"from": ["level_0", "_"]}}]


def test_a_repetition_sees_what_stands_before_the_repeat() -> None:
    spec = functional([
        {"Dense": {"units": 4, "name": "start"}},
        {"repeat": {"times": 2, "layers": [{"Dense": {"units": 4, "name": "h"}}, {"Add": {"from": ["start", "h"]}}]}},
    ])  # fmt: skip
    assert [layer["Add"]["from"] for layer in layers_of(spec) if "Add" in layer] == [["start", "h_0"], ["start", "h_1"]]


def test_a_chain_whose_blocks_branch_becomes_a_graph() -> None:
    blocks = {"res": {"layers": [DENSE, {"Add": {"from": ["input", "_"]}}]}}
    data = written(sequential([DENSE, "res"], blocks=blocks))["model"]
    assert data == {
        "functional": {
            "inputs": {"input_layer": {"shape": [4]}},
            "layers": [
                {"Dense": {"units": 4, "as": ["res_input"]}},
                {"Dense": {"units": 4, "name": "res_dense"}},
                {"Add": {"from": ["res_input", "_"], "name": "res_add"}},
            ],
        }
    }
    straight = written(sequential([{"b": {"name": "n"}}], blocks={"b": {"layers": [DENSE]}}))["model"]
    assert straight == {"sequential": {"input": {"shape": [4]}, "layers": [{"Dense": {"units": 4, "name": "n_dense"}}]}}


def test_a_block_that_does_not_train() -> None:
    blocks = {
        "inner": {"layers": [{"Dense": {"units": 4, "trainable": True}}]},
        "b": {"layers": [DENSE, "inner", "ReLU"]},
    }
    layers = layers_of(sequential([{"b": {"trainable": False}}, DENSE], blocks=blocks))
    assert [next(iter(layer.values())).get("trainable") for layer in layers] == [False, False, False, None]
    assert tfspec.inspect(sequential([{"b": {"trainable": False}}], blocks=blocks)).trainable_parameters == 0


def test_a_block_that_does_not_train_freezes_what_it_shares() -> None:
    shared = {"d": DENSE, "e": {"sequential": {"input": {"shape": [4]}, "layers": [DENSE]}}}
    blocks = {"b": {"layers": ["d", {"e": {"name": "e[0]"}}, {"sequential": {"layers": [DENSE]}}]}}
    frozen = sequential([{"b": {"trainable": False}}], blocks=blocks, shared=shared)
    assert written(frozen)["model"]["sequential"]["freeze"] == ["b_d", "b_e[[]0]"]
    assert tfspec.inspect(frozen).trainable_parameters == 0
    assert tfspec.inspect(sequential(["b"], blocks=blocks, shared=shared)).trainable_parameters == 60
    twice = sequential([{"b": {"trainable": False}}, DENSE, "d"], blocks=blocks, shared=shared)
    assert tfspec.inspect(twice).trainable_parameters == 20
    twice["model"]["sequential"]["freeze"] = ["dense"]
    assert tfspec.inspect(twice).trainable_parameters == 0


def test_names_of_results_are_names_of_outputs() -> None:
    lstm = {"LSTM": {"units": 4, "return_state": True, "as": ["o", "h", "c"]}}
    blocks = {
        "enc": {"outputs": ["h", "c"], "layers": [lstm]},
        "outer": {"outputs": ["p", "q"], "layers": [{"enc": {"as": ["p", "q"]}}]},
        "skip": {"inputs": ["a", "b"], "outputs": "b", "layers": [{"Dense": {"units": 4, "from": "a"}}]},
        "same": {"layers": []},
    }
    layers = [
        {"enc": {"from": "s", "as": ["h", "c"]}},
        {"outer": {"from": "s", "name": "named"}},
        {"skip": {"from": ["h", "x"], "name": "skipped"}},
        {"same": {"from": "h", "name": "again"}},
        {"enc": {"from": "s"}},
    ]
    outputs = ["h", "c", "named", "skipped", "again", "enc_1"]
    spec = functional(layers, blocks, inputs={"s": {"shape": [5, 4]}}, outputs=outputs)
    spec["compile"] = {"outputs": {name: {"loss": "mse"} for name in outputs}}
    data = written(spec)["model"]["functional"]
    assert data["outputs"] == outputs
    assert data["layers"] == [
        {"LSTM": {**lstm["LSTM"], "name": "enc_lstm", "from": "s", "as": ["enc_o", "h", "c"]}},
        {
            "LSTM": {
                **lstm["LSTM"],
                "name": "named_enc_lstm",
                "from": "s",
                "as": ["named_enc_o", "named", "named_enc_c"],
            }
        },
        {"Dense": {"units": 4, "name": "skipped_dense", "from": "h"}},
        {"LSTM": {**lstm["LSTM"], "name": "enc_1_lstm", "from": "s", "as": ["enc_1_o", "enc_1", "enc_1_c"]}},
        {"Identity": {"name": "skipped", "from": "x"}},
        {"Identity": {"name": "again", "from": "h"}},
    ]
    assert [row.name for row in tfspec.inspect(spec).outputs] == outputs


def test_a_use_without_a_name_is_called_by_its_block() -> None:
    blocks = {"b": {"layers": [{"Dense": {"units": 4, "name": "x"}}, "ReLU"]}, "outer": {"outputs": "b", "layers": [
        "b", "b", {"Add": {"from": ["b", "b_1"]}}, {"b": {"from": "b_1"}},
    ]}}  # fmt: skip
    layers = layers_of(
        functional(
            ["b", "outer", {"repeat": {"times": 2, "layers": ["b"]}}, {"Add": {"from": ["b", "outer", "b_2"]}}], blocks
        )
    )
    assert layers[-1] == {"Add": {"from": ["b_relu", "outer_b_relu", "b_2_relu"]}}
    assert next(layer["Add"]["from"] for layer in layers if "Add" in layer) == ["outer_b_relu", "outer_b_1_relu"]
    given: dict[str, Any] = {
        "b": {"layers": ["c", "ReLU", {"Dense": {"units": 4, "name": "c"}}, {"Add": {"from": ["c", "_"]}}]},
        "c": {"layers": [DENSE]},
    }
    assert layers_of(functional(["b"], given))[-1]["Add"]["from"] == ["b_c_1", "_"]


def test_models_among_layers_are_written_out() -> None:
    blocks = {"b": {"params": {"n": 4}, "layers": [{"Dense": {"units": "${n}"}}]}}
    spec = sequential([{"sequential": {"name": "part", "layers": [{"b": {"n": 3}}]}}], blocks=blocks)
    assert layers_of(spec) == [{"sequential": {"layers": [{"Dense": {"units": 3, "name": "b_dense"}}], "name": "part"}}]


def test_preparation_is_written_out() -> None:
    spec = {
        "tfspec": 1,
        "vars": {"s": 2},
        "blocks": {"scale": {"layers": [{"Rescaling": {"scale": "${s}"}}]}},
        "data": {"source": "mnist", "prepare": ["scale", {"if": True, "then": ["scale"]}]},
        "model": {},
    }
    data: Any = expand(tree_from_data(spec)).data
    words = [{"Rescaling": {"scale": 2, "name": name}} for name in ("scale_rescaling", "scale_1_rescaling")]
    assert data["data"]["prepare"] == words
