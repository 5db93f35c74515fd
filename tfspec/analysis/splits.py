"""Splits that the data cannot be given, as far as its size is known before it is loaded."""

from __future__ import annotations

from tfspec.diagnostics import Path, Problem
from tfspec.source import Tree
from tfspec.spec import Split
from tfspec.tensors import is_float

from .feeds import Feeds
from .findings import Findings
from .problems import BAD_SPLIT


def lint_split(split: Split, feeds: Feeds, tree: Tree) -> list[Problem]:
    """Problems of a split with what is known of the data: its rows, its own test rows, its classes."""
    findings = Findings(tree)
    path: Path = ("data", "split")
    facts = feeds.facts
    if split.test is not None and facts.test_rows is not None:
        message = f"the data brings {facts.test_rows:,} rows to test on, and `test` asks for others"
        findings.tell(BAD_SPLIT, message, (*path, "test"), "leave out `test`: results are compared by these rows")
    elif (rows := facts.rows) is not None:
        _lint_sizes(split, rows, path, findings)
    amounts = [lesson.column for lesson in feeds.targets.values() if is_float(lesson.type.dtype) and not lesson.one_hot]
    if split.stratify and feeds.targets and len(amounts) == len(feeds.targets):
        message = f"`stratify` goes by classes, and `{amounts[0]}` holds amounts"
        findings.tell(BAD_SPLIT, message, (*path, "stratify"), "leave out `stratify`")
    return findings.problems


def _lint_sizes(split: Split, rows: int, path: Path, findings: Findings) -> None:
    """Whether every part has a row, and training too."""
    kept = 0
    for field, amount in (("validation", split.validation), ("test", split.test)):
        if amount is None:
            continue
        part = amount if isinstance(amount, int) else round(amount * rows)
        if part < 1:
            message = f"`{field}: {amount}` of {rows:,} rows is not even one row"
            findings.tell(BAD_SPLIT, message, (*path, field), f"write a larger fraction, or a number: `{field}: 1`")
        kept += part
        if kept >= rows:
            message = f"the split keeps {kept:,} of {rows:,} rows, and leaves none to train on"
            findings.tell(BAD_SPLIT, message, (*path, field), "keep fewer rows, or a fraction of them: `0.2`")
            return
