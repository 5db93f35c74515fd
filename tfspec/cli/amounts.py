"""Large numbers in few letters: `1.15 M` operations, `37.4 kB`."""

from __future__ import annotations

STEP = 1000
"""Between a unit and the next one, of bytes too: 1 kB is 1,000 bytes."""
PREFIXES = ("", "k", "M", "G", "T", "P", "E")
DIGITS = 3


def amount(number: int | None, unit: str = "") -> str:
    """A number with three digits and a prefix; `?` where it is unknown."""
    if number is None:
        return "?"
    power, scaled = 0, float(number)
    while round(scaled, DIGITS - len(str(int(scaled)))) >= STEP and power + 1 < len(PREFIXES):
        power, scaled = power + 1, scaled / STEP
    digits = f"{scaled:,.0f}" if not power else f"{scaled:,.{max(DIGITS - len(str(int(scaled))), 0)}f}"
    return f"{digits} {PREFIXES[power]}{unit}".rstrip()
