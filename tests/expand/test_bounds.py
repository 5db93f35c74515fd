"""No spec takes the machine: what grows too large is a problem, and soon."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.diagnostics import Problem, SpecError
from tfspec.expand import expand
from tfspec.expand.blocks import read_blocks
from tfspec.expand.budget import Budget
from tfspec.expand.estimate import least_size
from tfspec.expand.scope import Scope
from tfspec.source import tree_from_data

_found = importlib.util.spec_from_file_location("unrolling", Path(__file__).with_name("unrolling.py"))
assert _found is not None
assert _found.loader is not None
unrolling = importlib.util.module_from_spec(_found)
_found.loader.exec_module(unrolling)

DENSE: dict[str, Any] = {"Dense": {"units": 1}}


def spec(layers: list[Any], **sections: Any) -> dict[str, Any]:
    return {"tfspec": 1, **sections, "model": {"sequential": {"input": {"shape": [4]}, "layers": layers}}}


def repeat(times: Any, *layers: Any) -> dict[str, Any]:
    return {"repeat": {"times": times, "layers": list(layers)}}


def nested(word: str, depth: int) -> Any:
    """Conditions, repeats or models inside one another."""
    layers: list[Any] = [DENSE]
    for _ in range(depth):
        inner = {"if": True, "then": layers} if word == "if" else {word: {"times": 1, "layers": layers}}
        layers = [inner if word != "sequential" else {"sequential": {"layers": layers}}]
    return layers


def doubling(count: int, **more: Any) -> dict[str, Any]:
    """Blocks each of which uses the one before it twice."""
    blocks: dict[str, Any] = {"b0": {"layers": [DENSE]}}
    for number in range(1, count):
        blocks[f"b{number}"] = {"layers": [f"b{number - 1}"] * 2, **more}
    return spec([f"b{count - 1}"], blocks=blocks)


def doubling_by(twice: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Blocks each of which uses the one after it twice, in one way or another."""
    blocks: dict[str, Any] = {f"b{n}": {"params": {"n": 1}, "layers": [twice(f"b{n + 1}")]} for n in range(20)}
    return spec(["b0"], blocks={**blocks, "b20": {"params": {"n": 1}, "layers": [DENSE]}})


