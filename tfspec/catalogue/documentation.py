"""The words that describe declarations: docstrings of classes and of their fields, read from the source."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel


@cache
def field_texts(cls: type[BaseModel]) -> dict[str, str]:
    """What each field's docstring says, by field name; empty where the source is not at hand."""
    texts: dict[str, str] = {}
    for parent in reversed(cls.__mro__):
        if parent is not BaseModel and issubclass(parent, BaseModel):
            texts |= _texts_of_module(parent.__module__).get(parent.__name__, {})
    return {name: texts[name] for name in cls.model_fields if name in texts}


def class_text(cls: type) -> str:
    """The docstring of a class as one text."""
    import inspect

    return inspect.cleandoc(cls.__doc__ or "")


def describe_schema(cls: type[BaseModel], schema: dict[str, Any]) -> dict[str, Any]:
    """A class's JSON Schema with every property described in the words of its field."""
    described = dict(schema)
    described["description"] = class_text(cls)
    properties = {}
    found = field_texts(cls)
    texts = {field.alias or name: found[name] for name, field in cls.model_fields.items() if name in found}
    for name, value in schema.get("properties", {}).items():
        properties[name] = {**value, "description": texts[name]} if name in texts else value
        properties[name].pop("title", None)
    if properties:
        described["properties"] = properties
    return described


@cache
def _texts_of_module(module: str) -> dict[str, dict[str, str]]:
    """What the docstrings of attributes say in a module: by class, by attribute."""
    import ast
    import inspect
    import sys

    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError):  # a module made at run time, or a build without sources
        return {}
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    texts: dict[str, dict[str, str]] = {}
    for node in classes:
        own = texts.setdefault(node.name, {})
        for field, following in zip(node.body, node.body[1:], strict=False):
            text = (
                following.value.value
                if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
                else None
            )
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, str):
                own[field.target.id] = inspect.cleandoc(text)
    return texts


def explain(cls: type[Any]) -> str:
    """What a declaration is, its fields with type, default and meaning, and an example."""
    from .examples import example
    from .wording import show_value, type_words

    schema = cls.model_json_schema(by_alias=True)
    required = schema.get("required", [])
    lines = [f"{cls.spelling()} ({cls.family})", "", class_text(cls), ""]
    if others := other_words(cls):
        lines += [f"Also written: {', '.join(others)}", ""]
    if schema.get("properties"):
        lines.append("Arguments:")
    for name, field in schema.get("properties", {}).items():
        default = "needed" if name in required else f"default {show_value(field.get('default'))}"
        lines.append(f"  {name}: {type_words(field)}; {default}")
        lines += [f"      {line}" for line in field.get("description", "").splitlines()]
    lines += ["", "Example:", "", *(f"  {line}" for line in example(cls).splitlines()), ""]
    return "\n".join(lines)


def other_words(cls: type[Any]) -> list[str]:
    """The words besides its name that a spec may use for a thing."""
    return [word for word in (*cls.aliases, *cls.identifiers) if word != cls.spelling()]
