"""What a layer was told, beside what Keras's layer says of itself: an argument that is lost changes no shape."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from tfspec.catalogue import Declaration
from tfspec.catalogue.layers.layer import Layer

from .compare import Disagreement

NOT_COMPARED = {
    "dtype": "seen in the dtypes of weights and results",
    "groups": "-1 stands for as many groups as there are channels",
    "lora_alpha": "means nothing without `lora_rank`, and Keras forgets it",
    "name": "given by the model, and compared as such",
    "trainable": "seen in the weights; a layer that does not learn freezes those inside",
    "zero_output_for_mask": "`Bidirectional` says it to what it wraps",
}
"""Arguments of which Keras rightly says something else, and why."""


def arguments_differ(layer: Layer, built: Any) -> Iterator[Disagreement]:
    """The arguments that were said of a layer, of which its configuration in Keras says otherwise."""
    try:
        config = built.get_config()
    except NotImplementedError:  # Keras cannot say what a few layers were given, such as a `dtype` of `ELU`
        return
    for name in _differing(layer, config):
        what = f"argument {name} of {type(layer).__name__} `{built.name}`"
        yield Disagreement(what, str(layer.said[name]), str(config[name]))


def _differing(thing: Declaration, config: dict[str, Any]) -> Iterator[str]:
    for name, value in thing.said.items():
        if name not in NOT_COMPARED and name in config and not _holds(value, config[name]):
            yield name


def _holds(said: Any, held: Any) -> bool:
    """Whether a configuration holds what was said, in the form that Keras gives it."""
    if said is None:
        return True
    if isinstance(said, Declaration):
        return _is_thing(said, held)
    if isinstance(said, tuple):
        return isinstance(held, (list, tuple)) and (_each(said, held) or _each(said[::-1], held))  # ranges are sorted
    if isinstance(held, (list, tuple)):  # one number is the same for all axes, or an end of a range
        return bool(held) and (_holds(said, held[0]) or _holds(said, held[-1]))
    if isinstance(said, float) and isinstance(held, (int, float)):
        return math.isclose(said, held, rel_tol=1e-6)  # penalties are kept in float32
    return bool(said == held)


def _each(said: Any, held: Any) -> bool:
    return len(said) == len(held) and all(map(_holds, said, held))


def _is_thing(said: Declaration, held: Any) -> bool:
    if isinstance(held, str):
        return _plain(held) == _plain(type(said).__name__)
    if held is None:
        return False
    is_same = _plain(held["class_name"]) == _plain(type(said).__name__)
    return is_same and not any(_differing(said, held["config"]))


def _plain(name: str) -> str:
    """A name as a class and as a function at once: `LeakyRelu` and `leaky_relu`."""
    return name.replace("_", "").lower()
