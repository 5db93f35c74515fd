"""From positions in a text to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from tfspec.diagnostics import Span, Text

LINE_END = re.compile(r"\r\n?|\n")


class Places:
    """Where each line of a text begins, so that any position can be given as line and column.

    The YAML reader also counts U+0085, U+2028 and U+2029 as line ends, as YAML 1.1 did; editors
    and YAML 1.2 do not, so lines are counted here and only positions are taken from the reader.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in LINE_END.finditer(text.content))]

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` up to and without `end`."""
        starts = self._starts
        line = bisect_right(starts, start)
        end_line = bisect_right(starts, end)
        return Span(self.text, line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1)

    def line_number(self, position: int) -> int:
        """The line that holds a position, counted from 1."""
        return bisect_right(self._starts, position)

    def line_start(self, position: int) -> int:
        """Where the line begins that holds a position."""
        return self._starts[self.line_number(position) - 1]

    def line(self, number: int) -> str:
        """A line without its end; empty where there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else None
        return self.text.content[self._starts[number - 1] : end].rstrip("\r\n")

    def start_of(self, number: int) -> int:
        """Where a line begins, given by its number."""
        return self._starts[number - 1]
