"""Keys that are known to the language, but belong in another place than where they stand."""

from __future__ import annotations

from tfspec.catalogue import Strict

from .document import Compile, Data, Fit, Spec, Split

SECTIONS: dict[str, type[Strict]] = {"compile": Compile, "fit": Fit, "data": Data, "data.split": Split}

KERAS_WORDS = {
    "input_shape": "the input says the shape: `input: {shape: […]}`",
    "batch_input_shape": "the input says the shape: `input: {shape: […], batch_size: …}`",
    "batch_shape": "the input says the shape: `input: {shape: […], batch_size: …}`",
    "input_length": "the input says the length: `input: {shape: [length]}`",
    "validation_split": "the data says it: `data.split: {validation: 0.1}`",
    "validation_data": "the data says it: `data.split: {validation: 0.1}`",
    "dtype_policy": "the spec says it: `precision`, or `dtype` for one layer",
    "decay": "give the learning rate a schedule: `learning_rate: {ExponentialDecay: {…}}`",
}
"""Words of Keras that a spec says in another way."""


def elsewhere(key: str, section: str) -> str | None:
    """Where a key belongs that `section` does not have; None for a key that nothing has.

    `section` is dotted, and empty for the top of a spec.
    """
    if key in KERAS_WORDS:
        return KERAS_WORDS[key]
    if section not in SECTIONS and section:
        return None
    if section and key in Spec.model_fields:
        return f"`{key}` stands at the top of the spec, not in a section"
    places = [place for place, cls in SECTIONS.items() if place != section and key in cls.model_fields]
    return f"`{key}` belongs below `{places[0]}`" if places else None
