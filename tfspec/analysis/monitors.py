"""Monitors: callbacks that watch a number which the run will or will not produce."""

from __future__ import annotations

from tfspec.catalogue.callbacks import Callback
from tfspec.diagnostics import Path, Problem, did_you_mean, one_of
from tfspec.source import Tree
from tfspec.spec import Spec

from .compiling import CompilePlan
from .problems import NO_DIRECTION, NO_VALIDATION, UNKNOWN_MONITOR


def lint_monitors(spec: Spec, plan: CompilePlan) -> list[Problem]:
    """Problems of callbacks that watch what nothing produces, or what there is no data for."""
    problems = []
    names = plan.history_names
    validated = spec.data is None or bool(spec.data.split and spec.data.split.validation)
    for index, callback in enumerate(spec.callbacks):
        problems += _lint_file_name(
            spec.tree, index, callback, (*names, *(f"val_{name}" for name in names if validated))
        )
        watched = callback.monitored
        if watched is None:
            continue
        path = _place(spec.tree, index, callback)
        span = spec.tree.span_at(path, key=path[-1] != "monitor")
        bare = watched.removeprefix("val_")
        if bare not in names:
            known = [*names, *(f"val_{name}" for name in names)]
            advice = (
                _today(watched, known)
                or did_you_mean(watched, known)
                or f"the run reports {one_of(names, 'and')}, and the same with `val_`"
            )
            message = f"`{callback.written}` watches `{watched}`, which nothing produces"
            problems.append(UNKNOWN_MONITOR.problem(message, path=path, span=span, help=advice))
        elif watched != bare and not validated:
            message = f"`{callback.written}` watches `{watched}`, and there is no validation data"
            advice = f"set `data.split: {{validation: 0.1}}`, or watch `{bare}`"
            problems.append(NO_VALIDATION.problem(message, path=path, span=span, help=advice))
        elif getattr(callback, "mode", "auto") == "auto" and not _has_direction(bare, plan):
            message = f"`{callback.written}` watches `{watched}`, and cannot know whether more of it is better"
            advice = "set `mode: max` or `mode: min`"
            problems.append(NO_DIRECTION.problem(message, path=path, span=span, help=advice))
    return problems


def _today(watched: str, known: list[str]) -> str | None:
    """Advice for a monitor that was called otherwise once."""
    from tfspec.catalogue.old_words import monitor_advice  # only a spec with a mistake pays for it

    found = monitor_advice(watched, known)
    return f"write `monitor: {found}`" if found else None


def _lint_file_name(tree: Tree, index: int, callback: Callback, reported: tuple[str, ...]) -> list[Problem]:
    """Problems of a file that is named after numbers which the run does not report; Keras would stop there."""
    path: Path = ("callbacks", index, callback.written, "filepath")
    return [
        UNKNOWN_MONITOR.problem(
            f"`{callback.written}` names its file after `{name}`, which nothing produces",
            path=path,
            span=tree.span_at(path),
            help=did_you_mean(name, reported) or f"the run reports {one_of(reported, 'and')}",
        )
        for name in callback.filled_in
        if name not in (*reported, "learning_rate")
    ]


def _place(tree: Tree, index: int, callback: Callback) -> Path:
    path: Path = ("callbacks", index)
    if isinstance(tree.nearest(path)[0].content, dict):
        path = (*path, callback.written)
        if tree.nearest((*path, "monitor"))[1] == (*path, "monitor"):
            return (*path, "monitor")
    return path


def _has_direction(name: str, plan: CompilePlan) -> bool:
    if name == "loss" or name.endswith("_loss"):
        return True
    metric = plan.metrics.get(name)
    return metric is None or metric.direction is not None
