"""Wrong specs: one mistake each, of every kind."""

from __future__ import annotations

from hypothesis import given

import tfspec
from tfspec.testing import Broken, broken
from tfspec.testing.broken import MISTAKES, mistakes

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

CHAIN = {
    "tfspec": 1,
    "model": {
        "sequential": {
            "input": {"shape": [8, 8, 3]},
            "layers": [{"Conv2D": {"filters": 2, "kernel_size": 3}}, {"Conv2D": {"filters": 1, "kernel_size": 1}}],
        }
    },
}


def test_every_kind_of_mistake_is_made() -> None:
    uncompiled = {key: value for key, value in SPEC.items() if key != "compile"}
    names = {mistake.name for spec in (SPEC, uncompiled, CHAIN) for mistake in mistakes(spec)}
    assert len(names) == len(MISTAKES)


@given(broken(SPEC))
def test_the_rest_of_the_spec_stays_as_it_was(wrong: Broken) -> None:
    assert wrong.data != SPEC
    assert set(wrong.data) >= {"tfspec", "model"}


def test_the_right_spec_is_not_changed() -> None:
    before = str(SPEC)
    assert list(mistakes(SPEC))
    assert str(SPEC) == before
    assert tfspec.check(SPEC) == []
