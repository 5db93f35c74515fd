"""Labels: whether what an output learns has the form and the number that its loss and metrics take."""

from __future__ import annotations

from typing import TypeAlias

from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.predictions import Labels
from tfspec.diagnostics import Path
from tfspec.tensors import Shape, differ, show_shape

from .compiling import OutputPlan
from .feeds import Lesson
from .findings import Findings
from .heads import Head
from .problems import LABEL_FORM, LABEL_SHAPE, OTHER_LABELS, TOO_FEW_UNITS, TOO_MANY_UNITS

Judge: TypeAlias = Loss | Metric
"""What compares an output with its labels."""


def lint_labels(head: Head, output: OutputPlan, lesson: Lesson, findings: Findings) -> None:
    """The first thing of the loss and the metrics that the labels do not suit; the others follow from it."""
    judges: list[tuple[Judge, Path]] = [(output.loss, output.loss_path)] if output.loss else []
    judges += zip(output.metrics, output.metric_paths, strict=True)
    for judge, path in judges:
        if _lint_judge(head, judge, path, lesson, findings):
            return


def lint_forms(head: Head, output: OutputPlan, findings: Findings) -> None:
    """The first metric whose labels cannot be those of the loss; for labels of which nothing else is known."""
    loss, last = output.loss, head.type.last
    if loss is None or _labels(loss) is None or not isinstance(last, int) or last == 1:
        return
    for metric, path in zip(output.metrics, output.metric_paths, strict=True):
        if _labels(metric) is None or _are_numbers(metric) == _are_numbers(loss):
            continue
        numbers, shape = "class numbers as labels", f"labels in the shape of the output, {show_shape(head.type.shape)}"
        wanted, given = (numbers, shape) if _are_numbers(metric) else (shape, numbers)
        message = f"`{metric.written}` takes {wanted}, and `{loss.written}` takes {given}"
        other = f"{_sparse_twin(metric)}a metric of class numbers, such as `sparse_categorical_accuracy`"
        twin = _dense_twin(metric) if _are_numbers(metric) else other
        findings.tell(OTHER_LABELS, message, path, f"use {twin}", (output.loss_path, "the loss"))
        return


def _are_numbers(judge: Judge) -> bool:
    """Whether its labels are class numbers, and the output has an axis of the classes besides."""
    compares_numbers = judge.wants == "integers" and not judge.from_logits_said
    return _labels(judge) == "integers" and not compares_numbers


def _lint_judge(head: Head, judge: Judge, path: Path, lesson: Lesson, findings: Findings) -> bool:
    """Whether something is wrong with the labels for one loss or metric."""
    labels = _labels(judge)
    if labels == "integers":
        if lesson.one_hot:
            findings.tell(
                LABEL_FORM,
                f"`{judge.written}` expects class numbers, and the labels are one-hot vectors",
                path,
                f"take `one_hot` out of `data.targets`, or {_saying(judge, 'false') or f'use {_dense_twin(judge)}'}",
            )
            return True
        if judge.label_axes:
            return _lint_axes(head, judge, path, lesson, findings)
        is_choice = isinstance(judge, Loss) and judge.wants == "probabilities"
        return is_choice and (_lint_units(head, lesson, findings) or _lint_choices(head, judge, path, lesson, findings))
    if judge.label_axes and head.type.last == 1:
        return _lint_axes(head, judge, path, lesson, findings)
    if labels == "one_hot" and lesson.classes and not lesson.one_hot:
        twin = _sparse_twin(judge)
        advice = (
            _saying(judge, "true") or f"{'use ' if twin else ''}{twin}set `data.targets: {{one_hot: {lesson.classes}}}`"
        )
        findings.tell(
            LABEL_FORM,
            f"`{judge.written}` expects one-hot vectors, and the labels are class numbers 0 to {lesson.classes - 1}",
            path,
            advice,
        )
        return True
    if labels is None:
        return False
    return _lint_shape(head, judge, path, lesson, findings)


def _labels(judge: Judge) -> Labels | None:
    return judge.labels_said if isinstance(judge, Metric) else judge.labels


def _saying(judge: Judge, are_numbers: str) -> str | None:
    """How an argument says whether labels are class numbers, where the metric has one for it."""
    field = judge.says_labels if isinstance(judge, Metric) else ""
    return f"set `{field}: {are_numbers}`" if field else None


