"""tfspec: declarative model specs for Keras, checked before anything runs.

`load` reads a spec, `check` tells its problems, `inspect` its layers and totals, `build` makes
the Keras model, `run` trains it into a run folder, `schema` gives the JSON Schema. Each takes a
path, YAML or JSON text, a mapping or a `Spec`. Names are loaded when they are first used, and
only `build` and `run` need TensorFlow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfspec.analysis import Summary as Summary
    from tfspec.analysis import check as check
    from tfspec.analysis import inspect as inspect
    from tfspec.backends.keras import build as build
    from tfspec.diagnostics import Problem as Problem
    from tfspec.diagnostics import SpecError as SpecError
    from tfspec.runner import Run as Run
    from tfspec.runner import run as run
    from tfspec.spec import Spec as Spec
    from tfspec.spec import load as load
    from tfspec.spec import schema as schema

__version__ = "0.1.0"

_ROOMS = {
    "Problem": "diagnostics",
    "Run": "runner",
    "Spec": "spec",
    "SpecError": "diagnostics",
    "Summary": "analysis",
    "build": "backends.keras",
    "check": "analysis",
    "inspect": "analysis",
    "load": "spec",
    "run": "runner",
    "schema": "spec",
}
_EXTRA = ("tensorflow", "keras", "numpy", "sklearn")

__all__ = [
    "Problem",
    "Run",
    "Spec",
    "SpecError",
    "Summary",
    "build",
    "check",
    "inspect",
    "load",
    "run",
    "schema",
]


def __getattr__(name: str) -> Any:
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module `tfspec` has no attribute `{name}`")
    try:
        value = getattr(import_module(f"tfspec.{room}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        message = f"`tfspec.{name}` needs {error.name}, which is not installed: pip install 'tfspec[tensorflow]'"
        raise ImportError(message, name=error.name) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOMS])
