"""How much an expression may say and make, so that none can take the reader's machine.

The numbers are far above what a person writes and far below what hurts.
"""

from __future__ import annotations

from typing import Final

MAX_TEXT: Final = 1000
"""Characters of an expression."""

MAX_NESTING: Final = 50
"""Expressions inside one another."""

MAX_STEPS: Final = 100_000
"""Operations that one expression may take."""

MAX_NUMBER: Final = 10**100
"""The whole numbers that an expression reckons with are smaller."""

MAX_LENGTH: Final = 10_000
"""Characters of a text and values in a list, the values inside them counted too."""

MAX_DEPTH: Final = 50
"""Lists and mappings inside one another, in a value."""