def _lint_axes(head: Head, judge: Judge, path: Path, lesson: Lesson, findings: Findings) -> bool:
    """Whether the labels have the axes that are asked for, which Keras does not add to them."""
    names, given = judge.label_axes.split(), lesson.type.shape
    if len(names) == len(given):
        return False
    message = f"`{judge.written}` takes labels of {len(names)} axes ({', '.join(names)}), and they are "
    advice = "give each example a sequence of class numbers"
    if _labels(judge) == "one_hot":
        advice = "use `Precision`, `Recall` or `AUC`"
        if head.type.last == 1:
            advice += ", or two units with `softmax` under `categorical_crossentropy`, and `data.targets: {one_hot: 2}`"
    findings.tell(LABEL_SHAPE, message + show_shape(given), path, advice, (head.node.path, "the output"))
    return True


def _lint_units(head: Head, lesson: Lesson, findings: Findings) -> bool:
    """Whether there are as many units as classes."""
    place, units, classes = (*head.node.path, "units"), head.type.last, lesson.classes
    if classes is None or not isinstance(units, int) or units == classes:
        return False
    advice = f"give the last layer {classes} units"
    if units < classes:
        if units == 1 and classes == 2:  # noqa: PLR2004 - two classes can share one unit
            advice += ", or use `binary_crossentropy` with one unit"
        message = f"{classes} classes do not fit into {units} unit{'s' if units > 1 else ''}"
        findings.tell(TOO_FEW_UNITS, message, place, advice)
    else:
        message = f"{units} units for {classes} classes: {units - classes} will never be right"
        findings.tell(TOO_MANY_UNITS, message, place, advice)
    return True


def _lint_choices(head: Head, judge: Judge, path: Path, lesson: Lesson, findings: Findings) -> bool:
    """Whether there is one class number for each choice between the classes that the output makes."""
    given, (*choices, _) = lesson.type.shape, head.type.shape
    if getattr(judge, "axis", -1) != -1 or _fits(given, (*choices, 1)):
        return False
    message = f"`{judge.written}` takes a class number for each of the output's {show_shape(tuple(choices))}, and the "
    message += f"labels are {show_shape(given)}"
    is_one_each = all(size == 1 for size in given[1:])
    advice = "make one vector of each example before the last layer, such as with `Flatten`" if is_one_each else None
    findings.tell(LABEL_SHAPE, message, path, advice, (head.node.path, "the output"))
    return True


def _lint_shape(head: Head, judge: Judge, path: Path, lesson: Lesson, findings: Findings) -> bool:
    """Whether the labels have the shape of the output, as far as Keras does not mend it by a size-1 axis."""
    given, wanted = lesson.type.shape, head.type.shape
    if _fits(given, wanted):
        return _lint_two_classes(judge, path, lesson, findings)
    advice = "make the output and the target one shape"
    if isinstance(wanted[-1], int) and len(given) == 1:
        advice = "give the last layer one unit"
        if lesson.classes and lesson.classes == wanted[-1]:
            advice += f", or set `data.targets: {{one_hot: {lesson.classes}}}`"
    message = f"`{judge.written}` compares values one by one, and the output is {show_shape(wanted)}"
    message += f" where the labels are {show_shape(given)}"
    findings.tell(LABEL_SHAPE, message, path, advice, (head.node.path, "the output"))
    return True


def _fits(given: Shape, wanted: Shape) -> bool:
    if len(given) == len(wanted) - 1 and wanted[-1] == 1:
        given = (*given, 1)
    if len(given) != len(wanted):
        return False
    return not any(map(differ, given[1:], wanted[1:]))


def _lint_two_classes(judge: Judge, path: Path, lesson: Lesson, findings: Findings) -> bool:
    """Whether labels of 0 and 1 are more than two classes."""
    classes = lesson.classes
    if _labels(judge) != "zero_one" or lesson.one_hot or classes is None or classes <= 2:  # noqa: PLR2004 - 0 and 1
        return False
    findings.tell(
        LABEL_FORM,
        f"`{judge.written}` expects labels of 0 and 1, and the data has {classes} classes",
        path,
        f"use `sparse_categorical_crossentropy` with {classes} units and `softmax`",
    )
    return True


def _dense_twin(judge: Judge) -> str:
    twin = judge.written.replace("sparse_", "").replace("Sparse", "")
    return f"`{twin}`" if twin != judge.written else f"a {judge.family} that takes one-hot vectors"


def _sparse_twin(judge: Judge) -> str:
    """The namesake that takes class numbers, where there is one."""
    from tfspec.catalogue import find

    word = judge.written
    twin = f"Sparse{word}" if word[:1].isupper() else f"sparse_{word}"
    return f"`{twin}`, or " if find(judge.family, twin) else ""
