"""What is wrong in a program, and which of its characters are at fault."""

from __future__ import annotations


class ProgramError(Exception):
    """A mistake in an expression; `start` and `end` count its characters from 0.

    `name` is the one that stands for nothing, where that is the mistake.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        help: str | None = None,  # noqa: A002 - the problem's own word
        name: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.help = help
        self.name = name

    def shifted(self, by: int) -> ProgramError:
        """The same mistake, where the expression stands inside a longer text."""
        return ProgramError(self.message, self.start + by, self.end + by, self.help, self.name)
