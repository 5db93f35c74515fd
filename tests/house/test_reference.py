"""The reference pages that are checked in: fresh, complete, and sound Markdown."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tfspec.catalogue import declarations, families
from tfspec.catalogue.reference import PAGES, page_of, render_reference

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES_BY_NAME = render_reference()
EVERY = [cls for family in families() for cls in declarations(family)]

WIDEST_ROW = 600
"""Letters of a row of a table that can still be read as text."""


@pytest.mark.parametrize("name", PAGES_BY_NAME)
def test_it_is_fresh(name: str) -> None:
    """If not: `python -m tfspec.catalogue`."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES_BY_NAME[name]


def test_there_are_no_other_files() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES_BY_NAME)


def test_every_declaration_is_on_exactly_one_page() -> None:
    found = Counter(cls for page in PAGES for family in page.families for cls in page.things(family))
    assert found == Counter(EVERY)


def test_every_page_holds_what_it_says() -> None:
    for page in PAGES:
        for held in page.holds:
            told = {name for cls in EVERY if page_of(cls) is page for name in _names_of(cls)}
            assert held in told, f"`{held}` of the page `{page.file}` is nothing"


def test_every_thing_has_a_heading_and_a_line_in_the_index() -> None:
    for cls in EVERY:
        page = page_of(cls)
        headings = re.findall(r"^##+ (.+)$", PAGES_BY_NAME[f"{page.file}.md"], re.MULTILINE)
        assert headings.count(cls.spelling()) == 1
        assert f"[{cls.spelling()}]({page.file}.md{page.anchor(cls)})" in PAGES_BY_NAME["README.md"]


@pytest.mark.parametrize("name", PAGES_BY_NAME)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES_BY_NAME[name]):
        file, _, anchor = target.partition("#")
        assert not anchor or anchor in _anchors(PAGES_BY_NAME[file or name])


@pytest.mark.parametrize("name", PAGES_BY_NAME)
def test_tables_have_as_many_cells_in_every_row(name: str) -> None:
    for block in re.findall(r"(?:^\|.*\n?)+", PAGES_BY_NAME[name], re.MULTILINE):
        rows = block.splitlines()
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
        assert max(map(len, rows)) < WIDEST_ROW


@pytest.mark.parametrize("name", PAGES_BY_NAME)
def test_headings_are_unique(name: str) -> None:
    headings = re.findall(r"^#+ (.+)$", PAGES_BY_NAME[name], re.MULTILINE)
    assert len(headings) == len(set(headings))


def _names_of(cls: type) -> set[str]:
    """The words by which a page can hold a thing."""
    file = cls.__module__.partition("catalogue.")[2]
    return {file, f"{file}.{cls.__name__}", cls.family}


def _anchors(text: str) -> list[str]:
    """What the headings of a page are called in links, as GitHub does it."""
    found: list[str] = []
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        words = re.sub(r"\[(.+?)\]\(.*?\)", r"\1", heading)
        anchor = re.sub(r"[^\w -]", "", words).lower().replace(" ", "-")
        times = sum(re.sub(r"-\d+$", "", each) == anchor for each in found)
        found.append(f"{anchor}-{times}" if times else anchor)
    return found