BOMBS: dict[str, dict[str, Any]] = {
    "expression": spec([{"Dense": {"units": "${9 ** 9 ** 9}"}}]),
    "expressions": spec([{"Dense": {"units": f"${{len([i for i in range(9999) if i > {n}])}}"}} for n in range(2000)]),
    "repeat": spec([repeat(10**9, DENSE)]),
    "computed repeat": spec([repeat("${10 ** 9}", DENSE)]),
    "repeats in repeats": spec([repeat(1000, repeat(1000, repeat(1000, DENSE)))]),
    "computed repeats in repeats": spec([repeat("${n}", repeat("${n}", DENSE))], vars={"n": 10_000}),
    "doubling blocks": doubling(20),
    "doubling blocks, a hundred": doubling(100),
    "blocks in a long row": spec(
        ["b0"], blocks={f"b{n}": {"layers": [f"b{n + 1}" if n < 9999 else DENSE]} for n in range(10_000)}
    ),
    "blocks and conditions": spec(
        ["b0"],
        blocks={f"b{n}": {"layers": [*nested("if", 40), f"b{n + 1}" if n < 99 else DENSE]} for n in range(100)},
    ),
    "deep repeats": spec(nested("repeat", 30), blocks={}),
    "variables": spec([DENSE], vars={f"v{n}": f"${{v{n - 1}}}" if n else 1 for n in range(100_000)}),
    "variables, the other way": spec([DENSE], vars={f"v{n}": f"${{v{n + 1}}}" for n in range(100_000)}),
    "variables in a circle": spec([DENSE], vars={f"v{n}": f"${{v{(n + 1) % 4000}}}" for n in range(4000)}),
    "doubling lists": spec([DENSE], vars={"v0": [1] * 10, **{f"v{n}": [f"${{v{n - 1}}}"] * 2 for n in range(1, 60)}}),
    "doubling sums": spec([DENSE], vars={"v0": [1], **{f"v{n}": f"${{v{n - 1} + v{n - 1}}}" for n in range(1, 60)}}),
    "deepening lists": spec([DENSE], vars={"v0": [1], **{f"v{n}": [f"${{v{n - 1}}}"] for n in range(1, 2000)}}),
    "deepening displays": spec([DENSE], vars={"v0": [1], **{f"v{n}": f"${{[v{n - 1}]}}" for n in range(1, 2000)}}),
    "names without meaning": spec(
        [f"layr{n}" for n in range(3000)], blocks={f"layer{n}": {"layers": [DENSE]} for n in range(300)}
    ),
    "mistakes in repeats": spec([repeat(50_000, {"Dense": {"units": "${width}"}})]),
    "large values in repeats": spec(
        [repeat(90_000, {"b": {"words": ["x"] * 1000}})], blocks={"b": {"params": {"words": None}, "layers": [DENSE]}}
    ),
    "large arguments in repeats": spec([repeat(90_000, {"StringLookup": {"vocabulary": ["x"] * 1000}})]),
    "doubling conditions": doubling_by(lambda block: {"if": True, "then": [block, block]}),
    "doubling conditions, computed": doubling_by(lambda block: {"if": "${n > 0}", "then": [block, block]}),
    "doubling loops": doubling_by(lambda block: {"repeat": {"for": {"k": [1, 2]}, "layers": [block]}}),
    "doubling loops, computed": doubling_by(lambda block: {"repeat": {"for": {"k": "${[n, 2]}"}, "layers": [block]}}),
    "doubling loops with numbers": doubling_by(
        lambda block: {"repeat": {"times": 2, "layers": [{"if": "${index < 2}", "then": [block]}]}}
    ),
    "doubling arguments": doubling_by(
        lambda block: {"if": "${n > 0}", "then": [{block: {"n": "${n}"}}, {block: {"n": "${n + 0}"}}]}
    ),
    "repeats that hang on a loop": spec(
        [{"repeat": {"for": {"k": [1, 2]}, "layers": [repeat("${k * 50000}", repeat("${k * 50000}", DENSE))]}}]
    ),
    "conditions in repeats": spec([repeat(100_000, *[{"if": False, "then": [DENSE]}] * 1000)]),
    "models in repeats": spec([repeat(1000, {"sequential": {"layers": [repeat(1000, DENSE)]}})]),
    "parameters in repeats": spec(
        [repeat(100_000, "b")], blocks={"b": {"params": {f"p{n}": 1 for n in range(1000)}, "layers": [DENSE]}}
    ),
    "parameters without meaning": spec(
        [{"b": {f"parm_nmber_{n}x": 1 for n in range(3000)}}],
        blocks={"b": {"params": {f"param_number_{n}": 1 for n in range(3000)}, "layers": [DENSE]}},
    ),
    "blocks without meaning": spec(
        [f"blok_nmber_{n}x" for n in range(3000)],
        blocks={f"block_number_{n}": {"layers": [DENSE]} for n in range(3000)},
    ),
    "variables without meaning": spec(
        [{"Dense": {"units": f"${{varable_{n}x}}"}} for n in range(3000)],
        vars={f"variable_{n}": 1 for n in range(3000)},
    ),
    "slices": spec([DENSE], vars={"r": "${range(9999)}", "x": "${sum([r[:][:][:][:][0] for i in range(9000)])}"}),
    "slices in a text": spec([{"Dense": {"name": "${r[:][:][:][0]}" * 3000}}], vars={"r": "${range(9999)}"}),
    "many expressions in a text": spec([{"Dense": {"units": 1, "name": "${'ab'}" * 20_000}}]),
    "long texts": spec([{"Dense": {"units": 1, "name": "${'x' * 9999}${'x' * 9999}"}}]),
    "lists of different lengths": spec(
        [{"repeat": {"for": {f"v{n}": [1] * (9990 + n) for n in range(20)}, "layers": [DENSE]}}]
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_is_refused_soon(name: str) -> None:
    tree = tree_from_data(BOMBS[name])
    start = time.process_time()
    if name == "deep repeats":
        expand(tree)
    else:
        with pytest.raises(SpecError) as caught:
            expand(tree)
        assert {problem.code[:3] for problem in caught.value.problems} == {"TS1"}
        assert len(caught.value.problems) <= 100
    assert time.process_time() - start < 2 * _slowness()


def _slowness() -> float:
    """How much slower the machine is at the moment than one on which a million steps take a twentieth of a second."""
    start = time.process_time()
    sum(range(1_000_000))
    return max(1.0, (time.process_time() - start) / 0.02)


def test_a_list_of_ten_thousand_is_no_bomb() -> None:
    layers = [{"repeat": {"for": {"n": list(range(1, 10_001))}, "layers": [{"Dense": {"units": "${n}"}}]}}]
    data: Any = expand(tree_from_data(spec(layers))).data
    assert [item["Dense"]["units"] for item in data["model"]["sequential"]["layers"]] == list(range(1, 10_001))


def test_a_chain_of_variables_may_be_long() -> None:
    variables = {f"v{n}": f"${{v{n + 1} + 1}}" if n < 3000 else 0 for n in range(3001)}
    data: Any = expand(tree_from_data(spec([{"Dense": {"units": "${v0}"}}], vars=variables))).data
    assert data["model"]["sequential"]["layers"] == [{"Dense": {"units": 3000}}]


def test_a_wrong_word_is_looked_up_once_however_often_it_is_repeated() -> None:
    began = time.process_time()
    problems = tfspec.check(spec([repeat(10_000, "flaten_it")]))
    assert {problem.code for problem in problems} == {"TS204"}
    assert time.process_time() - began < 3 * _slowness()


def size(layers: list[Any], names: dict[str, Any], blocks: dict[str, Any]) -> int:
    """How many layers, uses of blocks and repetitions there are, counted one by one."""
    total = 0
    for item in layers:
        word, said = next(iter(item.items())) if isinstance(item, dict) else (item, {})
        if word == "if":
            total += size(item["then" if unrolling._value(said, names) else "else"], names, blocks)
        elif word == "repeat":
            loops = said.get("for", {})
            for number in range(said["times"] if "times" in said else len(loops["k"])):
                own = {said.get("index", "index"): number, **{name: items[number] for name, items in loops.items()}}
                total += 1 + size(said["layers"], names | own, blocks)
        elif word in blocks:
            number = unrolling._value(said["n"], names) if "n" in said else blocks[word]["params"]["n"]
            total += 1 + size(blocks[word]["layers"], {"n": number}, blocks)
        else:
            total += 1
    return total


@given(st.sampled_from(["functional", "sequential"]).flatmap(unrolling.specs))
def test_the_estimate_is_what_is_written(data: dict[str, Any]) -> None:
    ((_, body),) = data["model"].items()
    variables = Scope({}, Budget())
    blocks = read_blocks(tree_from_data(data).child("blocks"), None, variables)
    layers = tree_from_data(body).child("layers")
    assert layers is not None
    assert least_size(layers, blocks, variables) == size(body["layers"], {}, data["blocks"])


def test_what_does_not_apply_counts_nothing() -> None:
    many = [repeat(90_000, DENSE)] * 10
    blocks = {"b": {"params": {"large": False}, "layers": [{"if": "${large}", "then": many, "else": [DENSE]}]}}
    layers = [
        {"if": False, "then": many},
        {"repeat": {"for": {"k": [0, 1]}, "layers": [repeat("${k * 100}", DENSE), {"if": "${k > 1}", "then": many}]}},
        "b",
        {"b": {"large": "${2 < 1}"}},
    ]
    data: Any = expand(tree_from_data(spec(layers, blocks=blocks))).data
    assert len(data["model"]["sequential"]["layers"]) == 102


@pytest.mark.parametrize("layers", [[repeat(100_000, "b")], [repeat(1000, repeat(100, DENSE))]])
def test_a_hundred_thousand_layers_are_no_bomb(layers: list[Any]) -> None:
    data: Any = expand(tree_from_data(spec(layers, blocks={"b": {"layers": [DENSE]}}))).data
    assert len(data["model"]["sequential"]["layers"]) == 100_000


def test_conditions_inside_one_another_are_no_bomb() -> None:
    blocks = {
        f"b{n}": {"layers": [{"if": True, "then": nested_in_if(f"b{n + 1}" if n < 44 else DENSE, 35)}]}
        for n in range(45)
    }
    data: Any = expand(tree_from_data(spec(["b0"], blocks=blocks))).data
    assert len(data["model"]["sequential"]["layers"]) == 1


def nested_in_if(item: Any, depth: int) -> list[Any]:
    """A layer inside conditions inside one another."""
    layers = [item]
    for _ in range(depth):
        layers = [{"if": True, "then": layers}]
    return layers


def test_unused_variables_do_not_slow_down() -> None:
    variables = {f"{word}_{n}": 1 for n in range(1500) for word in ("used_variable", "unusd_varable")}
    layers = [{"Dense": {"units": f"${{used_variable_{n}}}"}} for n in range(1500)]
    warnings: list[Problem] = []
    start = time.process_time()
    expand(tree_from_data(spec(layers, vars=variables)), warnings=warnings)
    assert time.process_time() - start < 3 * _slowness()
    assert len(warnings) == 1500
    assert warnings[7].help == "did you mean `used_variable_7`?"


def test_a_bomb_of_values_speaks_of_values() -> None:
    with pytest.raises(SpecError) as caught:
        expand(tree_from_data(BOMBS["doubling lists"]))
    (problem,) = caught.value.problems
    assert problem.help == "use shorter lists and texts, or fewer of them"


def test_names_that_are_computed_do_not_slow_down() -> None:
    layers = [{"repeat": {"times": 20_000, "layers": [{"Dense": {"units": 1, "name": "l${index}"}}]}}]
    start = time.process_time()
    expand(tree_from_data(spec(layers)))
    assert time.process_time() - start < 5 * _slowness()


WORDS = st.sampled_from([
    "repeat", "if", "then", "else", "times", "for", "layers", "index", "b", "c", "from", "as", "name", "params",
    "inputs", "outputs", "input", "sequential", "functional", "Dense", "Add", "units", "_", "trainable", "call", "n",
])  # fmt: skip
TEXTS = st.sampled_from(
    [
        "${n}",
        "${index}",
        "${n + index}",
        "b",
        "c",
        "Dense",
        "ReLU",
        "_",
        "input",
        "x",
        "a_${n}",
        "$${n}",
        "${",
        "",
        "repeat",
    ]
)
SCALARS = st.one_of(TEXTS, st.integers(-2, 4), st.booleans(), st.none())
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=20,
)


def _written_out_or_refused(data: dict[str, Any]) -> None:
    """Write data out, twice if that can be done."""
    try:
        once: Any = expand(tree_from_data(data)).data
    except SpecError as caught:
        problems = caught.problems
    else:
        assert expand(tree_from_data(once)).data == once
        return
    assert problems


@given(
    st.dictionaries(st.sampled_from(["b", "c", "B"]), ANYTHING, max_size=2),
    st.dictionaries(st.sampled_from(["n", "m", "1"]), ANYTHING, max_size=2),
    st.lists(ANYTHING, max_size=4),
    st.sampled_from(["sequential", "functional"]),
    ANYTHING,
)
def test_anything_is_written_out_or_refused(
    blocks: dict[str, Any], variables: dict[str, Any], layers: list[Any], kind: str, more: Any
) -> None:
    data = {"tfspec": 1, "blocks": blocks, "vars": variables, "model": {kind: {"layers": layers, "inputs": more}}}
    _written_out_or_refused(data)
    tfspec.check(data)


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_any_section_is_written_out_or_refused(blocks: Any, variables: Any, profiles: Any, model: Any) -> None:
    data = {"tfspec": 1, "blocks": blocks, "vars": variables, "profiles": profiles, "model": model, "shared": model}
    _written_out_or_refused(data)


@given(st.lists(st.tuples(st.sampled_from(["b", "c"]), ANYTHING), min_size=1, max_size=4), ANYTHING)
def test_any_block_is_used_or_refused(uses: list[tuple[str, Any]], params: Any) -> None:
    blocks = {
        "b": {"params": {"n": 1}, "layers": [{"Dense": {"units": "${n}"}}, {"Add": {"from": ["input", "_"]}}]},
        "c": {"params": params, "inputs": ["a", "z"], "outputs": ["z", "y"], "layers": [{"Dense": {"name": "y"}}]},
    }
    layers = [{word: said} for word, said in uses]
    data = {"tfspec": 1, "blocks": blocks, "model": {"functional": {"inputs": {"x": {"shape": [4]}}, "layers": layers}}}
    _written_out_or_refused(data)
