"""Mistakes of words: keys, names and forms that the language does not have."""

from __future__ import annotations

from collections.abc import Iterator

from tfspec.catalogue import find

from .whole import Found, Whole, by_name


def unknown_section(whole: Whole) -> Iterator[Found]:
    """A section that is not known."""
    yield Found({**whole.data, "optimiser": "adam"}, "TS201", ("optimiser",), is_key=True)


def no_version(whole: Whole) -> Iterator[Found]:
    """A spec that does not say the version of the language."""
    yield Found(whole.without(("tfspec",)), "TS202", (), is_key=True)


def misspelt_argument(whole: Whole) -> Iterator[Found]:
    """A misspelt argument."""
    for step in whole.calls:
        for key in step.said or {}:
            if step.layer and key in step.layer.model_fields and not step.layer.model_fields[key].is_required():
                said = {f"{name}_s" if name == key else name: value for name, value in (step.said or {}).items()}
                yield Found(
                    whole.with_((*step.path, step.word), said),
                    "TS201",
                    (*step.path, step.word, f"{key}_s"),
                    is_key=True,
                )


def unknown_argument(whole: Whole) -> Iterator[Found]:
    """An argument that the layer does not have."""
    for step in whole.calls:
        place = (*step.path, step.word, "colour")
        yield Found(whole.with_(step.path, step.saying(colour=1)), "TS201", place, is_key=True)


def missing_argument(whole: Whole) -> Iterator[Found]:
    """A required argument left out."""
    for step in whole.calls:
        for key in step.said or {}:
            if step.layer and key in step.layer.model_fields and step.layer.model_fields[key].is_required():
                yield Found(whole.without((*step.place, key)), "TS202", step.place, is_key=True)


def misspelt_layer(whole: Whole) -> Iterator[Found]:
    """A misspelt layer."""
    for step in whole.calls:
        word = f"{step.word}ed"
        if find("layer", word) is None:
            changed = whole.with_(step.path, word if step.said is None else {word: step.said})
            place = step._replace(word=word).place
            yield Found(changed, "TS204", place, is_key=step.is_key, path=step.path)


def misspelt_model(whole: Whole) -> Iterator[Found]:
    """A kind of model that there is not."""
    if not any(key in whole.data for key in ("blocks", "vars")):
        word = f"{whole.kind}ly"
        changed = {**whole.data, "model": {word: whole.at(whole.model)}}
        if "repeat" not in str(whole.data["model"]):
            yield Found(changed, "TS204", ("model", word), is_key=True, path=("model",))


def misspelt_thing(whole: Whole) -> Iterator[Found]:
    """A thing inside a layer that there is not."""
    for step in whole.calls:
        if step.layer is not None:
            for key, schema in step.layer.model_json_schema()["properties"].items():
                if "x-family" in schema and key in (step.said or {}) and schema["x-family"] != "layer":
                    changed = whole.with_((*step.place, key), "nothing_like_it")
                    yield Found(changed, "TS204", (*step.place, key))


def two_keys(whole: Whole) -> Iterator[Found]:
    """An argument beside the layer, not below it."""
    for step in whole.calls:
        changed = whole.with_(step.path, {step.word: step.said, "trainable": False})
        yield Found(changed, "TS205", step.path)


def no_mapping(whole: Whole) -> Iterator[Found]:
    """Arguments that are no mapping."""
    for step in whole.calls:
        yield Found(whole.with_(step.path, {step.word: 5}), "TS205", (*step.path, step.word))


MISTAKES = by_name(
    misspelt_layer,
    misspelt_argument,
    unknown_argument,
    missing_argument,
    misspelt_thing,
    two_keys,
    no_mapping,
    misspelt_model,
    no_version,
    unknown_section,
)
