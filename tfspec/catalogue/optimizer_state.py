"""What optimizers keep from step to step, in bytes; as Keras 3.15 builds their variables."""

from __future__ import annotations

import re
from typing import Any

from tfspec.tensors import Weight, product, width

from .optimizers import Optimizer
from .schedules import Schedule

COUNT = 8
"""Bytes of the number of steps."""
NUMBER = 4
"""Bytes of a single number, such as the learning rate."""
LOSS_SCALE = 2 * COUNT + 2 * NUMBER
"""Bytes that scaling the loss takes: two counts, the scale, and a learning rate that is not used."""
MATRIX = 2
"""Axes of a matrix."""


def state_beside(optimizer: Optimizer, weight: Weight, path: str) -> int:
    """Bytes that are kept beside a trained weight, whose path in the model `Muon` looks at."""
    stepping: Any = getattr(optimizer, "inner_optimizer", optimizer)
    name = type(stepping).__name__
    slots: int = 1 + _goes_by_adam(stepping, weight, path) if name == "Muon" else stepping.own_slots
    slots += stepping.use_ema + (stepping.gradient_accumulation_steps is not None)
    return slots * weight.bytes + (_factors(weight) if name == "Adafactor" else 0)


def state_once(optimizer: Optimizer) -> int:
    """Bytes that are kept once, however many weights there are."""
    inner = getattr(optimizer, "inner_optimizer", None)
    if inner is not None:
        return LOSS_SCALE + state_once(inner)
    is_variable = not isinstance(getattr(optimizer, "learning_rate", None), Schedule)
    return COUNT + NUMBER * is_variable + NUMBER * (type(optimizer).__name__ == "Nadam")  # the product of its momenta


def _factors(weight: Weight) -> int:
    """The sums over rows and columns of `Adafactor`; a vector has two whole numbers in their place, which stay 0."""
    if len(weight.shape) < MATRIX:
        return 2 * NUMBER
    *rest, rows, columns = weight.shape
    sums = [product((*rest, size)) for size in (rows, columns)]
    return sum(count for count in sums if isinstance(count, int)) * (width(weight.dtype or "float32") or 0)


def _goes_by_adam(optimizer: Any, weight: Weight, path: str) -> bool:
    """Whether `Muon` keeps a second value, as for every weight but matrices, embeddings and layers that are named."""
    is_embedding = optimizer.exclude_embeddings and "embedding" in path.lower()
    named = any(re.search(pattern, path) for pattern in optimizer.exclude_layers or ())
    return len(weight.shape) != MATRIX or is_embedding or named
