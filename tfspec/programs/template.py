"""Texts with `${…}` in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .error import ProgramError
from .evaluate import Scope, Steps, evaluate
from .expression import Expression, read_expression
from .functions import Refused, Value, text_of
from .limits import MAX_LENGTH, MAX_STEPS

MARK = re.compile(r"\$\$\{|\$\{")
EXPRESSION = re.compile(r"(?<!\$)\$\{")


def has_expression(text: str) -> bool:
    """Whether there is a `${…}` in a text that is not written as `$${…}`."""
    return "${" in text and EXPRESSION.search(text) is not None


def escaped(text: str) -> str:
    """The text of a spec that stands for a text: `${` is written `$${`."""
    return text.replace("${", "$${") if "${" in text else text


def unescaped(value: Value) -> Value:
    """What the texts in a plain value stand for: `$${` is `${`."""
    if isinstance(value, str):
        return value.replace("$${", "${") if "$${" in value else value
    if isinstance(value, dict):
        return {key: unescaped(item) for key, item in value.items()}
    return [unescaped(item) for item in value] if isinstance(value, list) else value


class Piece(NamedTuple):
    """An expression inside a text: from its `${` at `start` up to and with its `}` before `end`."""

    expression: Expression
    start: int
    end: int


class Template(NamedTuple):
    """A text with expressions in it: the plain parts, and an expression between each two of them."""

    texts: tuple[str, ...]
    pieces: tuple[Piece, ...]
    names: frozenset[str]
    """The names that its expressions speak of."""

    @property
    def is_whole(self) -> bool:
        """Whether the text is one expression and nothing else, which keeps the type of its value."""
        return len(self.pieces) == 1 and self.texts == ("", "")

    def value(self, scope: Scope, steps: Steps | None = None) -> Value:
        """What it says where the names stand for the values of `scope`; its steps are added to `steps`.

        Raises:
            ProgramError: An expression fails; its place counts the characters of the whole text.
        """
        if self.is_whole:
            return self._value(self.pieces[0], scope, steps)
        said, length = [self.texts[0]], len(self.texts[0])
        steps = steps or Steps()
        for piece, text in zip(self.pieces, self.texts[1:], strict=True):
            try:
                value = text_of(self._value(piece, scope, steps))
            except Refused as refusal:
                raise ProgramError(f"the expression {refusal}", piece.start, piece.end) from None
            said += [value, text]
            length += len(value) + len(text)
            if length > MAX_LENGTH:
                raise ProgramError(f"the text becomes longer than {MAX_LENGTH:,} characters", piece.start, piece.end)
            if steps.taken > MAX_STEPS:
                message = f"the expressions of the text take more than {MAX_STEPS:,} steps"
                raise ProgramError(message, piece.start, piece.end)
        return "".join(said)

    @staticmethod
    def _value(piece: Piece, scope: Scope, steps: Steps | None) -> Value:
        try:
            return evaluate(piece.expression, scope, steps)
        except ProgramError as error:
            raise error.shifted(piece.start + 2) from None


@lru_cache(maxsize=512)
def read_template(text: str) -> Template:
    """The template that a text says; `$${` stands for `${` itself.

    Raises:
        ProgramError: An expression in it is none, or is not closed.
    """
    texts, pieces = list[str](), list[Piece]()
    plain: list[str] = []
    position = 0
    while mark := MARK.search(text, position):
        plain.append(text[position : mark.start()])
        if mark[0] == "$${":
            plain.append("${")
            position = mark.end()
            continue
        end = _end_of(text, mark.end())
        try:
            expression = read_expression(text[mark.end() : end])
        except ProgramError as error:
            raise error.shifted(mark.end()) from None
        pieces.append(Piece(expression, mark.start(), end + 1))
        texts.append("".join(plain))
        plain = []
        position = end + 1
    texts.append("".join([*plain, text[position:]]))
    names = frozenset[str]().union(*(piece.expression.names for piece in pieces))
    return Template(tuple(texts), tuple(pieces), names)


def _end_of(text: str, start: int) -> int:
    """Where the bracket stands that closes an expression; those in quotes and inner pairs are passed over."""
    depth, quote, is_escaped = 0, "", False
    for position in range(start, len(text)):
        character = text[position]
        if quote:
            if character == quote and not is_escaped:
                quote = ""
            is_escaped = character == "\\" and not is_escaped
        elif character in "'\"":
            quote = character
        elif character == "{":
            depth += 1
        elif character == "}":
            if depth == 0:
                return position
            depth -= 1
    raise ProgramError(
        "`${` is not closed", start - 2, len(text), "close it with `}`; write `$${` for the characters themselves"
    )
