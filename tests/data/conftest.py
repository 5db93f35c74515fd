"""What the tests of the data room need: data sets without a network, and specs in a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tfspec.analysis import Feeds
from tfspec.analysis.feeds import bind_feeds
from tfspec.data import Splits, load_splits
from tfspec.spec import Spec, load


class Loaded:
    """A spec with its feeds, ready to be loaded."""

    def __init__(self, spec: Spec, feeds: Feeds, root: Path) -> None:
        self.spec = spec
        self.feeds = feeds
        self.root = root

    @property
    def splits(self) -> Splits:
        """What the data room makes of it."""
        return load_splits(self.spec, self.feeds, self.root)


@pytest.fixture
def prepare(tmp_path: Path) -> Callable[..., Loaded]:
    """Make a spec with a source and other keys of `data`, for a model with inputs and outputs of these `names`."""

    def make(
        source: Any,
        *,
        root: Path = tmp_path,
        seed: int | None = 7,
        names: tuple[tuple[str, ...], tuple[str, ...]] = (("in",), ("out",)),
        **data: Any,
    ) -> Loaded:
        model = {"sequential": {"layers": [{"Dense": {"units": 1}}]}}
        tree = {"tfspec": 1, "model": model, "data": {"source": source, **data}}
        spec = load(tree if seed is None else {**tree, "seed": seed})
        assert spec.data is not None
        facts = spec.data.source.facts(root)
        assert facts is not None
        feeds, problems = bind_feeds(spec, facts, *names)
        assert problems == []
        return Loaded(spec, feeds, root)

    return make
