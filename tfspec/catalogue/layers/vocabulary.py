"""Vocabularies: the words that a layer knows, listed in the spec or in a file beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeGuard

from pydantic_core import CoreSchema, core_schema

from tfspec.catalogue.problems import BAD_ARGUMENT, BAD_VOCABULARY
from tfspec.diagnostics import Refusal
from tfspec.files import FileError, read_numbers, read_words

from .forms import Form

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

Token: TypeAlias = int | str | None


class FromFile(tuple[int | str, ...]):  # noqa: SLOT001 - a tuple takes no slots
    """The tokens of a file, which is written back as its path."""

    path: str


class Unusable(str):  # noqa: SLOT000 - made once for a mistake
    """The path of a file that cannot be used."""

    error: FileError


def from_file(path: str, root: Path, *, is_numbers: bool) -> FromFile | Unusable:
    """The tokens of a file, looked for from `root`, or the path with what is wrong with it."""
    try:
        tokens = FromFile(read_numbers(root / path) if is_numbers else read_words(root / path))
    except FileError as error:
        unusable = Unusable(path)
        unusable.error = error
        return unusable
    tokens.path = path
    return tokens


class Vocabulary(Form):
    """A list of tokens, or the path of a file with one on each line.

    Keras takes the path from the folder that the process happens to run in. Here it is taken from
    the folder of the spec, and Keras is given the tokens, so that a saved model needs no file.
    """

    def __init__(self, kind: type[int | str]) -> None:
        self.kind = kind
        words = "whole numbers" if kind is int else "texts"
        self.expected = f"a list of {words}, or the path of a file with one on each line"
        item = {"type": "integer" if kind is int else "string"}
        self.schema = {
            "anyOf": [
                {"type": "array", "items": item, "minItems": 1},
                {"type": "string", "pattern": r"\S", "format": "file-path"},
            ]
        }

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(_written, when_used="unless-none")
        return core_schema.no_info_plain_validator_function(self._read, serialization=written)

    def read(self, value: object) -> tuple[int | str, ...] | str | None:
        """The tokens, or the path."""
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, FromFile):
            return value
        if isinstance(value, (list, tuple)) and value and all(map(self._fits, value)):
            return tuple(value)
        return None

    def _fits(self, token: object) -> TypeGuard[int | str]:
        return isinstance(token, self.kind) and not isinstance(token, bool)


def _written(vocabulary: tuple[int | str, ...] | str) -> list[int | str] | str:
    if isinstance(vocabulary, str):
        return vocabulary
    return vocabulary.path if isinstance(vocabulary, FromFile) else list(vocabulary)


Texts: TypeAlias = Annotated[tuple[str, ...] | str, Vocabulary(str)]
Numbers: TypeAlias = Annotated[tuple[int, ...] | str, Vocabulary(int)]


def count_listed(vocabulary: tuple[int | str, ...], special: list[Token], reserved: set[Token]) -> int:
    """The tokens of a list besides the special ones, which may stand at its start and nowhere else.

    Raises:
        Refusal: The layer does not take the list.
    """
    start = len(special)
    tokens = vocabulary[start:] if list(vocabulary[:start]) == special else vocabulary
    if not tokens:
        raise refused("has no words besides the special ones")
    _check_unique(tokens)
    if found := reserved.intersection(tokens):
        raise refused(f"has the special word `{found.pop()}` among the others", "take it out")
    return len(tokens)


def unread(path: str) -> Refusal:
    """The refusal of a file: what is wrong with it, or that nobody has read it."""
    if isinstance(path, Unusable):
        error = path.error
        return Refusal(BAD_VOCABULARY, f"cannot use its vocabulary: {error}", field="vocabulary", help=error.help)
    message = f"names the file `{path}`, and only the layers of a model and of `prepare` read theirs"
    return Refusal(BAD_VOCABULARY, message, field="vocabulary", help="list the words")


def refused(message: str, advice: str | None = None) -> Refusal:
    """The refusal of a vocabulary."""
    return Refusal(BAD_ARGUMENT, message, field="vocabulary", help=advice)


def _check_unique(tokens: tuple[int | str, ...]) -> None:
    seen: set[int | str] = set()
    for token in tokens:
        if token in seen:
            raise refused(f"has `{token}` twice in its vocabulary", "keep one of them")
        seen.add(token)
