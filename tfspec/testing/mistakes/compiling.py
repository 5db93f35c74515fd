"""Mistakes of the compile step, and of what trains the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfspec.diagnostics import Path

from .whole import Data, Found, Whole, by_name


def _compiled(whole: Whole, **compiling: Any) -> Data:
    """The spec with another compile step."""
    return {**whole.bare, "compile": compiling}


def misspelt_loss(whole: Whole) -> Iterator[Found]:
    """A misspelt loss."""
    yield Found(_compiled(whole, loss="mean_squared_errors"), "TS204", ("compile", "loss"))


def misspelt_optimizer(whole: Whole) -> Iterator[Found]:
    """A misspelt optimizer."""
    changed = {**whole.data, "compile": {**whole.data.get("compile", {}), "optimizer": "adamm"}}
    yield Found(changed, "TS204", ("compile", "optimizer"))


def misspelt_metric(whole: Whole) -> Iterator[Found]:
    """A misspelt metric."""
    yield Found(_compiled(whole, loss="mse", metrics=["mae", "accurate"]), "TS204", ("compile", "metrics", 1))


def unknown_optimizer_argument(whole: Whole) -> Iterator[Found]:
    """An argument that the optimizer does not have."""
    changed = _compiled(whole, optimizer={"SGD": {"speed": 0.1}})
    yield Found(changed, "TS201", ("compile", "optimizer", "SGD", "speed"), is_key=True)


def wrong_learning_rate(whole: Whole) -> Iterator[Found]:
    """A learning rate below zero."""
    changed = _compiled(whole, optimizer={"Adam": {"learning_rate": -0.1}})
    yield Found(changed, "TS203", ("compile", "optimizer", "Adam", "learning_rate"))


def two_clips(whole: Whole) -> Iterator[Found]:
    """Two ways of clipping gradients at once."""
    changed = _compiled(whole, optimizer={"Adam": {"clipnorm": 1.0, "clipvalue": 0.5}})
    yield Found(changed, "TS206", ("compile", "optimizer", "Adam"), is_key=True)


def unknown_compile_key(whole: Whole) -> Iterator[Found]:
    """An argument that `compile` does not have."""
    yield Found(_compiled(whole, losses="mse"), "TS201", ("compile", "losses"), is_key=True)


def loss_of_nobody(whole: Whole) -> Iterator[Found]:
    """A loss for an output that is not there."""
    changed = _compiled(whole, loss={"nobody": "mse"})
    yield Found(changed, "TS430", ("compile", "loss", "nobody"), is_key=True)


def too_many_losses(whole: Whole) -> Iterator[Found]:
    """A loss more than there are outputs."""
    losses = ["mse"] * (len(whole.analysis.graph.outputs) + 1)
    yield Found(_compiled(whole, loss=losses), "TS430", ("compile", "loss"))


def compiled_twice(whole: Whole) -> Iterator[Found]:
    """A loss beside those of the outputs."""
    outputs = {name: {"loss": "mse"} for name in whole.analysis.graph.outputs}
    yield Found(_compiled(whole, loss="mse", outputs=outputs), "TS431", ("compile", "loss"), is_key=True)


def no_compile(whole: Whole) -> Iterator[Found]:
    """Training without a compile step."""
    yield Found({**whole.bare, "fit": {"epochs": 1}}, "TS432", ("fit",), is_key=True)


def no_loss(whole: Whole) -> Iterator[Found]:
    """Training without a loss."""
    changed = {**_compiled(whole, optimizer="sgd"), "fit": {"epochs": 1}}
    yield Found(changed, "TS433", ("compile",), is_key=True)


def unknown_monitor(whole: Whole) -> Iterator[Found]:
    """A callback that watches what nothing produces."""
    yield _watched(whole, "val_nothing", "TS450")


def no_direction(whole: Whole) -> Iterator[Found]:
    """A callback that watches a number of which nobody knows whether more is better."""
    (name, *others) = whole.analysis.graph.outputs
    found = _watched(whole, f"{name}_TruePositives" if others else "TruePositives", "TS452")
    metrics: Any = {name: ["TruePositives"]} if others else ["TruePositives"]
    found.data["compile"] = {**found.data["compile"], "metrics": metrics}
    yield found


def _watched(whole: Whole, monitor: str, code: str) -> Found:
    place: Path = ("callbacks", 0, "EarlyStopping", "monitor")
    callbacks = [{"EarlyStopping": {"monitor": monitor}}]
    return Found({**_compiled(whole, optimizer="sgd"), "callbacks": callbacks}, code, place)


MISTAKES = by_name(
    misspelt_loss,
    misspelt_optimizer,
    misspelt_metric,
    unknown_optimizer_argument,
    wrong_learning_rate,
    two_clips,
    unknown_compile_key,
    loss_of_nobody,
    too_many_losses,
    compiled_twice,
    no_compile,
    no_loss,
    unknown_monitor,
    no_direction,
)
