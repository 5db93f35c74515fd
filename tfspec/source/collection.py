"""Python's search for garbage, put off while large trees are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Look for no garbage in the meantime.

    Trees and graphs hold no circles, so there is nothing to find, and looking through what is
    there over and over takes most of the time that a large spec takes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
