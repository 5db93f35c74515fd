"""Lints: what does not go together between head, loss, metrics and labels."""

from __future__ import annotations

from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.predictions import SUITED
from tfspec.diagnostics import Path, Problem
from tfspec.graph import Graph
from tfspec.source import Tree
from tfspec.tensors import show_shape

from .compiling import CompilePlan, OutputPlan
from .feeds import Lesson
from .findings import Findings
from .heads import Head, find_head
from .labels import lint_forms, lint_labels
from .needs import lint_needs
from .problems import (
    CONSTANT_SOFTMAX,
    LOGITS_AS_PROBABILITIES,
    PROBABILITIES_AS_LOGITS,
    RECTIFIED_HEAD,
    WRONG_RANGE,
)
from .types import Types

WANTED = {
    "probability": "probabilities",
    "probabilities": "probabilities",
    "positive": "positive numbers",
    "signed": "numbers on both sides of 0",
}
"""What a loss wants, in the words of a message."""

FITTING = {"probability": "sigmoid", "probabilities": "softmax", "positive": "softplus", "signed": "tanh"}
"""The activation of a head that gives what a loss wants."""


def lint_heads(
    graph: Graph, types: Types, plan: CompilePlan | None, targets: dict[str, Lesson], tree: Tree
) -> list[Problem]:
    """Problems between each output, its loss and metrics, and what it learns."""
    findings = Findings(tree)
    for name, value in graph.outputs.items():
        type_ = types.of(value)
        head = find_head(graph, value, type_) if type_ else None
        if head is None:
            continue
        if _lint_softmax(head, findings) or plan is None:
            continue
        output = plan.outputs[name]
        _lint_activation(head, output, findings)
        if not lint_needs(head, output, findings):
            continue
        if name in targets:
            lint_labels(head, output, targets[name], findings)
        else:
            lint_forms(head, output, findings)
    return findings.problems


def _lint_softmax(head: Head, findings: Findings) -> bool:
    if head.gives != "probabilities" or head.type.last != 1:
        return False
    findings.tell(
        CONSTANT_SOFTMAX,
        f"a softmax over one unit gives 1 whatever the input: the output is {show_shape(head.type.shape)}",
        head.place,
        "use `activation: sigmoid` for one probability, or one unit for each class",
    )
    return True


def _lint_activation(head: Head, output: OutputPlan, findings: Findings) -> None:
    """Whether the head gives what the loss takes, and else what the metrics take."""
    if head.gives is None:
        return
    before = len(findings.problems)
    if output.loss is not None:
        _lint_loss(head, output.loss, output.loss_path, findings)
    for metric, path in zip(output.metrics, output.metric_paths, strict=True):
        if len(findings.problems) == before:  # what is wrong with the loss is wrong with the metrics too
            _lint_metric(head, metric, path, findings, logits=output.loss is not None and output.loss.from_logits_said)


def _lint_loss(head: Head, loss: Loss, path: Path, findings: Findings) -> None:
    wants = loss.wants
    if wants in (None, "numbers", "integers") or (loss.from_logits_said and _takes_logits(head)):
        return
    if wants in ("positive", "signed"):
        if head.gives not in SUITED[wants]:
            _tell_range(head, loss, path, findings)
    elif head.gives == "non_negative":
        _tell_rectified(head, loss, path, findings)
    elif loss.from_logits_said:
        _tell_twice(head, loss, path, findings)
    elif head.gives not in ("probability", "probabilities"):
        name = type(loss).__name__
        advice = f"add `activation: {FITTING[loss.wants or 'probability']}` to the last layer"
        if "from_logits" in type(loss).model_fields:
            way = "set `from_logits: true` in the loss"
            advice += f", or {way if loss.said else f'write the loss as `{name}: {{from_logits: true}}`'}"
        message = f"`{loss.written}` expects probabilities, and `{head.layer.written}` ends with {head.written}"
        findings.tell(LOGITS_AS_PROBABILITIES, message, path, advice, (head.place, "the head"))


def _takes_logits(head: Head) -> bool:
    """Whether the values may stand for logits: anything but probabilities, or numbers that are cut off."""
    return head.gives not in ("probability", "probabilities", "non_negative")


def _lint_metric(head: Head, metric: Metric, path: Path, findings: Findings, *, logits: bool) -> None:
    wants = metric.wants_said
    if wants not in ("probability", "probabilities"):
        return
    probable = head.gives in ("probability", "probabilities")
    if metric.from_logits_said and probable:
        _tell_twice(head, metric, path, findings)
    elif not metric.from_logits_said and not probable and head.gives != "non_negative":
        fitting = FITTING[wants]
        advice = f"add `activation: {fitting}` to the last layer"
        if logits:
            advice += ", and take `from_logits: true` out of the loss"
        if "from_logits" in type(metric).model_fields:
            advice += "; or set `from_logits: true` in the metric too"
        message = f"`{metric.written}` expects probabilities, and `{head.layer.written}` ends with {head.written}"
        findings.tell(LOGITS_AS_PROBABILITIES, message, path, advice, (head.place, "the head"))


def _tell_range(head: Head, loss: Loss, path: Path, findings: Findings) -> None:
    wants = loss.wants or "numbers"
    message = f"`{loss.written}` expects {WANTED[wants]}, and `{head.layer.written}` ends with {head.written}"
    advice = f"end with `activation: {FITTING[wants]}`" + (", or without one" if wants == "signed" else "")
    findings.tell(WRONG_RANGE, message, path, advice, (head.place, "the head"))


def _tell_rectified(head: Head, loss: Loss, path: Path, findings: Findings) -> None:
    advice = f"end with `activation: {FITTING[loss.wants or 'probability']}`"
    if loss.from_logits_said:
        advice = f"take {head.removal}"
    elif "from_logits" in type(loss).model_fields:
        advice += ", or without one and with `from_logits: true` in the loss"
    message = f"{head.written} cuts off what is below zero, before `{loss.written}` sees it"
    findings.tell(RECTIFIED_HEAD, message, head.place, advice, (path, "the loss"))


def _tell_twice(head: Head, thing: Loss | Metric, path: Path, findings: Findings) -> None:
    message = f"`{thing.written}` expects logits, and {head.written} gives probabilities"
    advice = f"take `from_logits: true` out of the {thing.family}, or {head.removal}"
    field = thing.says_logits if isinstance(thing, Metric) else "from_logits"
    if field != "from_logits":
        message = f"`{thing.written}` has the threshold of logits, {getattr(thing, field):g}, and {head.written} gives "
        message += "probabilities"
        advice = f"leave out `{field}`, or take {head.removal}"
    place = (*path, thing.written, field)
    findings.tell(PROBABILITIES_AS_LOGITS, message, place, advice, (head.place, "the head"))
