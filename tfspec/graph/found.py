"""What is wrong with a model, up to the number of mistakes after which nobody reads on."""

from __future__ import annotations

from collections.abc import Iterable

from tfspec.diagnostics import Problem

MAX_PROBLEMS = 100
"""Errors after which nothing more of a model is looked at."""


class TooManyError(Exception):
    """There are so many errors that the model is not looked at any further; they are all noted."""


class Found(list[Problem]):
    """The problems of one model, in the order in which they are found."""

    def __init__(self) -> None:
        super().__init__()
        self._errors = 0

    def append(self, problem: Problem) -> None:
        """Note a problem.

        Raises:
            TooManyError: It is one of too many.
        """
        super().append(problem)
        self._errors += problem.severity == "error"
        if self._errors >= MAX_PROBLEMS:
            raise TooManyError

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note the problems of a part of the model.

        Raises:
            TooManyError: With them there are too many.
        """
        for problem in problems:
            self.append(problem)
