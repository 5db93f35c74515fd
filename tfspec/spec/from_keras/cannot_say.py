"""What a Keras model has and a spec cannot say."""

from __future__ import annotations


class CannotSayError(Exception):
    """Something in a Keras model has no words in a spec; `help` says what to do."""

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 - as a problem calls it
        super().__init__(message)
        self.message = message
        self.help = help
