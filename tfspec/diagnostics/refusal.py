"""A mistake found where no places are known."""

from __future__ import annotations

from .code import Code


class Refusal(Exception):  # noqa: N818 - it is a refusal, and caught as one
    """What a computation raises that cannot go on, and knows why but not where.

    Whoever knows the place (the pass that called it) turns it into a `Problem`. `field`
    names the argument that is at fault, where one is.
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
