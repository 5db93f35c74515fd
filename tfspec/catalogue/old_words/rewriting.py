"""Arguments that are said in another way today, not just under another name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfspec.catalogue.declaration import Declaration

from .advice import Advice, Renamed, Use, flow
from .python import from_python, solved

SOURCES = ("layers", "inputs")
"""The arguments by which a merging layer was given what it merges."""

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


def sources(use: Use) -> Advice | None:
    """Keras 1 gave a merging layer its inputs as an argument."""
    takes = getattr(use.cls, "takes_list", False) and are_names(use.value)
    return Advice({"from": use.value}, (use.word,)) if takes else None


def keep_prob(use: Use) -> Advice | None:
    """TensorFlow 1 said what is kept, and Keras says what is dropped."""
    share = use.value if _number(use.value) and 0 < use.value <= 1 else None
    return Advice({"rate": "…" if share is None else round(1 - share, 6)}, (use.word,)) if use.has("rate") else None


def padding(use: Use) -> Advice | None:
    """Keras 1 could pad so much that the kernel meets every element everywhere."""
    if use.value != "full":
        return Renamed("padding")(use)
    text = "put `ZeroPadding2D: {padding: …}` before it, with one less than the size of the kernel"
    return Advice(takes=(use.word,), text=text) if use.has("padding") else None


def learning_rate(use: Use) -> Advice | None:
    """The learning rate, with the decay where there is one."""
    if not use.has("learning_rate"):
        return None
    return decay(use) if use.said.get("decay") else Advice({"learning_rate": use.value}, (use.word,))


def of_the_optimizer(use: Use) -> Advice:
    """Layers have no learning rate."""
    shown = flow({"Adam": {"learning_rate": use.value}})[1:-1]
    return Advice(takes=(use.word,), text=f"say it to the optimizer, such as `{shown}`")


def decay(use: Use) -> Advice | None:
    """Keras 2 divided the learning rate by `1 + decay * steps`."""
    if not use.has("learning_rate"):
        return None
    rate = use.said.get("learning_rate", use.said.get("lr", use.cls.model_fields["learning_rate"].default))
    factor = use.said.get("decay")
    if not factor:
        return Advice(takes=("decay",), text="leave it out: the learning rate stays as it is")
    if isinstance(rate, Mapping):
        return Advice(takes=("decay",), text="leave it out: the schedule of `learning_rate` says how it falls")
    rate, factor = number_of(rate), number_of(factor)
    schedule = {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": factor}
    return Advice({"learning_rate": {"InverseTimeDecay": schedule}}, ("learning_rate", "lr", "decay"))


def number_of(value: Any) -> Any:
    """A number, or a sum that a spec can compute; `…` for anything else."""
    data = from_python(value) if isinstance(value, str) else value
    is_one = isinstance(solved(data), (int, float)) and not isinstance(data, bool)
    return data if is_one else "…"


def are_names(value: object) -> bool:
    """Whether they are names of results, as `from` takes them."""
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)


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
