"""The table of names is made from the declarations; it must be made anew when they change."""

from __future__ import annotations

from pathlib import Path

from tfspec.catalogue import declarations, families, find, names
from tfspec.catalogue.table import render_names


def test_the_table_is_fresh() -> None:
    written = Path(names.__file__).read_text(encoding="utf-8")
    assert written == render_names(), "run `python -m tfspec.catalogue`"


def test_every_word_leads_to_its_declaration() -> None:
    for family in families():
        for cls in declarations(family):
            for word in (cls.spelling(), *cls.aliases, *cls.identifiers):
                assert find(family, word) is cls
