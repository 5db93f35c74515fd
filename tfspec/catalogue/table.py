"""The table of names, made from the declarations themselves."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from .declaration import Declaration
from .resolution import made


def collect_names() -> dict[str, dict[str, tuple[str, str]]]:
    """Family, then word, then the module and the class that declare it."""
    package = import_module(__package__ or "tfspec.catalogue")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            for value in list(vars(import_module(module.name)).values()):
                made(value)
    table: dict[str, dict[str, tuple[str, str]]] = {}
    for cls in _final_classes(Declaration):
        entry = (cls.__module__.removeprefix(package.__name__ + "."), cls.__name__)
        for word in (cls.spelling(), *cls.aliases, *cls.identifiers):
            if table.setdefault(cls.family, {}).setdefault(word, entry) != entry:
                raise ValueError(
                    f"two declarations of the {cls.family} `{word}`: {entry} and {table[cls.family][word]}"
                )
    return {family: dict(sorted(words.items())) for family, words in sorted(table.items())}


def render_names() -> str:
    """The table as the source of `names.py`."""
    lines = [
        '"""Which file declares which name: made by `python -m tfspec.catalogue`, and tested to be fresh."""',
        "",
        "NAMES: dict[str, dict[str, tuple[str, str]]] = {",
    ]
    for family, words in collect_names().items():
        lines.append(f'    "{family}": {{')
        lines += [f'        "{word}": ("{module}", "{cls}"),' for word, (module, cls) in words.items()]
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def _final_classes(cls: type[Declaration]) -> list[type[Declaration]]:
    children = [child for child in cls.__subclasses__() if child.__module__.startswith("tfspec.catalogue")]
    if not children:
        return [] if cls.is_root() else [cls]
    return [final for child in children for final in _final_classes(child)]
