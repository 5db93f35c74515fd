"""Every declaration, and every argument of it, says what it is: the editor and the reference pages print it."""

from __future__ import annotations

import pytest

from tfspec.catalogue import Declaration, class_text, declarations, families, field_texts

EVERY = [cls for family in families() for cls in declarations(family)]


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.family}-{cls.__name__}")
def test_the_class_and_its_fields_are_described(cls: type[Declaration]) -> None:
    assert "__doc__" in cls.__dict__, "a description of its own"
    first = class_text(cls).splitlines()[0]
    assert first.endswith((".", ":", "?", ";")), "the first line is a sentence"
    texts = field_texts(cls)
    missing = [name for name in cls.model_fields if not texts.get(name, "").strip()]
    assert not missing
    for name, text in texts.items():
        assert text.endswith("."), f"the text of `{name}` is a sentence"


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.family}-{cls.__name__}")
def test_the_schema_carries_the_descriptions(cls: type[Declaration]) -> None:
    properties = cls.model_json_schema().get("properties", {})
    assert all(value.get("description") for value in properties.values())


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: f"{cls.family}-{cls.__name__}")
def test_what_is_left_out_has_a_reason(cls: type[Declaration]) -> None:
    assert not set(cls.omits) & set(cls.model_fields)
    assert all(reason.strip() for reason in cls.omits.values())
