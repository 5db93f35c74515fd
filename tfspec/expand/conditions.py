"""`if`: whether it is true, and the layers of the branch that applies."""

from __future__ import annotations

from tfspec.diagnostics import did_you_mean
from tfspec.diagnostics.wording import meant_boolean
from tfspec.programs import read_template
from tfspec.source import Tree

from .frame import Frame
from .problems import BAD_CONDITION
from .repeat import items_of, may_be_list, place_of, shown

BRANCHES = ("then", "else")
KEYS = ("if", *BRANCHES)

WEIGHT = 10
"""How many values a condition counts as."""


def read_condition(content: dict[str, Tree], frame: Frame) -> list[Tree]:
    """The layers of the branch that applies; none where that cannot be decided, with the problem noted."""
    unknown = [key for key in content if key not in KEYS]
    for key in unknown:
        advice = did_you_mean(key, BRANCHES) or "it takes `if`, `then` and `else`"
        frame.tell(BAD_CONDITION, f"a condition has no `{key}`", content[key].key_span, advice)
    said = content["if"]
    frame.count(WEIGHT, said.span)
    condition = said if isinstance(said.content, bool) else frame.value(said)
    if condition is None:
        return []
    if not isinstance(condition.content, bool):
        message = f"`if` must be `true` or `false`, not {shown(condition)}"
        frame.tell(BAD_CONDITION, message, place_of(said, condition), _advice(said, condition))
        return []
    if len(content) == 1:
        advice = "write the layers of either case below `then` and `else`"
        frame.tell(BAD_CONDITION, "`if` needs `then`, `else` or both", said.key_span, advice)
    branch = content.get("then" if condition.content else "else")
    if branch is None or branch.content is None:
        return []
    if may_be_list(branch):
        return items_of(branch, frame, BAD_CONDITION, "`then` and `else` hold lists of layers")
    frame.tell(BAD_CONDITION, "`then` and `else` hold lists of layers", branch.span, "begin each with `- `")
    return []


def _advice(said: Tree, condition: Tree) -> str:
    """What to write in place of a value that is neither `true` nor `false`."""
    value = condition.content
    if isinstance(value, str) and (meant := meant_boolean(value)):
        return meant
    template = read_template(said.content) if isinstance(said.content, str) else None
    if template is None or not template.is_whole:
        return "compare something, such as `${depth > 0}`"
    text = template.pieces[0].expression.text.strip()
    if isinstance(value, (list, dict)):
        compared = f"len({text}) > 0"
    elif isinstance(value, str):
        compared = f"{text} == '{value}'"
    else:
        compared = f"{text} != null" if value is None else f"{text} > 0"
    return f"write `true` or `false`, or compare it: `${{{compared}}}`"
