"""What a run ran on: versions, machine, command line."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from typing import Any

PACKAGES = ("tfspec", "keras", "tensorflow", "numpy", "scikit-learn", "pydantic", "PyYAML")


def describe_environment() -> dict[str, Any]:
    """Versions of everything that a result can hang on, and the command line."""
    import keras

    return {
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "backend": keras.backend.backend(),
        "platform": platform.platform(),
        "command": sys.argv,
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
