"""What is said about an old word: the line to write today, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeAlias

from pydantic import BaseModel

from tfspec.catalogue.wording import show_value

LONGEST = 160
"""Characters of a value that a line repeats."""

Line: TypeAlias = Mapping[str, Any]
"""Keys of a spec with their values."""


class Advice(NamedTuple):
    """What to do about an old word: a line to write, or a text that says all of it; and what is to be done besides."""

    line: Line = MappingProxyType({})
    takes: tuple[str, ...] = ()
    place: str = ""
    text: str = ""
    besides: tuple[str, ...] = ()
    above: Line | None = None
    """The input that the arguments of a layer speak of, which its model says somewhere."""

    @property
    def help(self) -> str:
        """The advice as a help line."""
        written = " and ".join(
            f"`{key if value == {} else f'{key}: {flow(value)}'}`" for key, value in self.line.items()
        )
        first = self.text or f"write {written}{f' {self.place}' if self.place else ''}"
        return "; ".join((first, *self.besides))

    def below(self, section: str) -> Advice:
        """The same for somebody who writes it in another section; the empty one is the spec itself."""
        if self.place or not self.line:
            return self
        return self._replace(place=f"below `{section}`" if section else "at the top of the spec")


class Use(NamedTuple):
    """An old argument where a spec says it: of what, and beside which others."""

    cls: type[BaseModel]
    word: str
    said: Line

    @property
    def value(self) -> Any:
        """What the spec says under it."""
        return self.said.get(self.word)

    def has(self, *names: str) -> str | None:
        """The first of these arguments that is one of today's."""
        return next((name for name in names if name in self.cls.model_fields), None)


class Rule(Protocol):
    """How an old argument is said today; None where it means nothing to the thing that has it."""

    def __call__(self, use: Use, /) -> Advice | None: ...


class NameRule(Protocol):
    """How an old thing with its arguments is said today."""

    def __call__(self, arguments: Line, /) -> Advice: ...


class Renamed:
    """The argument has another name today: the first of these that the thing has."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __call__(self, use: Use) -> Advice | None:
        name = use.has(*self.names)
        return Advice({name: use.value}, (use.word,)) if name else None


class Gone:
    """The argument says nothing today, for a reason; only of things that have one of the arguments in `of`."""

    def __init__(self, reason: str, *of: str) -> None:
        self.reason = reason
        self.of = of

    def __call__(self, use: Use) -> Advice | None:
        if self.of and not use.has(*self.of):
            return None
        return Advice(takes=(use.word,), text=f"leave it out: {self.reason}")


class Instead:
    """Something else is to be done; the text says it all."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, use: Use | Line) -> Advice:
        return Advice(text=self.text)


class Called:
    """The thing has another name today, and perhaps arguments that the old one did not need."""

    def __init__(self, name: str, renamed: Mapping[str, str] | None = None, **arguments: Any) -> None:
        self.name = name
        self.renamed = renamed or {}
        self.arguments = arguments

    def __call__(self, arguments: Line) -> Advice:
        own = {self.renamed.get(key, key): value for key, value in arguments.items()}
        return Advice({self.name: {**self.arguments, **own}})


def flow(value: Any) -> str:
    """A value on one line, as YAML reads it back; a long one is left out."""
    text = show_value(value).replace('"…"', "…")
    return text if len(text) <= LONGEST else "…"
