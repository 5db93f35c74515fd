"""Arguments that are said in another way today, not just under another name."""

from __future__ import annotations

from typing import Any

from tfspec.catalogue.declaration import Declaration

from .advice import Advice, Use, flow

KERNELS = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))
"""The arguments by which Keras 1 said the size of a kernel, axis by axis."""


def kernel_size(use: Use) -> Advice | None:
    """The sizes of a kernel along its axes."""
    words = next(words for words in KERNELS if use.word in words)
    found = tuple(word for word in words if word in use.said)
    sizes = [use.said[word] for word in found]
    if not use.has("kernel_size"):
        return None
    return Advice({"kernel_size": sizes if len(found) == len(words) else sizes[0]}, found)


def learning_rate(use: Use) -> Advice:
    """The learning rate, with the decay where there is one."""
    return decay(use) if _number(use.said.get("decay")) else Advice({"learning_rate": use.value}, (use.word,))


def decay(use: Use) -> Advice:
    """Keras 2 divided the learning rate by `1 + decay * steps`."""
    rate = use.said.get("learning_rate", use.said.get("lr", use.cls.model_fields["learning_rate"].default))
    factor = use.said.get("decay")
    if not _number(factor):
        return Advice(takes=("decay",), text="leave it out: the learning rate stays as it is")
    if not _number(rate):
        return Advice(takes=("decay",), text="leave it out: the schedule of `learning_rate` says how it falls")
    schedule = {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": factor}
    return Advice({"learning_rate": {"InverseTimeDecay": schedule}}, ("learning_rate", "lr", "decay"))


def jit_compile(use: Use) -> Advice:
    """`compile` says it for the model as a whole."""
    return Advice({"jit_compile": use.value}, (use.word,), "below `compile`")


def forget_bias(use: Use) -> Advice | None:
    """Keras 1 could start the forget gate's bias anywhere; one was the default."""
    return Advice({"unit_forget_bias": use.value in ("one", "ones", 1)}, (use.word,)) if _has_forget(use) else None


def dropout_of_embedding(use: Use) -> Advice | None:
    """Keras 1 dropped words inside of the layer."""
    if use.cls.__name__ != "Embedding":
        return None
    return Advice(takes=(use.word,), text=f"put `SpatialDropout1D: {{rate: {flow(use.value)}}}` after it")


def causal(use: Use) -> Advice | None:
    """The argument has moved from the layer to its call."""
    call = getattr(use.cls, "output_type", None)
    takes = call is not None and "use_causal_mask" in call.__annotations__
    return Advice({"call": {"use_causal_mask": use.value}}, (use.word,)) if takes else None


def period(use: Use) -> Advice | None:
    """Epochs between two saves, which Keras counts in batches today."""
    if not use.has("save_freq"):
        return None
    if use.value == 1:
        return Advice({"save_freq": "epoch"}, (use.word,))
    epochs = f"{use.value} epochs" if _number(use.value) else "an epoch"
    return Advice(takes=(use.word,), text=f"write `save_freq: epoch`, or the number of batches in {epochs}")


def bounds_of_scale(use: Use) -> Advice | None:
    """Keras 1 drew between `-scale` and `scale`, normal values with `scale` as their deviation."""
    if use.has("gain", "stddev"):
        return Advice({str(use.has("gain", "stddev")): use.value}, (use.word,))
    if not use.has("minval") or not _number(use.value):
        return None
    return Advice({"minval": -use.value, "maxval": use.value}, (use.word,))


def _has_forget(use: Use) -> bool:
    return issubclass(use.cls, Declaration) and "unit_forget_bias" in use.cls.model_fields


def _number(value: Any) -> bool:
    """Whether it is a number other than 0."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value != 0
