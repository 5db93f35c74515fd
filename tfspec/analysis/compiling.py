"""The compile step by output: which loss, which metrics, and what Keras will call them."""

from __future__ import annotations

from typing import Any, NamedTuple

from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.diagnostics import Code, Path, Problem, did_you_mean, one_of
from tfspec.graph import Graph
from tfspec.source import Tree
from tfspec.spec import Compile

from .problems import COMPILE_TWICE, IDLE_OUTPUT, UNKNOWN_OUTPUT


class OutputPlan(NamedTuple):
    """What is asked of one output; the paths lead to where the spec says it."""

    loss: Loss | None
    loss_path: Path
    metrics: tuple[Metric, ...] = ()
    metric_paths: tuple[Path, ...] = ()
    weighted_metrics: tuple[Metric, ...] = ()
    loss_weight: float | None = None


class CompilePlan(NamedTuple):
    """The compile step, by the name of the output."""

    outputs: dict[str, OutputPlan]

    @property
    def history_names(self) -> tuple[str, ...]:
        """What a training run reports after every epoch, validation apart; as Keras names it."""
        losses = [f"{output}_loss" for output, plan in self.outputs.items() if plan.loss is not None]
        return tuple(dict.fromkeys(["loss", *(losses if len(losses) > 1 else ()), *self.metrics]))

    @property
    def metrics(self) -> dict[str, Metric]:
        """All metrics of all outputs, by what Keras calls them in the history."""
        several = len(self.outputs) > 1
        return {
            f"{output}_{metric.history_name}" if several else metric.history_name: metric
            for output, plan in self.outputs.items()
            for metric in (*plan.metrics, *plan.weighted_metrics)
        }


def plan_compile(compiling: Compile, graph: Graph, tree: Tree) -> tuple[CompilePlan, list[Problem]]:
    """The compile step of every output, and the names and counts that do not fit the model."""
    planner = _Planner(compiling, tuple(graph.outputs), tree)
    plan = CompilePlan({name: planner.plan(index, name) for index, name in enumerate(graph.outputs)})
    return plan, planner.problems or _idle_outputs(plan, graph, tree)


def _idle_outputs(plan: CompilePlan, graph: Graph, tree: Tree) -> list[Problem]:
    """Warnings for outputs that are neither trained nor measured, where others are trained."""
    if all(output.loss is None for output in plan.outputs.values()):
        return []
    return [
        IDLE_OUTPUT.problem(
            f"the output `{name}` is neither trained nor measured",
            path=("model", graph.kind, "outputs"),
            span=tree.span_at(("model", graph.kind, "outputs")),
            help=f"give it a loss under `compile`, such as `loss: {{{name}: mse}}`, or take it out of `outputs`",
        )
        for name, output in plan.outputs.items()
        if output.loss is None and not output.metrics and not output.weighted_metrics
    ]


class _Planner:
    """Reads the forms in which a compile step may be said, for outputs of these names."""

    def __init__(self, compiling: Compile, outputs: tuple[str, ...], tree: Tree) -> None:
        self.compiling = compiling
        self.outputs = outputs
        self.tree = tree
        self.problems: list[Problem] = []
        for key in ("loss", "metrics", "weighted_metrics", "loss_weights"):
            self._check(key, getattr(compiling, key))
        for name in compiling.outputs or {}:
            self._check_name(name, ("compile", "outputs", name))

    def plan(self, index: int, name: str) -> OutputPlan:
        """What is asked of the output at this position."""
        said = (self.compiling.outputs or {}).get(name)
        if said is not None:
            base: Path = ("compile", "outputs", name)
            return OutputPlan(
                said.loss,
                (*base, "loss"),
                tuple(said.metrics or ()),
                tuple((*base, "metrics", i) for i in range(len(said.metrics or ()))),
                tuple(said.weighted_metrics or ()),
                said.loss_weight,
            )
        loss, loss_path = self._pick("loss", index, name)
        metrics, metrics_path = self._pick("metrics", index, name)
        weighted, _ = self._pick("weighted_metrics", index, name)
        weight, _ = self._pick("loss_weights", index, name)
        metrics = _as_tuple(metrics)
        paths = tuple((*metrics_path, i) for i in range(len(metrics)))
        return OutputPlan(loss, loss_path, metrics, paths, _as_tuple(weighted), weight)

    def _pick(self, key: str, index: int, name: str) -> tuple[Any, Path]:
        """What a key of `compile` says for one output, and where."""
        value = getattr(self.compiling, key)
        path: Path = ("compile", key)
        if isinstance(value, dict):
            return value.get(name), (*path, name)
        if isinstance(value, tuple) and _is_by_position(key, value, len(self.outputs)):
            return (value[index] if index < len(value) else None), (*path, index)
        if key == "loss_weights" and isinstance(value, tuple):
            return (value[0] if value else None), (*path, 0)
        return value, path

    def _check(self, key: str, value: Any) -> None:
        path: Path = ("compile", key)
        if value is not None and self.compiling.outputs:
            advice = f"move it below the outputs: `outputs: {{{next(iter(self.outputs), 'name')}: …}}`"
            self._tell(COMPILE_TWICE, f"`{key}` is said beside `outputs`", path, advice, key=True)
        if isinstance(value, dict):
            for name in value:
                self._check_name(name, (*path, name))
        by_position = isinstance(value, tuple) and _is_by_position(key, value, len(self.outputs))
        if by_position and len(value) != len(self.outputs):
            number = f"{len(self.outputs)} output{'s' if len(self.outputs) != 1 else ''}"
            advice = f"list one for each output, in order: {one_of(self.outputs, 'and')}"
            if key != "loss" and self.outputs:
                advice += f"; or say them by name: `{key}: {{{self.outputs[0]}: …}}`"
            self._tell(UNKNOWN_OUTPUT, f"`{key}` lists {len(value)}, and the model has {number}", path, advice)

    def _check_name(self, name: str, path: Path) -> None:
        if name not in self.outputs:
            advice = did_you_mean(name, self.outputs) or f"the model has {one_of(self.outputs[:12], 'and')}"
            self._tell(UNKNOWN_OUTPUT, f"the model has no output `{name}`", path, advice, key=True)

    def _tell(self, code: Code, message: str, path: Path, advice: str | None, *, key: bool = False) -> None:
        self.problems.append(code.problem(message, path=path, span=self.tree.span_at(path, key=key), help=advice))


def _is_by_position(key: str, value: tuple[Any, ...], outputs: int) -> bool:
    """Whether a list goes by output: that of losses always does, that of metrics where there are several outputs."""
    return key in ("loss", "loss_weights") or outputs > 1 or any(isinstance(item, tuple) for item in value)


def _as_tuple(value: Any) -> tuple[Metric, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
