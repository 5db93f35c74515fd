"""The pages as Markdown: a page for what a reader looks for together, and an index of everything."""

from __future__ import annotations

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.documentation import class_text, describe_schema, other_words
from tfspec.catalogue.flow import FLOW_PROPERTIES
from tfspec.catalogue.registry import declarations
from tfspec.catalogue.wording import WIDEST
from tfspec.diagnostics import one_of

from .examples import can_be_used, snippet
from .facts import facts_of
from .fields import Row, missing_rows, own_rows, parts_of, rows, shared_rows, table
from .pages import EVERY_LAYER, PAGES, Page

MADE = "<!-- Made from the declarations by `python -m tfspec.catalogue`. -->"


def render_reference() -> dict[str, str]:
    """Every page by the name of its file."""
    pages = {f"{page.file}.md": _page(page) for page in PAGES}
    return {"README.md": _index(), f"{EVERY_LAYER}.md": _every_layer(), **pages}


def _index() -> str:
    lines = [MADE, "", "# Reference", "", "Everything that a spec can name. `tfspec explain NAME` tells the same.", ""]
    lines += [f"All layers take a few arguments in common: [every layer]({EVERY_LAYER}.md).", ""]
    for page in PAGES:
        lines += [f"## [{page.title}]({page.file}.md)", ""]
        for family in page.families:
            lines += [
                f"- [{cls.spelling()}]({page.file}.md{page.anchor(cls)}): {_summary(cls)}"
                for cls in page.things(family)
            ]
            lines.append("")
    return _text(lines)


def _every_layer() -> str:
    flow = [Row(name, "", "", field["description"]) for name, field in FLOW_PROPERTIES.items()]
    lines = [MADE, "", "# Every layer", "", "What all layers take besides their own arguments.", ""]
    lines += [*table(list(shared_rows("layer"))), "In a model, a layer also says how it is joined to the others:", ""]
    lines += ["| key | meaning |", "|---|---|", *(f"| `{row.name}` | {row.meaning} |" for row in flow), ""]
    lines += _refused(declarations("layer")[0])
    return _text(lines)


def _page(page: Page) -> str:
    lines = [MADE, "", f"# {page.title}", ""]
    several = len(page.families) > 1
    for family in page.families:
        things = page.things(family)
        if several:
            lines += [f"## {_plural(family)}", ""]
        lines += [*_flowing([f"[{cls.spelling()}]({page.anchor(cls)})" for cls in things]), ""]
        lines += _shared(page, family)
        for cls in things:
            lines += _thing(cls, page, "###" if several else "##")
        lines += _parts(things, page)
        lines += [] if family == "layer" else _refused(things[0], several=several)
    return _text(lines)


def _refused(cls: type[Declaration], *, several: bool = False) -> list[str]:
    """The names that Keras has in the family of a thing, and a spec has not."""
    reasons: dict[str, list[str]] = {}
    for name, refused in cls.refuses.items():
        reasons.setdefault("; ".join(filter(None, refused)), []).append(f"`{name}`")
    if not reasons:
        return []
    title = f"{_plural(cls.family)} that cannot be said in a spec"
    lines = [f"- {', '.join(names)}: {reason}" for reason, names in reasons.items()]
    return [f"{'###' if several else '##'} {title}", "", *lines, ""]


def _shared(page: Page, family: str) -> list[str]:
    """What all things of the family take, or where it stands."""
    found = list(shared_rows(family))
    if family == "layer":
        return [f"Besides its own arguments, each takes those of [every layer]({EVERY_LAYER}.md).", ""]
    return ["Each takes, besides its own arguments:", "", *table(found, page)] if found else []


def _thing(cls: type[Declaration], page: Page, level: str) -> list[str]:
    lines = [f"{level} {cls.spelling()}", ""]
    if words := other_words(cls):
        lines += [f"Also written {', '.join(f'`{word}`' for word in words)}.", ""]
    lines += [class_text(cls), ""]
    lines += ["```yaml", *snippet(cls).splitlines(), "```", ""] if can_be_used(cls) else []
    facts = facts_of(cls)
    lines += [*(f"- {fact}" for fact in facts), ""] if facts else []
    lines += table(own_rows(cls), page)
    if cls.keras and (missing := missing_rows(cls)):
        lines += [f"It does not take {one_of(missing, 'and')}.", ""]
    if cls.omits:
        lines += [*(f"- `{name}` cannot be said in a spec: {reason}" for name, reason in cls.omits.items()), ""]
    return lines


def _parts(things: list[type[Declaration]], page: Page) -> list[str]:
    """The mappings that arguments consist of, such as a model's inputs."""
    lines = []
    for part in dict.fromkeys(part for cls in things for part in parts_of(cls)):
        schema = describe_schema(part, part.model_json_schema(by_alias=True))
        lines += [f"## {part.__name__}", "", class_text(part), "", *table(rows(schema), page)]
    return lines


def _flowing(words: list[str]) -> list[str]:
    """Words in lines that can be read as text, with dots between them."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} · {word}"
        lines[-1:] = [longer] if len(longer) <= WIDEST else [f"{lines[-1]} ·", word]
    return lines


def _summary(cls: type[Declaration]) -> str:
    """The first sentence of what a thing is."""
    return class_text(cls).partition("\n")[0]


def _plural(family: str) -> str:
    return f"{family.capitalize()}s"


def _text(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
