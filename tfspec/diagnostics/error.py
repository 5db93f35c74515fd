"""What is raised where a caller asked for a result and the spec has mistakes."""

from __future__ import annotations

from .problem import Problem


class SpecError(ValueError):
    """A spec has errors; `problems` holds all of them, and printing it prints them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        from .terminal import render_text

        return "\n" + render_text(self.problems).rstrip("\n")
