"""The JSON Schema of a declaration accepts exactly what its class accepts, so that an editor says what `check` says."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tfspec.catalogue import Declaration, declarations, families
from tfspec.testing import arguments

EVERY = [cls for family in families() if family != "model" for cls in declarations(family)]
"""All but models, whose layers are steps with keys of their own; `tests/spec` looks at those."""

ODD = (
    -1,
    0,
    1,
    3,
    1.5,
    -0.5,
    "3",
    "bogus",
    "",
    None,
    True,
    [],
    [2],
    [2, 2],
    [0, -1],
    [[1, 0], [2, 2]],
    [1.5, 2],
    {},
    70,
)
"""Values for any argument: of the wrong kind, out of bounds, or right by chance."""


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.family}-{cls.__name__}")
@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_both_accept_what_is_drawn(cls: type[Declaration], data: st.DataObject) -> None:
    given_arguments = data.draw(arguments(cls))
    assert _schema_accepts(cls, given_arguments)
    assert _class_accepts(cls, given_arguments) is not False


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.family}-{cls.__name__}")
@given(data=st.data())
def test_both_judge_a_changed_argument_alike(cls: type[Declaration], data: st.DataObject) -> None:
    given_arguments = data.draw(arguments(cls, depth=0))
    properties = _validator(cls).schema.get("properties", {})
    closed = [name for name, value in properties.items() if "x-family" not in str(value)]
    name = data.draw(st.sampled_from([*closed, "unknown_argument"]))
    changed = {**given_arguments, name: data.draw(st.sampled_from(ODD))}
    verdict = _class_accepts(cls, changed)
    if verdict is not None:
        assert _schema_accepts(cls, changed) == verdict


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.family}-{cls.__name__}")
def test_both_miss_what_must_be_given(cls: type[Declaration]) -> None:
    required = {field.alias or name for name, field in cls.model_fields.items() if field.is_required()}
    assert _schema_accepts(cls, {}) == (not required)
    assert (_class_accepts(cls, {}) is not False) == (not required)


def _class_accepts(cls: type[Declaration], value: Any) -> bool | None:
    """Whether the class takes the arguments; None where each is right, and they do not suit each other."""
    try:
        cls.model_validate(value)
    except ValidationError as error:
        kinds = {item["type"] for item in error.errors()}
        return None if kinds == {"argument"} else False
    return True


def _schema_accepts(cls: type[Declaration], value: Any) -> bool:
    """Whether the schema takes them; `x-family` is open here, and means nothing to a validator."""
    return _validator(cls).is_valid(value)


@cache
def _validator(cls: type[Declaration]) -> Any:
    return jsonschema.Draft202012Validator(cls.model_json_schema())
