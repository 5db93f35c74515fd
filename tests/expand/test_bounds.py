"""No spec takes the machine: what grows too large is a problem, and soon."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.diagnostics import SpecError
from tfspec.expand import expand
from tfspec.source import tree_from_data

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
    "long texts": spec([{"Dense": {"units": 1, "name": "${'x' * 9999}${'x' * 9999}"}}]),
    "lists of different lengths": spec(
        [{"repeat": {"for": {f"v{n}": [1] * (9990 + n) for n in range(20)}, "layers": [DENSE]}}]
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_is_refused_soon(name: str) -> None:
    tree = tree_from_data(BOMBS[name])
    start = time.perf_counter()
    if name == "deep repeats":
        expand(tree)
    else:
        with pytest.raises(SpecError) as caught:
            expand(tree)
        assert {problem.code[:3] for problem in caught.value.problems} == {"TS1"}
        assert len(caught.value.problems) <= 100
    assert time.perf_counter() - start < 2 * _slowness()


def _slowness() -> float:
    """How much slower the machine is at the moment than one on which a million steps take a twentieth of a second."""
    start = time.perf_counter()
    sum(range(1_000_000))
    return max(1.0, (time.perf_counter() - start) / 0.02)


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


def test_names_that_are_computed_do_not_slow_down() -> None:
    layers = [{"repeat": {"times": 20_000, "layers": [{"Dense": {"units": 1, "name": "l${index}"}}]}}]
    start = time.perf_counter()
    expand(tree_from_data(spec(layers)))
    assert time.perf_counter() - start < 5 * _slowness()


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
