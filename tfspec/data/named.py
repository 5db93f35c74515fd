"""Keras's own data sets, loaded by Keras."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tfspec.catalogue.sources.named import NamedSource
from tfspec.catalogue.sources.texts_as_numbers import NumberedTexts
from tfspec.diagnostics import Refusal

from .columns import Array, Columns
from .problems import BAD_SOURCE, NO_DATA_SET

TIMEOUT = 30.0
"""Seconds that a download may stand still, so that a network that swallows everything cannot hang a run."""

FILES = {
    "mnist": ("mnist.npz",),
    "fashion_mnist": tuple(
        f"fashion-mnist/{name}-ubyte.gz"
        for name in ("train-labels-idx1", "train-images-idx3", "t10k-labels-idx1", "t10k-images-idx3")
    ),
    "cifar10": ("cifar-10-batches-py-target_archive",),
    "cifar100": ("cifar-100-python-target_archive",),
    "imdb": ("imdb.npz",),
    "reuters": ("reuters.npz",),
    "boston_housing": ("boston_housing.npz",),
    "california_housing": ("california_housing.npz",),
}
"""What Keras looks for in its folder `datasets`; the archives are the downloads under another name."""

ORIGINS = {"cifar10": "cifar-10-python.tar.gz", "cifar100": "cifar-100-python.tar.gz"}


def load_named(source: NamedSource) -> Columns:
    """The data set as Keras gives it, texts padded to one length.

    Keras downloads what it does not find in its home.

    Raises:
        Refusal: The data set is not there and cannot be had, or its arguments leave nothing of it.
    """
    import keras

    word = source.spelling()
    own = ("pad_to", "padding", "truncating")
    arguments = {name: value for name, value in source.said.items() if name not in own}
    try:
        with _impatient():
            (x, y), (x_test, y_test) = getattr(keras.datasets, word).load_data(**arguments)
    except Exception as error:  # Keras raises bare exceptions where a download fails
        raise _refusal(word, error) from error
    if isinstance(source, NumberedTexts):
        x, x_test = pad(source, x, x_test)
    facts = source.facts(Path())
    names = facts.class_names if facts else ()
    test = {"x": x_test, "y": y_test} if len(y_test) else None
    return Columns({"x": x, "y": y}, test, {"y": names} if names else {})


def pad(source: NumberedTexts, *parts: Any) -> list[Array]:
    """The texts as arrays of one length, the same for all parts."""
    from keras.utils import pad_sequences

    length = source.pad_to or max((len(text) for texts in parts for text in texts), default=0)
    sides = {"padding": source.padding, "truncating": source.truncating}
    return [np.asarray(pad_sequences(texts, maxlen=length, dtype="int32", **sides)) for texts in parts]


@contextmanager
def _impatient() -> Iterator[None]:
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(TIMEOUT)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _refusal(word: str, error: Exception) -> Refusal:
    folder = _folder()
    missing = [name for name in FILES[word] if not (folder / name).is_file()]
    if not missing:
        return Refusal(BAD_SOURCE, f"`{word}` does not load: {error}")
    wanted = "\n".join(f"`{folder / name}`" for name in missing)
    renamed = f", which is `{ORIGINS[word]}` under the name that Keras gives it" if word in ORIGINS else ""
    return Refusal(
        NO_DATA_SET,
        f"`{word}` is not on this machine, and could not be downloaded",
        notes=(f"{type(error).__name__}: {error}",),
        help=f"connect to the network, or put the file there{renamed}:\n{wanted}",
    )


def _folder() -> Path:
    """Where Keras keeps its data sets; it goes to /tmp where it may not write. Source: `keras.utils.get_file`."""
    import os

    from keras.src.backend import config  # the only place that knows it: no public name gives the home

    home = Path(config.keras_home()).expanduser()
    return (home if os.access(home, os.W_OK) else Path("/tmp/.keras")) / "datasets"  # noqa: S108 - Keras's own choice
