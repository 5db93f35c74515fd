"""Did you mean: the known word that is nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 3
"""Letters that a word needs to be taken for the beginning of another."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for, or None.

    Words that differ only in case, hyphens and underscores are the same word. After them come
    swapped letters (`fti`) and abbreviations, initials (`lr`) and beginnings (`val`); then what
    `difflib` finds close. Of several that are as near, the one in the same case is named.
    """
    return _nearest(word, tuple(known))


@lru_cache(maxsize=256)  # one wrong word of a repeat is looked up at every turn of it
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    import difflib  # only a spec with a mistake pays for it

    candidates = sorted(known, key=lambda candidate: candidate.islower() != word.islower())
    by_plain = {_plain(candidate): candidate for candidate in reversed(candidates)}
    asked = _plain(word[:80])
    if asked in by_plain:
        return by_plain[asked]
    for candidate in candidates:
        initials = "".join(part[:1] for part in candidate.split("_"))
        swapped = len(asked) >= SHORTEST and sorted(_plain(candidate)) == sorted(asked)
        if (len(initials) > 1 and initials == asked) or swapped:
            return candidate
    begun = [candidate for candidate in candidates if len(asked) >= SHORTEST and _plain(candidate).startswith(asked)]
    if begun:
        return min(begun, key=len)
    found = difflib.get_close_matches(asked, by_plain, n=1, cutoff=0.7)
    return by_plain[found[0]] if found else None


def _plain(text: str) -> str:
    return text.lower().replace("_", "").replace("-", "").replace(" ", "")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The help line for an unknown word, or None where nothing is near."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else None


def one_of(words: Iterable[str], conjunction: str = "or") -> str:
    """Words as a sentence lists them: `a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) <= 1:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"
