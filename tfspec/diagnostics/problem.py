"""What a problem is: a value that says what is wrong, where, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]
Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of a spec to one of its values: keys and list positions."""


class Text:
    """A text that was read, under the name by which its reader knows it."""

    def __init__(self, name: str, content: str) -> None:
        self.name = name
        self.content = content

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, split where the YAML reader splits them."""
        return self.content.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class Span(NamedTuple):
    """A stretch of a text; lines and columns count from 1, the end is the first place after it.

    `uses` is the chain that led there, from the outside in: the block, the repeat or the file
    whose text this is, each at the place where it is used.
    """

    text: Text
    line: int
    column: int
    end_line: int
    end_column: int
    uses: tuple[Label, ...] = ()


class Label(NamedTuple):
    """A second place that a problem speaks of, and what is to be seen there."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, or one thing worth a warning.

    The message states the fact, in lower case and without a full stop; `help` says what to
    do about it. `path` leads to the value in the spec, `span` to its place in the text (none
    where the spec came as a mapping).
    """

    code: str
    severity: Severity
    message: str
    path: Path = ()
    span: Span | None = None
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in self.path)

    def used(self, *uses: Label) -> Problem:
        """The same problem of something that these uses brought, the outermost first."""
        if not self.span or not uses:
            return self
        return replace(self, span=self.span._replace(uses=uses + self.span.uses))


def in_file_order(problems: list[Problem]) -> list[Problem]:
    """The problems, without repetitions, in the order in which a reader meets their places.

    What is said of one place again, since it is used several times, is told with its first use.
    """

    def place(problem: Problem) -> tuple[str, int, int]:
        span = problem.span
        return (span.text.name, span.line, span.column) if span else ("", 0, 0)

    first: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        where = problem.span[:5] if problem.span else problem.path
        first.setdefault((problem.code, problem.message, where), problem)
    return sorted(first.values(), key=place)


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of the problems is more than a warning."""
    return any(problem.severity == "error" for problem in problems)
