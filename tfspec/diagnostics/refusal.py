"""A mistake found where no places are known."""

from __future__ import annotations

from typing import Self

from .code import Code


class Refusal(Exception):  # noqa: N818 - it is a refusal, and caught as one
    """What a computation raises that cannot go on, and knows why but not where.

    Whoever knows the place (the pass that called it) turns it into a `Problem`. `field`
    names the argument that is at fault, where one is. Where something inside the thing that was
    asked refuses, `subject` is what that is called and `way` leads to it.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        field: str | None = None,
        notes: tuple[str, ...] = (),
        help: str | None = None,  # noqa: A002 - the problem's own word
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.notes = notes
        self.help = help
        self.subject: str | None = None
        self.way: tuple[str | int, ...] = ()

    def inside(self, subject: str, *way: str | int) -> Self:
        """The refusal of something further in, seen from outside."""
        self.subject = self.subject or subject
        self.way = (*way, *self.way)
        return self
