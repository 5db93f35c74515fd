"""What a page tells of a thing besides its fields, each family its own facts, read off the class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfspec.catalogue.activations import GIVES_WORDS, Activation
from tfspec.catalogue.callbacks import Callback
from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.examples import example_thing
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.optimizers import Optimizer
from tfspec.catalogue.predictions import LABEL_WORDS, WANTS_WORDS
from tfspec.catalogue.sources.source import Source
from tfspec.catalogue.thing import make_thing
from tfspec.files import FileError
from tfspec.tensors import show_shape

from .fields import own_defaults
from .shapes import shape_facts


def facts_of(cls: type[Declaration]) -> list[str]:
    """The facts of a thing, a line for each."""
    tell = FACTS.get(cls.family)
    return [*(tell(cls) if tell else []), *own_defaults(cls)]


def _activation(cls: type[Activation]) -> list[str]:
    halves = [] if cls.keeps_shape else ["No layer takes it: it halves the last axis, and Keras reckons with the whole"]
    return [f"Gives {GIVES_WORDS[cls.gives]}", *halves]


def _loss(cls: type[Loss]) -> list[str]:
    logits = ", or logits with `from_logits: true`" if "from_logits" in cls.model_fields else ""
    return _expectations(cls, logits, cls.output_axes)


def _metric(cls: type[Metric]) -> list[str]:
    made = make_thing(Metric, example_thing(cls))
    better = {"up": "higher is better", "down": "lower is better", None: "which way is better is not known to Keras"}
    lines = [f"In the history: `{made.history_name}`, `val_{made.history_name}`; {better[cls.direction]}"]
    if not made.is_number:
        lines.append("Its value is a list of numbers, which no callback can watch")
    logits = ", or logits with `from_logits: true`" if "from_logits" in cls.model_fields else ""
    return _expectations(cls, logits, made.output_axes) + lines


def _expectations(cls: type[Loss | Metric], logits: str, axes: str) -> list[str]:
    if cls.wants is None or cls.labels is None:
        return ["Keras decides by the shapes what the model must give and what labels are"]
    output = f"The model must give {WANTS_WORDS[cls.wants]}{logits}" + (f", as `{axes}`" if axes else "")
    labels = LABEL_WORDS[cls.labels]
    if cls.label_axes:
        labels = f"{labels.partition(',')[0]}, as `{cls.label_axes}`"
    return [output, f"Labels: {labels}"]


def _optimizer(cls: type[Optimizer]) -> list[str]:
    slots = make_thing(Optimizer, example_thing(cls)).slots
    if slots is None:
        return ["Keeps as many values beside a weight as its shape asks for"]
    values = {0: "nothing", 1: "1 value"}.get(slots, f"{slots} values")
    return [f"Keeps {values} beside each value of a weight"]


def _callback(cls: type[Callback]) -> list[str]:
    made = make_thing(Callback, example_thing(cls))
    said: dict[str, Any] = {
        f"Watches `{made.monitored}`": made.monitored,
        "Sets the learning rate, which cannot be a schedule then": cls.sets_learning_rate,
        "Needs an optimizer with `use_ema: true`": cls.needs_ema,
        f"Needs the package `{cls.package}`": cls.package,
    }
    written = [f"Writes `{getattr(made, path)}` in the folder of the run (`{path}`)" for path in cls.paths]
    return [line for line, holds in said.items() if holds] + written


def _source(cls: type[Source]) -> list[str]:
    try:
        found = make_thing(Source, example_thing(cls)).facts(Path())
    except FileError:  # the file is the reader's own
        return []
    if found is None:
        return []
    lines = []
    for name, column in found.columns.items():
        classes = f", {column.classes} classes" if column.classes else ""
        lines.append(f"`{name}`: {show_shape(column.type.shape)} {column.type.dtype}{classes}")
    if len(lines) > FEW:
        lines = [f"{len(lines)} columns, of which `{'`, `'.join(found.labels)}` is learnt"]
    rows = f"{found.rows:,} examples" if found.rows else ""
    tests = f"{found.test_rows:,} for tests" if found.test_rows else ""
    return [*lines, *filter(None, [", ".join(filter(None, [rows, tests]))])]


FEW = 4
"""Columns of a source that are listed."""

FACTS: dict[str, Callable[[Any], list[str]]] = {
    "layer": shape_facts,
    "activation": _activation,
    "loss": _loss,
    "metric": _metric,
    "optimizer": _optimizer,
    "callback": _callback,
    "source": _source,
}
