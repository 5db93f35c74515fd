"""Steps of a spec as plain data: which of them make one step together, and what is said of them."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]
Steps = list[Any]


def runs(steps: Steps) -> Iterator[tuple[int, int]]:
    """Where runs begin and end that may become one step, the shortest first.

    Nobody calls a step of theirs by its name, and each takes what the one before gave.
    """
    for length in range(1, len(steps) + 1):
        for start in range(len(steps) + 1 - length):
            first, *rest = steps[start : start + length]
            is_free = all("from" not in said for step in rest for said in said_of(step))
            takes_one = all(isinstance(said.get("from", ""), str) for said in said_of(first))
            unnamed = not any({"name", "as"} & set(said) for step in (first, *rest) for said in said_of(step))
            visible = not any(map(_takes_by_name, (first, *rest)))
            if is_free and takes_one and unnamed and visible:
                yield start, start + length


def said_of(step: Any) -> list[Data]:
    """What a step says of its layer; nothing for a name alone."""
    return [said for said in step.values() if isinstance(said, dict)] if isinstance(step, dict) else []


def is_layer(step: Any) -> bool:
    """Whether a step is a layer, a block or a model, and no repeat or condition."""
    return not isinstance(step, dict) or not {"repeat", "if"} & set(step)


def body_of(step: Any) -> Steps:
    """The steps inside a condition or a repeat."""
    if is_layer(step):
        return []
    return [*step.get("then", ()), *step.get("else", ()), *step.get("repeat", {}).get("layers", ())]


def without_source(run: Steps) -> tuple[Data, Steps]:
    """What the first step takes, and the steps without that."""
    for said in said_of(run[0]):
        if "from" in said:
            ((word, _),) = run[0].items()
            rest = {key: value for key, value in said.items() if key != "from"}
            return {"from": said["from"]}, [{word: rest} if rest else word, *run[1:]]
    return {}, run


def plain_argument(run: Steps) -> tuple[Data, str] | None:
    """The first argument with a number or a word as its value, and what it stands in."""
    for step in filter(is_layer, run):
        for said in said_of(step):
            for key, value in said.items():
                if is_plain(key, value) and key not in {"from", "name"}:
                    return said, key
    return None


def is_plain(key: str, value: Any) -> bool:
    """Whether the value of an argument is a number or a word, and its name one that a variable may have."""
    is_word = isinstance(value, str) and value.isidentifier()
    return not keyword.iskeyword(key) and (isinstance(value, (bool, int, float)) or is_word)


def literal(value: Any) -> str:
    """A number, a word or a list of them, as an expression says it."""
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _takes_by_name(step: Any) -> bool:
    """Whether a step inside a condition or a repeat takes something by its name, which a block would not see."""
    return any(_takes_by_name(inner) or any("from" in said for said in said_of(inner)) for inner in body_of(step))
