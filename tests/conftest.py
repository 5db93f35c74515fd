"""What all tests share: how often Hypothesis draws, and a quiet TensorFlow."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

# They must be set before TensorFlow is first imported, which only the tests that need it do.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}

settings.register_profile("ci", max_examples=40, derandomize=True, database=None, **UNHURRIED)
settings.register_profile(
    "survey", max_examples=40, derandomize=True, database=None, phases=[Phase.generate], **UNHURRIED
)
settings.register_profile("random", max_examples=40, **UNHURRIED)
settings.register_profile("deep", max_examples=2000, **UNHURRIED)
settings.load_profile(os.environ.get("TFSPEC_HYPOTHESIS_PROFILE", "ci"))

# Hypothesis also draws constants of the modules that are loaded. Which these are depends on the tests that
# ran before in the same process, so that a derandomised test would draw something else in every run.
providers._get_local_constants = Constants


DATASETS = Path(__file__).parents[2] / "shared" / "datasets"


@pytest.fixture(scope="session")
def keras() -> Any:
    """Keras, imported by the first test that asks for it."""
    import keras

    return keras


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
