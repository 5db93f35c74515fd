"""Strategies for the arguments of a declaration, read off its JSON Schema."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from hypothesis import strategies as st

from tfspec.catalogue import Declaration, declarations
from tfspec.catalogue.layers.layer import Layer

Schema: TypeAlias = Mapping[str, Any]
Words: TypeAlias = Mapping[str, Sequence[str]]
FrozenWords: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

REACH = 5
"""How far numbers and lists go beyond the least that a field takes: a thousand filters would test nothing more."""

FEW = 2
"""The same for lists of things, which are larger themselves."""


def arguments(
    cls: type[Declaration], *, depth: int = 1, words: Words | None = None, optional: bool = True
) -> st.SearchStrategy[dict[str, Any]]:
    """The arguments of a declaration, as a spec writes them.

    What must be given is always drawn, the rest sometimes, if `optional`. Things inside them come from their
    families: by the names in `words` alone where it has the family, else with arguments of their
    own, `depth` levels deep.
    """
    return _arguments(cls, depth, _frozen(words), optional=optional)


def things(
    family: str, *, depth: int = 1, words: Words | None = None, only: Sequence[str] = ()
) -> st.SearchStrategy[Any]:
    """Things of a family as a spec writes them: a name, or a name with its arguments."""
    return _things(family, depth, _frozen(words), tuple(only))


@cache
def _arguments(
    cls: type[Declaration], depth: int, words: FrozenWords, *, optional: bool
) -> st.SearchStrategy[dict[str, Any]]:
    def read() -> st.SearchStrategy[dict[str, Any]]:
        schema = _schema(cls)
        if not optional:
            schema = {**schema, "properties": {name: schema["properties"][name] for name in schema.get("required", ())}}
        return _Reader(cls, depth, words).read(schema)

    return st.deferred(read)


@cache
def _things(family: str, depth: int, words: FrozenWords, only: tuple[str, ...]) -> st.SearchStrategy[Any]:
    for named, choice in words:
        if named == family:
            return st.sampled_from(choice)
    found = [cls for cls in declarations(family) if not only or cls.spelling() in only]
    if depth <= 0:
        simple = [cls.spelling() for cls in found if not must_be_given(cls)]
        if simple:
            return st.sampled_from(simple)
        found = [cls for cls in found if "x-family" not in str(must_be_given(cls))]
    return st.sampled_from(found).flatmap(lambda cls: _thing(cls, depth, words))


@cache
def _thing(cls: type[Declaration], depth: int, words: FrozenWords) -> st.SearchStrategy[Any]:
    drawn = _arguments(cls, depth - 1, words, optional=depth > 0)
    return drawn.map(lambda given: {cls.spelling(): given} if given else cls.spelling())


def _frozen(words: Words | None) -> FrozenWords:
    return tuple((family, tuple(choice)) for family, choice in (words or {}).items())


def must_be_given(cls: type[Declaration]) -> list[Schema]:
    """The schemas of the arguments without a default."""
    schema = _schema(cls)
    return [schema["properties"][name] for name in schema.get("required", ())]


@cache
def _schema(cls: type[Declaration]) -> Schema:
    return cls.model_json_schema()


class _Reader:
    """Reads the schema of one declaration."""

    def __init__(self, cls: type[Declaration], depth: int, words: FrozenWords) -> None:
        self.depth = depth
        self.words = words
        self.only: tuple[str, ...] = cls.wraps if issubclass(cls, Layer) else ()
        self.definitions: Schema = {}

    def read(self, schema: Schema) -> st.SearchStrategy[Any]:
        """The values that a schema accepts, small ones."""
        self.definitions = {**self.definitions, **schema.get("$defs", {})}
        if "x-family" in schema:
            only = self.only if schema["x-family"] == Layer.family else ()
            return _things(schema["x-family"], self.depth, self.words, only)
        if "$ref" in schema:
            return self.read(self.definitions[schema["$ref"].rpartition("/")[2]])
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if "anyOf" in schema:
            return st.one_of([self.read(choice) for choice in schema["anyOf"] if choice.get("format") != "file-path"])
        return self._read_type(schema)

    def _read_type(self, schema: Schema) -> st.SearchStrategy[Any]:
        readers: dict[str, Callable[[Schema], st.SearchStrategy[Any]]] = {
            "array": self._array,
            "object": self._object,
            "integer": _integers,
            "number": _numbers,
            "string": _strings,
            "boolean": lambda _: st.booleans(),
            "null": lambda _: st.none(),
        }
        kinds = schema.get("type", ["integer", "boolean"])
        return st.one_of([readers[kind](schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)])

    def _array(self, schema: Schema) -> st.SearchStrategy[Any]:
        if "prefixItems" in schema:
            return st.tuples(*(self.read(item) for item in schema["prefixItems"])).map(list)
        least = schema.get("minItems", 0)
        reach = FEW if "x-family" in schema.get("items", {}) else REACH
        most = min(schema.get("maxItems", math.inf), least + reach)
        unique = schema.get("uniqueItems", False)
        return st.lists(
            self.read(schema.get("items", {})), min_size=least, max_size=int(most), unique_by=str if unique else None
        )

    def _object(self, schema: Schema) -> st.SearchStrategy[Any]:
        fields = {name: self.read(value) for name, value in schema.get("properties", {}).items()}
        must = {name: fields.pop(name) for name in schema.get("required", ())}
        fixed = st.fixed_dictionaries(must, optional=fields)
        more = schema.get("additionalProperties", False)
        if more is False or fields or must:
            return fixed
        least = schema.get("minProperties", 0)
        return st.dictionaries(
            _strings({}), self.read(more if isinstance(more, dict) else {}), min_size=least, max_size=least + 2
        )


def _integers(schema: Schema) -> st.SearchStrategy[int]:
    if not {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"} & set(schema):
        return st.sampled_from([1, -1, 2, 3, 0, -2, 7])  # such a number is most often an axis
    least = schema.get("minimum", schema.get("exclusiveMinimum", -4) + 1)
    most = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf) - 1, least + REACH + 1)
    every = st.integers(least, int(most))
    return st.one_of(st.just(least), every) if {"minimum", "exclusiveMinimum"} & set(schema) else every


def _numbers(schema: Schema) -> st.SearchStrategy[float]:
    below, above = schema.get("exclusiveMinimum", -math.inf), schema.get("exclusiveMaximum", math.inf)
    least = max(schema.get("minimum", -REACH), below)
    most = min(schema.get("maximum", math.inf), above, least + 2 * REACH)
    grid = [round(least + (most - least) * step / 16, 6) for step in range(17)]
    return st.sampled_from([number for number in grid if below < number < above])


def _strings(schema: Schema) -> st.SearchStrategy[str]:
    if schema.get("pattern", r"^[^/]*$") == r"^[^/]*$":
        return st.sampled_from(["a", "tower_1", "Δ", "two words"][: 2 if "pattern" in schema else 4])
    return st.from_regex(str(schema["pattern"]), fullmatch=True)
