"""How much a spec may hold, so that no text can take the reader's machine.

The numbers are far above what a person writes and far below what hurts.
"""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 10_000_000
"""Size of a file, and characters of a text that came some other way."""

MAX_DEPTH: Final = 100
"""Lists and mappings inside one another; what follows may walk a tree by recursion."""

MAX_VALUES: Final = 1_000_000
"""Values after aliases are replaced by what they stand for; a long text counts as several."""

MAX_PROBLEMS: Final = 100
"""Problems after which reading stops, since nobody reads more at a time."""

MAX_DIGITS: Final = 250
"""Characters of a number: a whole number that is shorter can still become a float."""

MAX_DIRECTIVES: Final = 100
"""Lines that look like `%TAG` directives; libyaml compares each with every one before it."""


def weight(text: str) -> int:
    """How many values a scalar counts for, so that repeating a long text by alias is seen."""
    return 1 + len(text) // 64
