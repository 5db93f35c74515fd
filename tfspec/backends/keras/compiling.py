"""The compile step, with Keras's own objects."""

from __future__ import annotations

from typing import Any

import keras

from tfspec.analysis import Analysis, OutputPlan

from .model import precision
from .objects import for_compile, to_keras


def compile_model(model: keras.Model, analysis: Analysis) -> None:
    """Compile a model as the spec says; nothing where it does not say."""
    compiling, plan = analysis.spec.compile, analysis.plan
    if compiling is None or plan is None:
        return
    rest = {
        name: value
        for name, value in compiling.said.items()
        if name in ("run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss")
    }
    with precision(analysis.spec.precision):
        model.compile(
            optimizer=to_keras(compiling.effective("optimizer")),
            loss=_by_output(plan.outputs, lambda output: output.loss and for_compile(output.loss)),
            metrics=_by_output(plan.outputs, lambda output: [for_compile(metric) for metric in output.metrics]),
            weighted_metrics=_by_output(
                plan.outputs, lambda output: [for_compile(metric) for metric in output.weighted_metrics]
            ),
            loss_weights=_loss_weights(plan.outputs),
            **rest,
        )


def _by_output(outputs: dict[str, OutputPlan], part: Any) -> Any:
    """A part of the plan as `compile()` takes it: alone for one output, by name for several."""
    parts = {name: part(output) for name, output in outputs.items()}
    if len(parts) == 1:
        return next(iter(parts.values())) or None
    said = {name: value for name, value in parts.items() if value}
    return {name: value or None for name, value in parts.items()} if said else None


def _loss_weights(outputs: dict[str, OutputPlan]) -> Any:
    if all(output.loss_weight is None for output in outputs.values()):
        return None
    weights = {name: 1.0 if output.loss_weight is None else output.loss_weight for name, output in outputs.items()}
    return weights if len(weights) > 1 else next(iter(weights.values()))
