"""What `ImageDataGenerator` did to images, and layers do today."""

from __future__ import annotations

from collections.abc import Callable
from math import radians, sin
from typing import Any

from pydantic import BaseModel

from .advice import Advice, Gone, Instead, Line, Rule, Use, flow
from .python import from_python, solved

START = "at the beginning of `layers`"

EACH = {"LayerNormalization": {"axis": [1, 2, 3], "center": False, "scale": False}}
"""The layer that normalizes every image by itself."""


def _translation(axis: str) -> Callable[[Any], dict[str, Any]]:
    """A shift along one axis; a whole number was one of pixels."""

    def layer(shift: Any) -> dict[str, Any]:
        share = shift if isinstance(shift, (int, float)) and abs(shift) < 1 else "…"
        return {"RandomTranslation": {"height_factor": 0.0, "width_factor": 0.0, axis: share}}

    return layer


def _around_one(factors: Any) -> Any:
    """Factors between two bounds as what they differ from 1; one number is that already."""
    return [_short(factor - 1) for factor in factors] if isinstance(factors, list) else factors


def _short(number: float) -> float:
    return float(f"{number:.3g}")


LAYERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "rescale": lambda scale: {"Rescaling": {"scale": scale}},
    "rotation_range": lambda degrees: {"RandomRotation": {"factor": _short(degrees / 360)}},
    "width_shift_range": _translation("width_factor"),
    "height_shift_range": _translation("height_factor"),
    "shear_range": lambda degrees: {"RandomShear": {"x_factor": _short(sin(radians(degrees)))}},
    "zoom_range": lambda share: {"RandomZoom": {"height_factor": _around_one(share)}},
    "brightness_range": lambda factors: {"RandomBrightness": {"factor": _around_one(factors)}},
    "channel_shift_range": lambda shift: {"RandomColorJitter": {"brightness_factor": _short(shift / 255)}},
    "horizontal_flip": lambda _: {"RandomFlip": {"mode": "horizontal"}},
    "vertical_flip": lambda _: {"RandomFlip": {"mode": "vertical"}},
    "samplewise_center": lambda _: EACH,
    "samplewise_std_normalization": lambda _: EACH,
}
"""By argument: the layer that does the same, or nearly, to a share, an angle, a factor, or two of them."""

TWO = ("zoom_range", "brightness_range")
"""Arguments that take two bounds."""

GREATEST = 1000
"""Bound of the numbers that are taken for angles, shares and factors."""


def layer_of(word: str, value: Any) -> dict[str, Any] | None:
    """The layer that does what an argument asked for; None where its value says nothing."""
    data = from_python(value) if isinstance(value, str) else value
    is_pair = word in TWO and isinstance(data, list) and len(data) == len(TWO) and all(map(_is_factor, data))
    if is_pair or _is_factor(data) or (word == "rescale" and _is_factor(solved(data))):
        return LAYERS[word](data)
    return None


def from_images(arguments: Line) -> Advice:
    """Images come from arrays, and layers change them."""
    asked = {word: layer_of(word, value) for word, value in arguments.items() if word in LAYERS and value}
    layers = dict.fromkeys(f"`{flow(layer)[1:-1]}`" for layer in asked.values() if layer)
    shown = " and ".join(layers or ["layers such as `RandomFlip`"])
    left = {word: AUGMENTATION[word] for word, value in arguments.items() if value and word in AUGMENTATION}
    advice = {word: rule(Use(BaseModel, word, arguments)) for word, rule in left.items() if asked.get(word) is None}
    besides = (f"for `{word}`: {each.help}" for word, each in advice.items() if each)
    return Advice(
        text=f"read the images from `npz: {{path: images.npz}}`, and put {shown} {START}", besides=(*besides,)
    )


def generator(use: Use) -> Advice:
    """A generator that stands as a section of its own."""
    return from_images(use.value if isinstance(use.value, dict) else {})


def one_layer(use: Use) -> Advice:
    """One argument of a generator as the layer that does it."""
    if not use.value:
        return Advice(takes=(use.word,), text="leave it out")
    layer = layer_of(use.word, use.value) or {next(iter(LAYERS[use.word](0))): "…"}
    return Advice(takes=(use.word,), text=f"put `{flow(layer)[1:-1]}` {START}")


def normalization(use: Use) -> Advice:
    """What is computed from the training data is `prepare`'s."""
    if not use.value:
        return Advice(takes=(use.word,), text="leave it out")
    return Advice({"prepare": ["Normalization"]}, (use.word,))


def of_each_layer(use: Use) -> Advice:
    """What stands behind the edge is said to each layer that moves the image."""
    today = {"fill_mode": "fill_mode", "cval": "fill_value", "interpolation_order": "interpolation"}[use.word]
    value = {0: "nearest", 1: "bilinear"}.get(use.value, "…") if today == "interpolation" else use.value
    line = flow({"RandomRotation": {"factor": 0.1, today: value}})[1:-1]
    return Advice(takes=(use.word,), text=f"say it to each layer that moves the image: `{line}`")


AUGMENTATION: dict[str, Rule] = {
    **dict.fromkeys(LAYERS, one_layer),
    **dict.fromkeys(("featurewise_center", "featurewise_std_normalization"), normalization),
    **dict.fromkeys(("fill_mode", "cval", "interpolation_order"), of_each_layer),
    **dict.fromkeys(("zca_whitening", "zca_epsilon"), Gone("no layer whitens images; whiten them in the file")),
    "preprocessing_function": Instead("say with layers what it does: Python functions have no place in a spec"),
    "data_format": Gone("each layer has it as an argument"),
    "dtype": Gone("the arrays have one"),
    "target_size": Instead("put `Resizing: {height: …, width: …}` at the beginning of `layers`"),
    "color_mode": Gone("the arrays say how many channels there are"),
}
"""The arguments of a generator, where somebody writes them below `data`."""


def _is_factor(value: object) -> bool:
    return isinstance(value, (int, float)) and abs(value) < GREATEST
