"""Strategies for compile steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from hypothesis import strategies as st

from tfspec.catalogue import declarations, make_thing
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.optimizers import Optimizer
from tfspec.catalogue.predictions import Labels, Need
from tfspec.tensors import TensorType, is_float

from .arguments import arguments, things

Data = dict[str, Any]

PLAIN_OPTIMIZERS = ("sgd", "adam", "rmsprop")
WEIGHTS = (0.5, 1.0, 2.0)

ALSO: Mapping[Labels, tuple[Labels, ...]] = {
    "same": ("same",),
    "zero_one": ("same", "zero_one"),
    "one_hot": ("same", "zero_one", "one_hot"),
    "integers": ("integers",),
}
"""The forms that labels of a form have too: one-hot vectors hold zeros and ones, and those are numbers."""

LEFT_OUT = ("name", "dtype", "axis", "reduction")
"""Arguments of losses and metrics that are not drawn: an axis is most often not there."""


@st.composite
def compile_steps(draw: st.DrawFn, for_outputs: Mapping[str, TensorType], *, learns: bool = True) -> Data:
    """Compile steps for a model with these outputs, as a spec writes them: an optimizer, a loss for each, metrics.

    A loss takes any numbers, or logits, so that it goes with most heads; `check` tells where it does not
    (crossentropy of logits behind a softmax). Metrics take the labels of the loss. A model that does not
    `learn`, since it has no weights, gets a plain optimizer: Keras fails on moving averages of none.

        >>> compile_steps({"price": TensorType((None, 1))}).example()
        {'loss': 'LogCosh'}
    """
    asked = {name: draw(_asked(type_)) for name, type_ in for_outputs.items()}
    step: Data = draw(_by_key(asked) | st.just({"outputs": asked}))
    optimizers: st.SearchStrategy[Any] = st.sampled_from(PLAIN_OPTIMIZERS)
    extra: Data = {
        "optimizer": optimizers | things("optimizer", depth=1).filter(_is_right) if learns else optimizers,
        "auto_scale_loss": st.booleans(),
        "run_eagerly": st.booleans(),
        "steps_per_execution": st.integers(1, 3),
        "jit_compile": st.sampled_from(["auto", False]),  # XLA takes no texts
    }
    return step | draw(st.fixed_dictionaries({}, optional=extra))


def _is_right(optimizer: Any) -> bool:
    """Whether its arguments go together, such as the ways to clip gradients."""
    try:
        make_thing(Optimizer, optimizer)
    except ValueError:
        return False
    return True


@st.composite
def _asked(draw: st.DrawFn, output: TensorType) -> Data:
    """What is asked of one output: its loss, and perhaps metrics and a weight."""
    cls, loss = draw(losses(output))
    asked: Data = {"loss": loss}
    for key in ("metrics", "weighted_metrics"):
        if is_float(output.dtype) and draw(st.integers(0, 3)) == 1:  # Keras fails on most metrics of whole numbers
            chosen = draw(st.lists(metrics(cls, output), min_size=1, max_size=2, unique_by=_word))
            asked[key] = chosen
    if draw(st.integers(0, 7)) == 1:
        asked["loss_weight"] = draw(st.sampled_from(WEIGHTS))
    return asked


@st.composite
def losses(draw: st.DrawFn, output: TensorType) -> tuple[type[Loss], Any]:
    """Losses that take an output of this type, and how a spec writes them."""
    cls: Any = draw(st.sampled_from([cls for cls in declarations("loss") if _takes(cls, output)]))
    given = draw(arguments(cls))
    given = {name: value for name, value in given.items() if name not in LEFT_OUT}
    if "from_logits" in cls.model_fields:
        given["from_logits"] = True
    return cls, {cls.spelling(): given} if given else cls.spelling()


@st.composite
def metrics(draw: st.DrawFn, loss: type[Loss], output: TensorType) -> Any:
    """Metrics that take this output, and the labels of its loss, as a spec writes them."""
    found = cast("list[type[Metric]]", declarations("metric"))
    cls = draw(st.sampled_from([cls for cls in found if _suits(cls, _suited(cls, {}, output), loss, output)]))
    given = _suited(cls, draw(arguments(cls)), output)
    if not _suits(cls, given, loss, output):
        given = _suited(cls, {}, output)
    return {cls.spelling(): given} if given else cls.spelling()


def _suited(cls: type[Metric], given: Data, output: TensorType) -> Data:
    """Arguments that take logits of this output, made of some that may not."""
    fields = cls.model_fields
    suited: Data = {"num_classes": output.last, "target_class_ids": [0], cls.says_numbers: False}
    suited[cls.says_logits] = cls.says_logits == "from_logits" or 0.0
    kept = {name: value for name, value in given.items() if name not in LEFT_OUT}
    return kept | {name: value for name, value in suited.items() if name in fields}


def _suits(cls: type[Metric], given: Data, loss: type[Loss], output: TensorType) -> bool:
    """Whether a metric takes the labels of a loss, and any numbers."""
    try:
        metric = cls.model_validate(given)
    except ValueError:
        return False
    takes_labels = metric.labels_said in (None, *ALSO[cast("Labels", loss.labels)])
    takes_output = metric.wants_said in (None, "numbers", "signed") or metric.from_logits_said
    has_axes = len(metric.output_axes.split()) in {0, output.rank}
    return takes_labels and takes_output and has_axes and all(_has(output, need) for need in metric.needs)


def _has(output: TensorType, need: Need) -> bool:
    """Whether the last axis is as long as an argument of a metric needs it."""
    return isinstance(output.last, int) and (output.last == need.size if need.exactly else output.last >= need.size)


def _word(thing: Any) -> str:
    return thing if isinstance(thing, str) else next(iter(thing))


def _takes(cls: Any, output: TensorType) -> bool:
    if not issubclass(cls, Loss) or cls.labels is None or cls.wants is None or cls.output_axes:  # `CTC` and `Circle`
        return False
    if cls.labels in ("integers", "one_hot") and (output.rank < 2 or output.last in (None, 1)):  # noqa: PLR2004 - classes
        return False
    return cls.wants in ("numbers", "signed") or "from_logits" in cls.model_fields


@st.composite
def _by_key(draw: st.DrawFn, asked: Mapping[str, Data]) -> Data:
    """What is asked of the outputs, said key by key: by position or by name, and alone where there is one output."""
    said: Data = {}
    names = list(asked)
    for key, word in (("loss", "loss"), ("loss_weight", "loss_weights")):
        found = {name: step[key] for name, step in asked.items() if key in step}
        in_order = [found[name] for name in names] if len(found) == len(names) else None
        alone = in_order if key == "loss_weight" else in_order and in_order[0]
        if found:
            forms = [in_order, found] if len(names) > 1 else [alone]
            said[word] = draw(st.sampled_from([form for form in forms if form is not None]))
    for key in ("metrics", "weighted_metrics"):
        found = {name: step[key] for name, step in asked.items() if key in step}
        if found:
            said[key] = found if len(names) > 1 else found[names[0]]
    return said
