"""A problem's code: declared once, with a spec that shows it and one that shows the cure."""

from __future__ import annotations

from typing import Final

from .problem import Label, Path, Problem, Severity, Span


class Code:
    """A kind of problem.

    Codes are grouped by stage (TS0xx source, 1xx expand, 2xx spec, 3xx graph, 4xx analysis,
    5xx backends, 6xx data, 7xx runner) and are never reused. `bad` and `good` are whole
    specs, or None where no spec text alone can show the problem; the tests run them.
    """

    def __init__(  # noqa: PLR0913 - a data sheet
        self,
        id: str,  # noqa: A002 - it is what people call it
        title: str,
        explanation: str,
        *,
        bad: str | None = None,
        good: str | None = None,
        severity: Severity = "error",
    ) -> None:
        self.id: Final = id
        self.title: Final = title
        self.explanation: Final = explanation
        self.bad: Final = bad
        self.good: Final = good
        self.severity: Final = severity

    def problem(  # noqa: PLR0913 - keywords, each with a default
        self,
        message: str,
        *,
        path: Path = (),
        span: Span | None = None,
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        help: str | None = None,  # noqa: A002 - the problem's own word
    ) -> Problem:
        """A problem of this kind."""
        return Problem(self.id, self.severity, message, path, span, labels, notes, help)
