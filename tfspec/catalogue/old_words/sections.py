"""Keys that sections of a spec never had, and calls of Keras did."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, cast

from pydantic import BaseModel

from tfspec.catalogue.registry import find

from . import rewriting
from .advice import Advice, Gone, Instead, Renamed, Rule, Use
from .augmentation import AUGMENTATION, generator
from .inputs import batch_input_shape, input_dim, input_shape

FED = "tfspec feeds the data by itself"
RUN = "`tfspec run` trains by the section `fit`"
SAVED = "leave it out: every run saves `model.keras`"


def validation_split(use: Use) -> Advice:
    """The data says what is kept for validation."""
    inside = use.cls.__name__ == "Data"
    return Advice({"split": {"validation": use.value}}, (use.word,), "" if inside else "below `data`")


def show_accuracy(use: Use) -> Advice:
    """Accuracy is a metric."""
    if use.value in (False, 0):
        return Advice(takes=(use.word,), text="leave it out: only the `metrics` of `compile` are shown")
    return Advice({"metrics": ["accuracy"]}, (use.word,), "below `compile`")


def in_batches(today: str, *sizes: str) -> Rule:
    """Examples that are counted in batches today."""

    def rule(use: Use) -> Advice:
        found = next((use.said[size] for size in sizes if size in use.said), 32)
        if not (_is_count(use.value) and _is_count(found)):
            return Advice(text=f"say the number of batches: `{today}: …`")
        return Advice({today: ceil(use.value / found)}, (use.word,))

    return rule


def learning_rate(use: Use) -> Advice:
    """The optimizer says it."""
    return _of_optimizer(use, {"learning_rate": use.value}) if not use.said.get("decay") else decay(use)


def decay(use: Use) -> Advice:
    """The optimizer has a schedule for it."""
    if not use.said.get("decay"):
        return Advice(takes=("decay",), text="leave it out: the learning rate stays as it is")
    cls = cast("type[BaseModel]", find("optimizer", _optimizer(use)) or find("optimizer", DEFAULT))
    said = {key: use.said[key] for key in ("lr", "decay") if key in use.said}
    advice = rewriting.decay(Use(cls, "decay", said))
    return _of_optimizer(use, dict(advice.line) if advice else {})


def _of_optimizer(use: Use, arguments: dict[str, Any]) -> Advice:
    """These arguments for the optimizer that there is, if its name is all that is said of it."""
    if not isinstance(use.said.get("optimizer", DEFAULT), str):
        return Advice(text="say `learning_rate` among the arguments of the optimizer")
    return Advice({"optimizer": {_optimizer(use): arguments}}, (use.word,))


def _optimizer(use: Use) -> str:
    """The class of the optimizer; what the spec has instead, where there is no such class."""
    word = str(use.said.get("optimizer", DEFAULT))
    cls = find("optimizer", word)
    return cls.spelling() if cls else word


DEFAULT = "rmsprop"
"""The optimizer where none is said."""


def fit_generator(use: Use) -> Advice:
    """The call that took batches had the arguments of `fit`."""
    section = _section(use.cls, "fit") or use.cls
    said = {str(key): value for key, value in use.value.items()} if isinstance(use.value, Mapping) else {}
    own = {key: value for key, value in said.items() if key in section.model_fields}
    for word in said:
        advice = FIT[word](Use(section, word, said)) if word in FIT else None
        own |= advice.line if advice and not advice.place else {}
    if not own or "fit" in use.said:
        return Advice(takes=(use.word,), text=f"leave it out: {RUN}")
    if use.cls.__name__ == "Fit":
        return Advice(own, (use.word,))
    return Advice({"fit": own}, (use.word,))


def _section(spec: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The class of a section of a spec."""
    field = spec.model_fields.get(key)
    parts = getattr(field.annotation, "__args__", ()) if field else ()
    return next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


SPLIT: dict[str, Rule] = {
    "validation_split": validation_split,
    "validation_data": Instead("say how much of the data is kept: `data.split: {validation: 0.1}`"),
}

FIT: dict[str, Rule] = {
    **SPLIT,
    "fit_generator": fit_generator,
    "nb_epoch": Renamed("epochs"),
    "nb_epochs": Renamed("epochs"),
    "num_epochs": Renamed("epochs"),
    "samples_per_epoch": in_batches("steps_per_epoch", "batch_size"),
    "nb_val_samples": in_batches("validation_steps", "validation_batch_size", "batch_size"),
    "val_samples": in_batches("validation_steps", "validation_batch_size", "batch_size"),
    "show_accuracy": show_accuracy,
    "nb_worker": Gone(FED),
    "workers": Gone(FED),
    "max_q_size": Gone(FED),
    "max_queue_size": Gone(FED),
    "pickle_safe": Gone(FED),
    "use_multiprocessing": Gone(FED),
    "generator": Gone(FED),
}

COMPILE: dict[str, Rule] = {
    "lr": learning_rate,
    "decay": decay,
    "experimental_steps_per_execution": Renamed("steps_per_execution"),
    "sample_weight_mode": Gone("the shape of the weights says it"),
    "target_tensors": Gone("the section `data` says what is learned"),
    "experimental_run_tf_function": Gone("`run_eagerly` is what is left of it"),
    "distribute": Gone("a spec does not say on how many machines it runs"),
    "class_mode": Gone("the `loss` says it"),
    "theano_mode": Gone("Keras computes with TensorFlow"),
    "cloning": Gone("a spec does not say on how many machines it runs"),
    "run_metadata": Gone("the callback `TensorBoard` profiles"),
}

SPEC: dict[str, Rule] = {
    "fit_generator": fit_generator,
    "train_on_batch": Instead(f"leave it out: {RUN}"),
    **dict.fromkeys(
        ("evaluate_generator", "test_on_batch"), Instead("leave it out: `tfspec evaluate` measures a run that is done")
    ),
    **dict.fromkeys(
        ("predict_generator", "predict_classes", "predict_proba", "predict_on_batch"),
        Instead("leave it out: `tfspec predict` predicts with a run that is done"),
    ),
    "ImageDataGenerator": generator,
    "optimizer_weights": Gone("a spec holds no arrays"),
    "save_format": Gone(SAVED.removeprefix("leave it out: ")),
    "class_name": Instead("write the kind of model as a key: `model: {sequential: {…}}`"),
    "config": Instead("write the layers below `model`: `model: {sequential: {layers: […]}}`"),
    "keras_version": Gone("this tfspec speaks Keras 3"),
    "backend": Gone("Keras computes with TensorFlow"),
    "dtype_policy": Renamed("precision"),
}

INPUT: dict[str, Rule] = {
    "input_shape": input_shape,
    "batch_shape": batch_input_shape,
    "batch_input_shape": batch_input_shape,
    "input_dim": input_dim,
    "input_dtype": Renamed("dtype"),
    "sparse": Gone("inputs are dense"),
    "ragged": Gone("inputs are dense; pad what is shorter"),
}

SECTIONS: dict[str, dict[str, Rule]] = {
    "spec": SPEC,
    "compile": COMPILE,
    "fit": FIT,
    "data": SPLIT | AUGMENTATION | {"ImageDataGenerator": generator},
    "input": INPUT,
}
"""The class of a section in small letters, then a key of once, then how it is said today."""
