"""Every problem code that the rooms declare."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import tfspec
from tfspec.diagnostics import Code

LIGHT = ("source", "tensors", "catalogue", "expand", "spec", "graph", "analysis", "backends")
HEAVY = ("data", "runner")
"""Rooms whose doors import TensorFlow or NumPy: their file of problems is read without opening the door."""


def all_codes() -> list[Code]:
    """The codes of all rooms, by number; TensorFlow is not needed for it."""
    modules = [import_module(f"tfspec.{room}.problems") for room in LIGHT] + [_behind_the_door(room) for room in HEAVY]
    found: dict[str, Code] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Code):
                found[value.id] = value
    return [found[key] for key in sorted(found)]


def _behind_the_door(room: str) -> ModuleType:
    """The problems of a room that is not imported itself."""
    name = f"tfspec.{room}.problems"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(f"_{room}_problems", Path(tfspec.__file__).parent / room / "problems.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"tfspec is not complete: {room}/problems.py is missing", name=name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
