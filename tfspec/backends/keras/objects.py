"""From a declaration to the object of Keras that it declares."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import keras

from tfspec.catalogue import Declaration
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric


def to_keras(thing: Declaration, **more: Any) -> Any:
    """The Keras object that a thing declares, with the arguments that were said and `more`.

    Arguments that were left out are left to Keras, whose defaults the declarations repeat. An
    activation is a function; what only `compile` knows (`accuracy`, `crossentropy`) stays a word.
    """
    if not thing.keras:
        return thing.written
    module = attrgetter(thing.keras)(keras)
    if thing.family == "activation":
        return getattr(module, thing.spelling())
    arguments = {name: _value(value) for name, value in thing.said.items()}
    if thing.family == "metric":  # thresholds in a tuple are refused, against Keras's own documentation
        arguments = {name: list(value) if isinstance(value, tuple) else value for name, value in arguments.items()}
    return getattr(module, type(thing).__name__)(**(arguments | more))


def for_compile(thing: Loss | Metric) -> Any:
    """What `compile` is given for a loss or a metric: a bare word as it was written, else the object.

    Keras names a metric after the word. An object without a name gets one here, since Keras would
    number it by all the metrics that the process has made before.
    """
    if thing.compile_word and not thing.said:
        return thing.written
    if isinstance(thing, Metric):
        return to_keras(thing, name=thing.history_name)
    return to_keras(thing)


def _value(value: Any) -> Any:
    if isinstance(value, Declaration):
        return to_keras(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_value(item) for item in value)
    return value
