"""Made-up examples that follow from a seed."""

from __future__ import annotations

import numpy as np

from tfspec.catalogue.sources.synthetic import Synthetic

from .columns import Array, Columns


def make_synthetic(source: Synthetic, seed: int) -> Columns:
    """The examples that the source describes: the same ones for the same seed."""
    own = seed if source.seed is None else source.seed
    generator = np.random.default_rng(own)
    make = _words if source.highest else _numbers
    x, y = make(source, generator)
    return Columns({"x": x, "y": y}, None, {})


def _numbers(source: Synthetic, generator: np.random.Generator) -> tuple[Array, Array]:
    """Numbers: around the centre of their class, or with a label that is a weighted sum of them."""
    shape = (source.examples, *source.shape)
    if source.classes is None:
        x = generator.standard_normal(shape, dtype=np.float32)
        weights = generator.standard_normal(source.shape, dtype=np.float32)
        weights /= max(float(np.linalg.norm(weights)), 1e-6)  # so that the sum has a deviation of 1
        return x, _with_noise(np.tensordot(x, weights, axes=len(source.shape)), source, generator)
    y = generator.integers(source.classes, size=source.examples)
    centres = generator.standard_normal((source.classes, *source.shape), dtype=np.float32)
    x = generator.standard_normal(shape, dtype=np.float32)
    x *= np.float32(source.noise)
    x += centres[y]
    return x, y


def _words(source: Synthetic, generator: np.random.Generator) -> tuple[Array, Array]:
    """Whole numbers from 1 on: mostly those of their class, or with a label that is the mean of their weights."""
    highest = source.highest or 1
    shape = (source.examples, *source.shape)
    words = generator.integers(1, highest, size=shape, dtype=np.int32, endpoint=True)
    if source.classes is None:
        weights = generator.standard_normal(highest + 1, dtype=np.float32)
        sums = weights[words].reshape(source.examples, -1).sum(axis=1) / np.sqrt(words[0].size)
        return words, _with_noise(sums, source, generator)
    y = generator.integers(source.classes, size=source.examples)
    own = _words_of_class(y.reshape(-1, *(1,) * len(source.shape)), source.classes, highest, generator, shape)
    strange = generator.random(shape) < source.noise
    return np.where(strange, words, own).astype(np.int32), y


def _words_of_class(
    y: Array, classes: int, highest: int, generator: np.random.Generator, shape: tuple[int, ...]
) -> Array:
    """Words of which the class is the rest of a division: class 1 of 3 has the words 2, 5, 8 and so on."""
    how_many = (highest - y - 1) // classes + 1
    words: Array = (generator.random(shape) * how_many).astype(np.int32) * classes + y + 1
    return words


def _with_noise(label: Array, source: Synthetic, generator: np.random.Generator) -> Array:
    noise = generator.standard_normal(source.examples, dtype=np.float32)
    noisy: Array = (label + np.float32(source.noise) * noise).astype(np.float32)
    return noisy
