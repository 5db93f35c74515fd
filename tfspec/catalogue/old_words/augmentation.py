"""What `ImageDataGenerator` did to images, and layers do today."""

from __future__ import annotations

from collections.abc import Callable
from math import radians, sin
from typing import Any

from .advice import Advice, Line, Rule, Use, flow

LAYERS: dict[str, Callable[[float], dict[str, Any]]] = {
    "rescale": lambda scale: {"Rescaling": {"scale": scale}},
    "rotation_range": lambda degrees: {"RandomRotation": {"factor": _short(degrees / 360)}},
    "width_shift_range": lambda share: {"RandomTranslation": {"height_factor": 0.0, "width_factor": _share(share)}},
    "height_shift_range": lambda share: {"RandomTranslation": {"height_factor": _share(share), "width_factor": 0.0}},
    "shear_range": lambda degrees: {"RandomShear": {"x_factor": _short(sin(radians(degrees)))}},
    "zoom_range": lambda share: {"RandomZoom": {"height_factor": share}},
    "horizontal_flip": lambda _: {"RandomFlip": {"mode": "horizontal"}},
    "vertical_flip": lambda _: {"RandomFlip": {"mode": "vertical"}},
}
"""By argument: the layer that does the same to a share, an angle or a factor."""

GREATEST = 1000
"""Bound of the numbers that are taken for angles, shares and factors."""

START = "at the beginning of `layers`"


def layers_of(arguments: Line) -> list[dict[str, Any]]:
    """The layers that do what the arguments asked for."""
    asked = {key: value for key, value in arguments.items() if key in LAYERS and value}
    return [
        LAYERS[key](value) for key, value in asked.items() if isinstance(value, (int, float)) and abs(value) < GREATEST
    ]


def from_images(arguments: Line) -> Advice:
    """Images come from arrays, and layers change them."""
    shown = [f"`{flow(layer)[1:-1]}`" for layer in layers_of(arguments)] or ["layers such as `RandomFlip`"]
    return Advice(text=f"read the images from `npz: {{path: images.npz}}`, and put {' and '.join(shown)} {START}")


def generator(use: Use) -> Advice:
    """A generator that stands as a section of its own."""
    return from_images(use.value if isinstance(use.value, dict) else {})


def one_layer(use: Use) -> Advice | None:
    """One argument of a generator as the layer that does it."""
    layers = layers_of({use.word: use.value})
    if not layers:
        return Advice(takes=(use.word,), text="leave it out") if use.value in (False, 0, None) else None
    return Advice(takes=(use.word,), text=f"put `{flow(layers[0])[1:-1]}` {START}")


def normalization(use: Use) -> Advice:
    """What is computed from the training data is `prepare`'s."""
    return Advice({"prepare": ["Normalization"]}, (use.word,))


AUGMENTATION: dict[str, Rule] = {
    **dict.fromkeys(LAYERS, one_layer),
    **dict.fromkeys(("featurewise_center", "featurewise_std_normalization"), normalization),
}
"""The arguments of a generator, where somebody writes them below `data`."""


def _share(shift: float) -> float | str:
    return shift if abs(shift) < 1 else "…"  # which was a number of pixels


def _short(number: float) -> float:
    return float(f"{number:.3g}")
