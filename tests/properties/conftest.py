"""What the properties share: found cases first, the spec as YAML on failure, a worker that loads models."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).with_name("loading.py")


class Worker:
    """A fresh process that loads saved models and predicts with them, one after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def predict(self, folder: Path) -> str:
        """Load `model.keras` of a folder, and compare what it gives for `inputs.npz` with `outputs.npz`."""
        assert self.process.stdin
        assert self.process.stdout
        print(folder, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


@pytest.fixture(scope="session")
def worker() -> Iterator[Callable[[Path], str]]:
    """What a fresh process says of a saved model."""
    started = Worker()
    yield started.predict
    started.close()


@pytest.fixture(scope="session")
def build(keras: Any) -> Callable[..., Any]:
    """Builds a spec in a fresh session of Keras."""

    def built(spec: dict[str, Any]) -> Any:
        import tfspec

        keras.utils.clear_session(free_memory=False)  # a search of the whole memory for each spec is dear
        return tfspec.build(spec)

    return built
