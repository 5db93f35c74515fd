"""What only some commands need: TensorFlow and Keras."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

EXTRA = ("tensorflow", "keras", "numpy", "sklearn")


def need(module: str) -> Any:
    """A module of tfspec that stands on TensorFlow; without it the command says what to install and ends."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # errors come as exceptions, which we tell
    try:
        with _hushed():
            return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        click.echo(
            f"this command needs {error.name}, which is not installed; type: pip install 'tfspec[tensorflow]'", err=True
        )
        sys.exit(1)


@contextmanager
def _hushed() -> Iterator[None]:
    """Standard error held back, and let through only if something goes wrong.

    TensorFlow's libraries greet on file descriptor 2 as they are loaded, whatever the log level is.
    """
    try:
        stderr = os.dup(2)
    except OSError:  # there is no standard error to be held back
        yield
        return
    with tempfile.TemporaryFile() as held:
        sys.stderr.flush()
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(stderr, held.read())
            raise
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
