"""Needs: whether an output has the axes and the values that its loss and metrics ask for."""

from __future__ import annotations

from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.predictions import Need
from tfspec.diagnostics import Path
from tfspec.tensors import show_shape

from .compiling import OutputPlan
from .findings import Findings
from .heads import Head
from .problems import UNFIT_OUTPUT


def lint_needs(head: Head, output: OutputPlan, findings: Findings) -> bool:
    """What the loss and the metrics ask of the output, whatever the labels are; whether it has the axes for all."""
    if output.loss is not None and not _has_axes(head, output.loss, output.loss_path, findings):
        return False
    fits = True
    for metric, path in zip(output.metrics, output.metric_paths, strict=True):
        if not _has_axes(head, metric, path, findings):
            fits = False
            continue
        for need in metric.needs:
            _lint_need(head, metric, need, path, findings)
        _lint_numbers(head, metric, output.loss, path, findings)
    return fits


def _has_axes(head: Head, judge: Loss | Metric, path: Path, findings: Findings) -> bool:
    names = judge.output_axes.split()
    if not names or len(names) == head.type.rank:
        return True
    axes, shape = ", ".join(names), show_shape(head.type.shape)
    message = f"`{judge.written}` takes an output of {len(names)} axes ({axes}), and the output is {shape}"
    advice = None
    if head.type.rank > len(names) == 2:  # noqa: PLR2004 - one vector for each example
        advice = "make one vector of each example before the last layer, such as with `Flatten`"
    elif head.type.rank < len(names):
        advice = "keep the time steps: `return_sequences: true` in recurrent layers, and no pooling over all of them"
    findings.tell(UNFIT_OUTPUT, message, path, advice, (head.node.path, "the output"))
    return False


def _lint_need(head: Head, metric: Metric, need: Need, path: Path, findings: Findings) -> None:
    """Whether the last axis has as many values as an argument asks for."""
    last = head.type.last
    if not isinstance(last, int) or need.size == last or (need.size < last and not need.exactly):
        return
    value = getattr(metric, need.argument)
    if isinstance(value, tuple):
        message = f"`{metric.written}` has {need.size} `{need.argument}`, and the output has {_values(last)}"
        advice = f"give it {last} `{need.argument}`, or one for all"
    else:
        least = "" if need.exactly else "at least "
        message = f"`{need.argument}: {value}` of `{metric.written}` needs an output of {least}{_values(need.size)}"
        message += f", and it has {last}"
        advice = f"write `{need.argument}: {last}`" + ("" if need.exactly else " or less")
        if value == need.size - 1:
            advice = f"classes count from 0 to {last - 1}"
        if last == 1 and not need.exactly:
            advice = f"leave out `{need.argument}`"
    place = (*path, metric.written, need.argument)
    findings.tell(UNFIT_OUTPUT, message, place, advice, (head.node.path, "the output"))


def _lint_numbers(head: Head, metric: Metric, loss: Loss | None, path: Path, findings: Findings) -> None:
    """Whether a metric takes values for each class for class numbers."""
    field, last = metric.says_numbers, head.type.last
    has_classes = head.gives == "probabilities" or (loss is not None and loss.wants == "probabilities")
    if not field or not getattr(metric, field) or not has_classes or not isinstance(last, int) or last == 1:
        return
    message = f"`{metric.written}` takes class numbers from the model, and it gives a value for each of {last} classes"
    place = (*path, metric.written, field) if field in metric.said else path
    findings.tell(UNFIT_OUTPUT, message, place, f"set `{field}: false`", (head.node.path, "the output"))


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"
