"""Tables of fields: name, type, default and meaning."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.registry import declarations
from tfspec.catalogue.strict import Strict
from tfspec.catalogue.wording import show_value, type_words, with_article

from .pages import PAGES, Page

ITS_OWN = "its own"
"""The default of a field that nearly every thing of a family has another one for."""

NEARLY_ALL = 0.8
"""Share of a family's things that must take a field for it to be described once."""


class Row(NamedTuple):
    """A field as its row tells of it."""

    name: str
    type: str
    default: str
    meaning: str


def rows(schema: dict[str, Any]) -> list[Row]:
    """The fields of a JSON Schema."""
    required = schema.get("required", ())
    return [
        Row(
            name,
            type_words(field),
            "needed" if name in required else f"`{show_value(field.get('default'))}`",
            field.get("description", ""),
        )
        for name, field in schema.get("properties", {}).items()
    ]


def own_rows(cls: type[Declaration]) -> list[Row]:
    """The fields of a thing, without those that its family describes once."""
    shared = {row.name: row for row in shared_rows(cls.family)}
    return [row for row in rows(_schema(cls)) if row.name not in shared or not _told(row, shared[row.name])]


def own_defaults(cls: type[Declaration]) -> list[str]:
    """The fields that its family describes once, and each thing has a default of its own for."""
    own = {row.name for row in shared_rows(cls.family) if row.default == ITS_OWN}
    return [
        f"`{row.name}` is {row.default} by default"
        for row in rows(_schema(cls))
        if row.name in own and row.default != "`null`"
    ]


def _told(row: Row, shared: Row) -> bool:
    """Whether the family's row tells all that a thing's own one would."""
    if shared.default == ITS_OWN:
        return row.meaning == shared.meaning
    return row == shared


def missing_rows(cls: type[Declaration]) -> list[str]:
    """The fields that its family describes once, and this thing does not take."""
    return [row.name for row in shared_rows(cls.family) if row.name not in cls.model_fields]


def parts_of(cls: type[Declaration]) -> list[type[Strict]]:
    """The classes of the mappings that arguments of a thing consist of."""
    module = vars(sys.modules[cls.__module__])
    return [module[name] for name in _schema(cls).get("$defs", {})]


@cache
def shared_rows(family: str) -> tuple[Row, ...]:
    """The fields that nearly all of Keras's things of a family take, each as most of them have it."""
    every = [rows(_schema(cls)) for cls in declarations(family) if cls.keras]
    counted = Counter(row.name for found in every for row in found)
    shared = [name for name, times in counted.items() if times > NEARLY_ALL * len(every)]
    return tuple(_most_common([row for found in every for row in found if row.name == name]) for name in shared)


def table(found: list[Row], here: Page | None = None) -> list[str]:
    """The rows as Markdown."""
    if not found:
        return []
    lines = ["| argument | takes | default | meaning |", "|---|---|---|---|"]
    for row in found:
        cells = (f"`{row.name}`", linked(_cell(row.type), here), _cell(row.default), _cell(row.meaning))
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def linked(words: str, here: Page | None = None) -> str:
    """The words of a type with a link from each family to where it is told."""
    for page in PAGES:
        for family in page.families:
            section = f"#{family}s" if len(page.families) > 1 else ""
            place = section if page is here else f"{page.file}.md{section}"
            if place and family != "layer":
                said = with_article(family)
                words = re.sub(rf"\b{re.escape(said)}\b", f"[{said}]({place})", words)
    return words


def _most_common(found: list[Row]) -> Row:
    counted = Counter(found)
    row, times = counted.most_common(1)[0]
    return row if times > len(found) / 2 else row._replace(default=ITS_OWN)


def _cell(text: str) -> str:
    """A text for one cell: paragraphs stay apart, lines do not, and bars are no borders."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "<br>".join(paragraphs).replace("|", "\\|")


@cache
def _schema(cls: type[Declaration]) -> dict[str, Any]:
    return cls.model_json_schema(by_alias=True)
