"""What the tests of the data room need: data sets without a network, and specs in a line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tfspec.analysis import Feeds
from tfspec.analysis.feeds import bind_feeds
from tfspec.data import Splits, load_splits
from tfspec.spec import Spec, load

DATASETS = Path(__file__).parents[2].parent / "shared" / "datasets"


@pytest.fixture(scope="session")
def keras_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of Keras that holds its data sets: a copy, since Keras may write to its home."""
    folder = DATASETS / "keras"
    if not folder.is_dir():
        pytest.skip(f"Keras's data sets are not at {folder}")
    config = pytest.importorskip("keras.src.backend.config", reason="Keras is not installed")
    home = tmp_path_factory.mktemp("home") / "keras"
    shutil.copytree(folder, home)
    for path in home.rglob("*"):
        path.chmod(0o755)
    before = config.keras_home()
    config._KERAS_DIR = str(home)
    yield home
    config._KERAS_DIR = before


@pytest.fixture(scope="session")
def data_files() -> Path:
    """The folder of small data files."""
    folder = DATASETS / "files"
    if not folder.is_dir():
        pytest.skip(f"the small data files are not at {folder}")
    return folder


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
