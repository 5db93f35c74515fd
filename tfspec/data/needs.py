"""What a file of rows has to give to a model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tfspec.analysis import Feeds
from tfspec.tensors import TensorType


class Needs(NamedTuple):
    """The columns that are needed of a file: features all of them, labels if it has them."""

    file: str
    features: dict[str, TensorType]
    labels: dict[str, TensorType]
    class_names: Mapping[str, tuple[str, ...]]
    """Names of the classes of a label, where its texts stand for class numbers."""


def needs_of(path: Path, feeds: Feeds, class_names: Mapping[str, tuple[str, ...]]) -> Needs:
    """The columns that a model is fed and learns, in the types that the data had."""
    columns, facts = feeds.facts.columns, feeds.facts
    features = {name: columns[name].type for feed in feeds.inputs.values() for name in feed.columns}
    labels = {lesson.column: columns[lesson.column].type for lesson in feeds.targets.values()}
    known = {facts.labels[0]: facts.class_names} if len(facts.labels) == 1 and facts.class_names else {}
    return Needs(str(path), features, labels, {**known, **class_names})
