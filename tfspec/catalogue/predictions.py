"""What losses and metrics compare: the form of the labels, and what the model must give."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from .activations import Gives

Labels: TypeAlias = Literal["same", "integers", "one_hot", "zero_one"]
"""The form of the labels."""

LABEL_WORDS: dict[Labels, str] = {
    "same": "numbers in the shape of the output",
    "zero_one": "0 or 1 in the shape of the output, each for itself",
    "one_hot": "a vector over the classes that adds up to 1, as one-hot labels do",
    "integers": "class numbers, without the axis of the classes that the output has",
}
"""What each form is."""

Wants: TypeAlias = Literal["numbers", "signed", "positive", "probability", "probabilities", "integers"]
"""What the model must give."""

WANTS_WORDS: dict[Wants, str] = {
    "numbers": "any numbers",
    "signed": "numbers on both sides of 0",
    "positive": "numbers above 0",
    "probability": "numbers between 0 and 1, each for itself",
    "probabilities": "numbers between 0 and 1 that add up to 1 along the last axis",
    "integers": "class numbers, which no layer gives by training",
}
"""What each demand is."""

SUITED: dict[Wants, frozenset[Gives]] = {
    "numbers": frozenset({"numbers", "signed", "non_negative", "positive", "probability", "probabilities"}),
    "signed": frozenset({"numbers", "signed"}),
    "positive": frozenset({"non_negative", "positive"}),
    "probability": frozenset({"probability", "probabilities"}),
    "probabilities": frozenset({"probabilities"}),
    "integers": frozenset(),
}
"""The activations of a head that do what a loss or a metric wants, where it takes no logits."""


class Need(NamedTuple):
    """What an argument of a metric needs of the last axis of the output: so many values at least, or just so many."""

    argument: str
    size: int
    exactly: bool = False
