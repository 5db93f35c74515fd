"""From a declaration to the object of Keras that it declares."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import keras

from tfspec.catalogue import Declaration
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric

RANK = 8
"""More axes than any layer gives, for the symbol that an activation along an axis is tried on."""


def to_keras(thing: Declaration, **more: Any) -> Any:
    """The Keras object that a thing declares, with the arguments that were said and `more`.

    Arguments that were left out are left to Keras, whose defaults the declarations repeat. What
    only `compile` knows (`accuracy`, `crossentropy`) stays a word.
    """
    if not thing.keras:
        return thing.written
    module = attrgetter(thing.keras)(keras)
    if thing.family == "activation":
        return _activation(getattr(module, thing.spelling()), thing)
    arguments = {name: _value(value) for name, value in thing.said.items()}
    if thing.family == "metric":  # thresholds in a tuple are refused, against Keras's own documentation
        arguments = {name: list(value) if isinstance(value, tuple) else value for name, value in arguments.items()}
    made = getattr(module, type(thing).__name__)(**(arguments | more))
    if isinstance(made, keras.layers.Bidirectional):
        _freeze_copies(made, thing)
    if thing.said.get("trainable") is False:
        freeze(made)
    return made


def freeze(layer: Any) -> None:
    """Keep a layer as it is in training, with all that is inside, which Keras's own argument does not reach."""
    layer.trainable = True  # TensorFlow leaves out an assignment that changes nothing
    layer.trainable = False


def _freeze_copies(made: Any, thing: Any) -> None:
    """Freeze what Keras has made anew of a frozen layer: the cell of `ConvLSTM2D` is not in its configuration."""
    if not thing.layer.trainable:
        freeze(made.forward_layer)
    if not (thing.backward_layer or thing.layer).trainable:
        freeze(made.backward_layer)


def _activation(function: Callable[..., Any], thing: Declaration) -> Any:
    """The function of an activation; with arguments, the operation that Keras makes of a call of it.

    A saved model holds a function by its name alone, so arguments bound to it would be lost or
    refused. An operation is saved with its arguments, as it is in every functional model that calls
    it, and loads without tfspec. A layer such as `LeakyReLU` would be saved as well, but casts to a
    dtype policy of its own, and most activations have none.
    """
    if not thing.said:
        return function
    symbol = keras.KerasTensor((2,) * RANK)
    call = getattr(keras.ops, thing.spelling()) if thing.spelling() == "sparsemax" else function  # not symbolic itself
    operation = call(symbol, **thing.said)._keras_history.operation  # noqa: SLF001 - how Keras finds it, too
    return type(operation).from_config({**operation.get_config(), "name": thing.spelling()})


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
    if isinstance(value, tuple) and any(isinstance(item, Declaration) for item in value):
        return [_value(item) for item in value]  # Keras loads saved lists of layers, and no tuples
    if isinstance(value, (list, tuple)):
        return type(value)(_value(item) for item in value)
    return value
