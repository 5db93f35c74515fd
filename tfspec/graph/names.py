"""Names for layers that have none, as Keras would give them in a fresh session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tfspec.catalogue.declaration import Declaration, snake_case
from tfspec.catalogue.layers.layer import Layer, inner_layers


class Namer:
    """Gives out `dense`, `dense_1`, `dense_2` …, and never a name that the spec itself gives.

    Keras counts the layers of a class as they are made, the layers inside a wrapper before the
    wrapper. Source: `keras.src.utils.naming.auto_name`.
    """

    def __init__(self, taken: Iterable[str], shared: Iterable[str] = ()) -> None:
        self._taken = {*taken, *shared}
        self._unused = set(shared) - set(taken)
        """Names of shared things that no use has yet."""
        self._counts: Counter[str] = Counter()

    def name(self, layer: Declaration) -> str:
        """The name of a layer, or of a model among layers: its own, or the next free one of its class."""
        if isinstance(layer, Layer):
            for inner in inner_layers(layer):
                self.name(inner)
        name: str | None = getattr(layer, "name", None)
        return name or self.next(snake_case(type(layer).__name__))

    def use(self, shared: str) -> str:
        """The name of a use of something shared: the first has its name, others are counted."""
        if shared in self._unused:
            self._unused.remove(shared)
            self._counts[shared] = 1
            return shared
        return self.next(shared)

    def next(self, word: str) -> str:
        """The next free name of a word."""
        while True:
            number = self._counts[word]
            self._counts[word] += 1
            name = f"{word}_{number}" if number else word
            if name not in self._taken:
                self._taken.add(name)
                return name
