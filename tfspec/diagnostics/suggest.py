"""Did you mean: the known word that is nearest to one that is not known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 3
"""Letters that a word needs to be taken for the beginning of another."""

LONGEST = 80
"""Letters of a word that are looked at."""

SEARCHED = 5000
"""Known words that are looked at."""

COMPARED = 200
"""Known words each of which is compared letter by letter; of more, some that begin or end alike."""

REACH = 25
"""How many of those are looked at before and after the place that the word would have among them."""

WEIGHED = 50
"""Known words that are compared in the end, those with the most letters in common."""

CLOSE = 0.7
"""Share of the letters that two words must have in common, in their order."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for, or None.

    Words that differ only in case, hyphens and underscores are the same word. After them come
    swapped letters (`fti`) and abbreviations, initials (`lr`) and beginnings (`val`); then what
    `difflib` finds close. Of several that are as near, the one in the same case is named. It takes
    about as long among thousands of words as among a hundred, since a spec may hold thousands of mistakes.
    """
    return _nearest(word, tuple(known)[:SEARCHED])


@lru_cache(maxsize=256)  # one wrong word of a repeat is looked up at every turn of it
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    return _words(known, word.islower()).nearest(_plain(word[:LONGEST]))


@lru_cache(maxsize=8)  # many wrong words are looked for among the same ones
def _words(known: tuple[str, ...], is_lower: bool) -> _Words:  # noqa: FBT001 - the words in that case go first
    return _Words(sorted(known, key=lambda word: word.islower() != is_lower))


class _Words:
    """Known words, those first that are named first, ordered so that few are looked at for each unknown one."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.plain: dict[str, int] = {}
        """The number of the first word that is written so in plain letters."""
        self.alike: dict[str, int] = {}
        """The number of the first word of these initials, or these letters in any order."""
        for number, word in enumerate(words):
            plain = _plain(word)
            self.plain.setdefault(plain, number)
            initials = "".join(part[:1] for part in word.split("_"))
            if len(initials) > 1:
                self.alike.setdefault(initials, number)
            if SHORTEST <= len(plain) <= LONGEST:
                self.alike.setdefault(_letters(plain), number)
        self.letters = {plain: _set_of(plain) for plain in self.plain}
        self.beginnings = sorted(self.plain)
        self.endings = sorted(plain[::-1] for plain in self.plain)

    def nearest(self, asked: str) -> str | None:
        """The word that one in plain letters most likely stands for."""
        number = self.plain.get(asked)
        if number is None:
            found = [self.alike[key] for key in (asked, _letters(asked)) if key in self.alike]
            number = min(found, default=None)
        if number is None and len(asked) >= SHORTEST:
            number = self._begun(asked)
        if number is None:
            close = _closest(asked, self._candidates(asked), self.letters)
            number = self.plain[close] if close is not None else None
        return self.words[number] if number is not None else None

    def _begun(self, asked: str) -> int | None:
        """The number of the shortest word that begins so."""
        at = bisect_left(self.beginnings, asked)
        begun = [self.plain[word] for word in self.beginnings[at : at + COMPARED] if word.startswith(asked)]
        return min(begun, key=lambda number: (len(self.words[number]), number), default=None)

    def _candidates(self, asked: str) -> Iterable[str]:
        """The words that may be close: all, or those that begin or end most like it."""
        if len(self.beginnings) <= COMPARED:
            return self.beginnings
        begun, ended = bisect_left(self.beginnings, asked), bisect_left(self.endings, asked[::-1])
        alike = self.beginnings[max(begun - REACH, 0) : begun + REACH]
        return {*alike, *(word[::-1] for word in self.endings[max(ended - REACH, 0) : ended + REACH])}


def _closest(asked: str, candidates: Iterable[str], letters: dict[str, int]) -> str | None:
    """The candidate that has the most letters in common with a word, in their order, if they are enough."""
    import difflib  # only a spec with a mistake pays for it

    matcher = difflib.SequenceMatcher(b=asked)
    possible: list[tuple[float, str]] = []
    own = _set_of(asked)
    for candidate in candidates:
        others = letters[candidate]
        most = min(len(asked) - (own & ~others).bit_count(), len(candidate) - (others & ~own).bit_count())
        if 2 * most < CLOSE * (len(asked) + len(candidate)):
            continue
        matcher.set_seq1(candidate)
        if (share := matcher.quick_ratio()) >= CLOSE:
            possible.append((share, candidate))
    best = (CLOSE, "")
    for share, candidate in sorted(possible, reverse=True)[:WEIGHED]:
        if share < best[0]:
            break
        matcher.set_seq1(candidate)
        best = max(best, (matcher.ratio(), candidate))
    return best[1] or None


def _set_of(plain: str) -> int:
    """The letters that a word has, as the bits of a number; some letters share one."""
    bits = 0
    for letter in set(plain):
        bits |= 1 << ord(letter) % 64
    return bits


def _plain(text: str) -> str:
    return text.lower().replace("_", "").replace("-", "").replace(" ", "")


def _letters(plain: str) -> str:
    """The letters of a word in their order in the alphabet, marked so that they are no word's initials."""
    return " " + "".join(sorted(plain))


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
