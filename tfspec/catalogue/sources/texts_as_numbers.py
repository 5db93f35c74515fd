"""Texts as lists of word numbers: Keras's film reviews and news wires."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from tfspec.catalogue.fields import NonNegativeInt, PositiveInt
from tfspec.tensors import TensorType

from .named import NamedSource, TestShare, labelled, train_rows
from .source import Column, Facts

IMDB_ROWS = 25_000
REUTERS_ROWS = 11_228
REUTERS_CLASSES = (
    "cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply", "coffee", "sugar",
    "trade", "reserves", "ship", "cotton", "carcass", "crude", "nat-gas", "cpi", "money-fx", "interest", "gnp",
    "meal-feed", "alum", "oilseed", "gold", "tin", "strategic-metal", "livestock", "retail", "ipi", "iron-steel",
    "rubber", "heat", "jobs", "lei", "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog",
    "lead",
)  # fmt: skip


class NumberedTexts(NamedSource):
    """Texts in which every word is a number, the more frequent the smaller: 1 is the most frequent word.

    Keras puts `start_char` in front of every text and adds `index_from` to every word, so that 0 is
    free for padding. Texts are then padded with 0, or cut, to one length.
    """

    example: ClassVar[dict[str, object]] = {"num_words": 10000, "pad_to": 200}

    frequent_words: ClassVar[int]
    """The number of different words in the data, which is also the number of the rarest one."""

    num_words: PositiveInt | None = None
    """Bound of the word numbers: words of this number and above are replaced by `oov_char`."""
    skip_top: NonNegativeInt = 0
    """Words below this number, the most frequent ones, are replaced by `oov_char`."""
    maxlen: PositiveInt | None = None
    """Length from which on a text is left out altogether; `pad_to` cuts texts instead."""
    seed: NonNegativeInt = 113
    """Seed by which Keras shuffles the texts."""
    start_char: NonNegativeInt | None = 1
    """Number that marks the start of every text; `null` for no mark."""
    oov_char: NonNegativeInt | None = 2
    """Number that stands for words left out (out of vocabulary); `null` to drop them from the text."""
    index_from: NonNegativeInt = 3
    """What is added to every word's number."""
    pad_to: PositiveInt | None = None
    """Number of words that every text is padded or cut to; the length of the longest text if left out."""
    padding: Literal["pre", "post"] = "pre"
    """Whether padding stands before or after the text."""
    truncating: Literal["pre", "post"] = "pre"
    """Whether a text that is too long loses its start or its end."""

    @property
    def highest(self) -> int:
        """The largest number in the texts, or a little more than it where words were left out.

        Without `num_words` Keras takes the largest number as the bound, and so leaves it out.
        """
        largest = max(self.frequent_words + self.index_from, self.start_char or 0)
        bound = min(self.num_words or largest, largest + 1)
        return max(bound - 1, self.oov_char or 0)

    def _facts(self, classes: int, rows: int, test_rows: int, names: tuple[str, ...]) -> Facts:
        """What both data sets have in common; where `maxlen` drops texts, `test_rows` is an upper bound."""
        x = Column(TensorType((None, self.pad_to), "int32"), highest=self.highest)
        y = Column(TensorType((None,), "int64"), classes=classes)
        return labelled(x, y, None if self.maxlen else rows, test_rows, names)


class Imdb(NumberedTexts):
    """Reviews of films, for and against: 25,000 texts of word numbers, and 25,000 to test on."""

    word = "imdb"
    frequent_words = 88_584

    def facts(self, root: Path) -> Facts:
        return self._facts(2, IMDB_ROWS, IMDB_ROWS, ("negative", "positive"))


class Reuters(NumberedTexts):
    """News wires of 1987 on 46 topics: 11,228 texts of word numbers."""

    word = "reuters"
    frequent_words = 30_979

    test_split: TestShare = 0.2
    """Fraction of the texts that is for testing."""

    def facts(self, root: Path) -> Facts:
        train = train_rows(REUTERS_ROWS, self.test_split)
        return self._facts(46, train, REUTERS_ROWS - train, REUTERS_CLASSES)
