"""What is asked of an expansion from outside the spec."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Request(NamedTuple):
    """Profiles, overrides and variables, in the order in which they are laid over a spec."""

    profiles: tuple[str, ...] = ()
    """Names of the profiles that apply, in order."""
    overrides: tuple[str, ...] = ()
    """Assignments such as `fit.epochs=3`."""
    variables: tuple[str, ...] = ()
    """Assignments to names of `vars`, such as `width=64`."""
    root: Path | None = None
    """The folder that no file named by a spec may lie outside of; any file goes if left out."""
