"""Strategies for compile steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tfspec.catalogue import declarations
from tfspec.catalogue.losses.loss import Loss
from tfspec.tensors import TensorType

from .arguments import arguments, things

Data = dict[str, Any]

PLAIN_OPTIMIZERS = ("sgd", "adam", "rmsprop")


@st.composite
def compile_steps(draw: st.DrawFn, for_outputs: Mapping[str, TensorType]) -> Data:
    """Compile steps for a model with these outputs, as a spec writes them: an optimizer, a loss for each, metrics.

    A loss takes any numbers, or logits, so that it goes with most heads; `check` tells where it does not
    (crossentropy of logits behind a softmax).

        >>> compile_steps({"price": TensorType((None, 1))}).example()
        {'loss': 'LogCosh'}
    """
    names = list(for_outputs)
    chosen = {name: draw(losses(for_outputs[name])) for name in names}
    compiling: Data = {"loss": chosen[names[0]] if len(names) == 1 else draw(_formed(names, chosen))}
    extra: Data = {
        "optimizer": st.one_of(st.sampled_from(PLAIN_OPTIMIZERS), things("optimizer", depth=1)),
        "metrics": st.just(["mae"]) if len(names) == 1 else st.just({names[0]: ["mae"]}),
        "auto_scale_loss": st.booleans(),
    }
    if len(names) > 1:
        weights = st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=len(names), max_size=len(names))
        extra["loss_weights"] = st.one_of(weights, weights.map(lambda found: dict(zip(names, found, strict=True))))
    return compiling | draw(st.fixed_dictionaries({}, optional=extra))


@st.composite
def losses(draw: st.DrawFn, for_output: TensorType) -> Any:
    """Losses that take an output of this type, as a spec writes them."""
    cls: Any = draw(st.sampled_from([cls for cls in declarations("loss") if _takes(cls, for_output)]))
    given = draw(arguments(cls))
    given = {name: value for name, value in given.items() if name not in ("reduction", "dtype", "name", "axis")}
    if "from_logits" in cls.model_fields:
        given["from_logits"] = True
    return {cls.spelling(): given} if given else cls.spelling()


def _takes(cls: Any, output: TensorType) -> bool:
    if not issubclass(cls, Loss) or cls.labels is None or cls.wants is None or cls.spelling() in ("CTC", "Circle"):
        return False
    if cls.labels in ("integers", "one_hot") and (output.rank < 2 or output.last in (None, 1)):  # noqa: PLR2004 - classes
        return False
    return cls.wants in ("numbers", "signed") or "from_logits" in cls.model_fields


def _formed(names: list[str], chosen: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Losses as a list or a mapping."""
    return st.sampled_from([[chosen[name] for name in names], dict(chosen)])
