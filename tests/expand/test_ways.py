"""The way to what a problem of expansion speaks of: the same whether the spec came as a text or as a mapping."""

from __future__ import annotations

import json
from typing import Any

import pytest

import tfspec
from tfspec.spec.write import to_yaml

TOWER: dict[str, Any] = {"params": {"units": None}, "layers": [{"Dense": {"units": "${unit}"}}]}
SPEC = {
    "tfspec": 1,
    "shared": {"encoder": {"Dense": {"units": 3}}},
    "blocks": {"tower": TOWER},
    "model": {
        "functional": {
            "inputs": {"x": {"shape": [4]}},
            "layers": [
                {"encoders": {"from": "x"}},
                "towr",
                {"tower": {"unit": 3}},
                {"repeat": {"times": 2, "layers": [{"tower": {"units": 2}}]}},
                {"if": 3, "then": ["ELU"]},
                {"Dense": {"units": "${1 / 0}", "activation": "${nobody}"}},
            ],
        }
    },
}
WAYS = [
    ("TS115", "/model/functional/layers/0/encoders"),
    ("TS115", "/model/functional/layers/1"),
    ("TS111", "/model/functional/layers/2/tower/unit"),
    ("TS102", "/blocks/tower/layers/0/Dense/units"),
    ("TS114", "/model/functional/layers/4/if"),
    ("TS102", "/model/functional/layers/5/Dense/units"),
    ("TS102", "/model/functional/layers/5/Dense/activation"),
]


@pytest.mark.parametrize("spec", [SPEC, to_yaml(SPEC), json.dumps(SPEC)], ids=["mapping", "YAML", "JSON"])
def test_it_leads_to_where_the_author_wrote_it(spec: Any) -> None:
    assert sorted((problem.code, problem.pointer) for problem in tfspec.check(spec)) == sorted(WAYS)


def test_a_mapping_has_no_places() -> None:
    assert all(problem.span is None and not problem.labels for problem in tfspec.check(SPEC))
