"""Wrong specs: one mistake each, of every kind."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, seed, settings

import tfspec
from tfspec.testing import Broken, broken, broken_specs
from tfspec.testing.broken import mistakes
from tfspec.testing.mistakes import MISTAKES, compiling, expansion, heads, joints, types, values, words

SPEC = {
    "tfspec": 1,
    "model": {
        "functional": {
            "inputs": {"x": {"shape": [4]}, "y": {"shape": [4]}},
            "layers": [
                {"Dense": {"units": 3, "use_bias": True, "from": "x", "name": "a"}},
                {"Dense": {"units": 3, "from": "y", "name": "b"}},
                {"Add": {"from": ["a", "b"], "name": "c"}},
            ],
        }
    },
    "compile": {"loss": "mse"},
}

FOLDED = {
    "tfspec": 1,
    "blocks": {"part": {"layers": [{"Dense": {"units": 3}}]}},
    "model": {
        "sequential": {
            "input": {"shape": [4]},
            "layers": [
                "ELU",
                {"repeat": {"times": 2, "layers": ["part"]}},
                {"if": True, "then": [{"ELU": {"alpha": 1}}]},
            ],
        }
    },
}


def test_every_kind_has_a_name_of_its_own() -> None:
    rooms = (compiling, expansion, heads, joints, types, values, words)
    assert sum(len(room.MISTAKES) for room in rooms) == len(MISTAKES)


@given(broken(SPEC))
def test_the_rest_of_the_spec_stays_as_it_was(wrong: Broken) -> None:
    assert wrong.data != SPEC
    assert "model" in wrong.data


def test_the_right_spec_is_not_changed() -> None:
    before = str(SPEC)
    assert list(mistakes(SPEC))
    assert str(SPEC) == before
    assert tfspec.check(SPEC) == []


def test_a_path_leads_through_what_is_written_out() -> None:
    paths = {(wrong.place, wrong.path) for wrong in mistakes(FOLDED, ["arguments that are no mapping"])}
    model = ("model", "sequential", "layers")
    assert paths == {
        ((*model, 0, "ELU"), (*model, 0, "ELU")),
        ((*model, 2, "then", 0, "ELU"), (*model, 3, "ELU")),
        (("blocks", "part", "layers", 0, "Dense"), (*model, 1, "Dense")),
    }


def test_no_kind_stands_out() -> None:
    drawn: Counter[str] = Counter()

    @settings(max_examples=2)
    @given(broken_specs())
    def draw(wrong: Broken) -> None:
        drawn[wrong.name] += 1

    for number in range(60):
        seed(number)(draw)()
    (_, simplest), *others = drawn.most_common()
    assert simplest <= 80  # the first draw of each run, and those of chance
    assert others[0][1] <= 6
    assert len(drawn) > 30
