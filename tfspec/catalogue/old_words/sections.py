"""Keys that sections of a spec never had, and calls of Keras did."""

from __future__ import annotations

from math import ceil
from typing import Any

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
    optimizer = use.said.get("optimizer", "Adam")
    named = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}.get(str(optimizer), optimizer)
    if not isinstance(named, str):
        return Advice(text="say `learning_rate` among the arguments of the optimizer")
    return Advice({"optimizer": {named: {"learning_rate": use.value}}}, (use.word,))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


SPLIT: dict[str, Rule] = {
    "validation_split": validation_split,
    "validation_data": Instead("say how much of the data is kept: `data.split: {validation: 0.1}`"),
}

FIT: dict[str, Rule] = {
    **SPLIT,
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
    **dict.fromkeys(("fit_generator", "train_on_batch"), Instead(f"leave it out: {RUN}")),
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
    "data": SPLIT | AUGMENTATION,
    "input": INPUT,
}
"""The class of a section in small letters, then a key of once, then how it is said today."""
