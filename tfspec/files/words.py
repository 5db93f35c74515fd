"""The words of a vocabulary file: one on each line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .error import FileError, shown
from .lines import read_lines

MAX_WORDS: Final = 10_000_000
"""Words of a file; a lookup of more would not fit into most machines."""


def read_words(path: Path) -> tuple[str, ...]:
    """The words of a file in order, each one once.

    Raises:
        FileError: The file cannot be read, or a line is empty or says a word again.
    """
    lines: dict[str, int] = {}
    for number, line in enumerate(read_lines(path), start=1):
        word = line.rstrip("\r\n")
        if not word:
            raise FileError(f"line {number} of {shown(path)} is empty", number, "take it out: every line is a word")
        if word in lines:
            message = f"line {number} of {shown(path)} says `{word}` again, as line {lines[word]} does"
            raise FileError(message, number, "keep one of them")
        if number > MAX_WORDS:
            raise FileError(f"{shown(path)} has more than {MAX_WORDS:,} lines", number)
        lines[word] = number
    if not lines:
        raise FileError(f"{shown(path)} is empty", help="put a word on each line")
    return tuple(lines)


def read_numbers(path: Path) -> tuple[int, ...]:
    """The whole numbers of a file in order, each one once.

    Raises:
        FileError: The file cannot be read, or a line is no whole number or says one again.
    """
    lines: dict[int, int] = {}
    for line, word in enumerate(read_words(path), start=1):
        try:
            number = int(word)
        except ValueError:
            raise FileError(f"line {line} of {shown(path)} is no whole number: `{word}`", line) from None
        if number in lines:
            message = f"line {line} of {shown(path)} says `{number}` again, as line {lines[number]} does"
            raise FileError(message, line, "keep one of them")
        lines[number] = line
    return tuple(lines)
