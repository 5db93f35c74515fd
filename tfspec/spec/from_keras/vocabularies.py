"""The words that layers of a saved model have learnt, put into its configuration."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tfspec.catalogue.declaration import snake_case
from tfspec.files import SavedModel

from .things import Config

LOOKUPS = ("StringLookup", "IntegerLookup", "TextVectorization")


def config_with_words(saved: SavedModel) -> Config:
    """The configuration of a saved model whose lookups say the words that the file holds for them."""
    return _with_words(saved.config, "", saved.vocabularies) if saved.vocabularies else saved.config


def _with_words(said: Config, folder: str, vocabularies: dict[str, list[str]]) -> Config:
    """An entry with its words; Keras calls a folder after the layer's class, and counts where there are several.

    Source: `keras.src.saving.saving_lib._save_container_state`.
    """
    config = said["config"]
    if said["class_name"] in LOOKUPS and folder in vocabularies and config.get("output_mode") != "tf_idf":
        if config.get("vocabulary") is None:
            return {**said, "config": {**config, "vocabulary": _words(said, vocabularies[folder])}}
        return said
    if not isinstance(config, dict) or not isinstance(config.get("layers"), list):
        return said
    counts: Counter[str] = Counter()
    layers: list[Any] = []
    for each in config["layers"]:
        name = snake_case(each["class_name"])
        number = counts[name]
        counts[name] += 1
        inner = f"{folder}/layers/{name}_{number}" if number else f"{folder}/layers/{name}"
        layers.append(_with_words(each, inner.lstrip("/"), vocabularies))
    return {**said, "config": {**config, "layers": layers}}


def _words(said: Config, words: list[str]) -> list[str] | list[int]:
    return [int(word) for word in words] if said["class_name"] == "IntegerLookup" else words
