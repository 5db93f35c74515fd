"""Search: does Keras do with random specs what tfspec says of them?

In comes plain data, out go disagreements, each with both answers. It is the one part of `testing`
that imports Keras, since it is what asks Keras.
"""

from .compare import Disagreement, disagreements

__all__ = ["Disagreement", "disagreements"]
