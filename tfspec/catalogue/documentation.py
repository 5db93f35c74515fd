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
    schema = cls.model_json_schema(by_alias=True)
    required = schema.get("required", [])
    lines = [f"{cls.spelling()} ({cls.family})", "", class_text(cls), ""]
    others = [word for word in (*cls.aliases, *cls.identifiers) if word != cls.spelling()]
    if others:
        lines += [f"Also written: {', '.join(others)}", ""]
    if schema.get("properties"):
        lines.append("Arguments:")
    for name, field in schema.get("properties", {}).items():
        default = "needed" if name in required else f"default {_plain(field.get('default'))}"
        lines.append(f"  {name}: {type_words(field)}; {default}")
        lines += [f"      {line}" for line in field.get("description", "").splitlines()]
    lines += ["", "Example:", "", *(f"  {line}" for line in example(cls).splitlines()), ""]
    return "\n".join(lines)


def example(cls: type[Any]) -> str:
    """The shortest way to write a thing: its name, with the arguments that it needs."""
    schema = cls.model_json_schema(by_alias=True)
    needed = {name: _sample(name, schema["properties"][name]) for name in schema.get("required", [])}
    if not needed:
        return str(cls.spelling())
    inner = ", ".join(f"{name}: {value}" for name, value in needed.items())
    return f"{cls.spelling()}: {{{inner}}}"


def type_words(field: dict[str, Any]) -> str:
    """A property's type in words: `a whole number of 1 or more`, `valid or same`."""
    if "x-family" in field:
        family = field["x-family"]
        return "layers" if family == "step" else f"{'an' if family[0] in 'aeiou' else 'a'} {family}"
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(type_words(part) for part in field["anyOf"]))
    if "enum" in field:
        return " or ".join(f"`{_plain(word)}`" for word in field["enum"])
    if "const" in field:
        return f"`{_plain(field['const'])}`"
    kind = field.get("type")
    if kind == "array":
        return f"a list of ({type_words(field['items'])})" if isinstance(field.get("items"), dict) else "a list"
    words = {"integer": "a whole number", "number": "a number", "string": "text", "boolean": "true or false"}
    return words.get(str(kind), {"null": "null", "object": "a mapping"}.get(str(kind), "anything")) + _bounds(field)


def _bounds(field: dict[str, Any]) -> str:
    relations = {
        "exclusiveMinimum": "more than",
        "minimum": "at least",
        "exclusiveMaximum": "less than",
        "maximum": "at most",
    }
    said = [f"{relation} {field[key]:g}" for key, relation in relations.items() if key in field]
    return f" ({', '.join(said)})" if said else ""


def _plain(value: Any) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sample(name: str, field: dict[str, Any]) -> str:
    """A value that the field takes, for an example."""
    if "anyOf" in field:
        return _sample(name, field["anyOf"][0])
    if "x-family" in field:
        family = str(field["x-family"])
        return {"layer": "{LSTM: {units: 32}}", "step": "[Flatten]"}.get(family, family)
    if "enum" in field:
        return _plain(field["enum"][0])
    kind = field.get("type")
    if kind == "array":
        said = field.get("items")
        items: dict[str, Any] = said if isinstance(said, dict) else {"type": "integer"}
        return f"[{', '.join([_sample(name, items)] * max(1, field.get('minItems', 1)))}]"
    if kind == "integer":
        return str(max(8, int(field.get("minimum", 8)))) if "size" not in name else "3"
    if kind == "number":
        return "0.5"
    return {"boolean": "true", "null": "null", "object": "{a: {shape: [4]}}"}.get(str(kind), _SAMPLES.get(name, name))


_SAMPLES = {"filename": "log.csv", "filepath": "best.keras", "backup_dir": "backup", "path": "data.csv"}
