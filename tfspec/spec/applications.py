"""Applications: from a network's name to the spec that says what it is made of."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from tfspec.catalogue.applications.application import Application

from .document import Spec
from .load import load

PACKAGE = Path(__file__).parents[1]


def application_spec(application: Application) -> Spec:
    """The spec that an application stands for, with its arguments in place of the spec's variables."""
    variables = (f"{name}={json.dumps(value)}" for name, value in application.variables.items())
    return _load(application.spelling(), tuple(variables))


def application_folder() -> Path:
    """Where the specs of the applications stand: in the installed package, or beside it in its repository."""
    inside = PACKAGE / "applications"
    return inside if inside.is_dir() else PACKAGE.parent / "specs" / "applications"


@lru_cache(maxsize=16)
def _load(name: str, variables: tuple[str, ...]) -> Spec:
    return load(application_folder() / f"{name.lower()}.yaml", variables=variables)
