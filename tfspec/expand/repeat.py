"""`repeat`: how often, over what, and which layers."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.diagnostics import did_you_mean, one_of
from tfspec.source import Tree

from .estimate import MAX_TIMES
from .frame import Frame
from .problems import BAD_REPEAT
from .variables import is_usable, usable

KEYS = ("times", "for", "index", "layers")
INDEX = "index"
"""What the number of a repetition is called, counted from 0, where nothing else is said."""

EXAMPLE = "such as `repeat: {times: 3, layers: […]}`"


class Repeat(NamedTuple):
    """So many repetitions of layers, with the values of the loop variables in each."""

    times: int
    loops: dict[str, list[Tree]]
    variable: str
    layers: list[Tree]


def read_repeat(said: Tree, frame: Frame) -> Repeat | None:
    """What a `repeat` asks for; None, with the problem noted, where it cannot be read."""
    content = said.content
    if not isinstance(content, dict):
        frame.tell(BAD_REPEAT, "`repeat` must be a mapping", said.span, EXAMPLE)
        return None
    unknown = [key for key in content if key not in KEYS]
    for key in unknown:
        advice = did_you_mean(key, KEYS) or f"it takes {one_of(KEYS, 'and')}"
        frame.tell(BAD_REPEAT, f"`repeat` has no key `{key}`", content[key].key_span, advice)
    layers = content.get("layers")
    if layers is None or not isinstance(layers.content, list):
        if layers is not None or not unknown:
            span = layers.span if layers else said.key_span
            frame.tell(BAD_REPEAT, "`repeat` needs `layers`, a list", span, EXAMPLE)
        return None
    if ("times" in content) == ("for" in content):
        if "times" not in content and unknown:
            return None
        which = "both say" if "times" in content else "one of them must say"
        frame.tell(BAD_REPEAT, f"`times` and `for`: {which} how often to repeat", said.key_span, EXAMPLE)
        return None
    index = _index(content.get("index"), frame)
    if "times" in content:
        times, loops = _times(content["times"], frame), dict[str, list[Tree]]()
    else:
        loops = _loops(content["for"], frame)
        times = len(next(iter(loops.values()))) if loops else None
    if times is None or index is None:
        return None
    return Repeat(times, loops, index, layers.content)


def _index(tree: Tree | None, frame: Frame) -> str | None:
    if tree is None:
        return INDEX
    if isinstance(tree.content, str) and is_usable(tree.content):
        return tree.content
    frame.tell(BAD_REPEAT, "`index` must be a name", tree.span, "such as `index: i`")
    return None


def _times(tree: Tree, frame: Frame) -> int | None:
    computed = frame.computed(tree)
    times = computed.content
    if isinstance(times, int) and not isinstance(times, bool) and 0 <= times <= MAX_TIMES:
        return times
    if times is not None or tree.content is None:
        span = tree.span and tree.span._replace(uses=computed.uses)
        message = f"`times` must be a whole number from 0 to {MAX_TIMES:,}, not {shown(computed)}"
        frame.tell(BAD_REPEAT, message, span)
    return None


def _loops(tree: Tree, frame: Frame) -> dict[str, list[Tree]]:
    """The values of each loop variable; empty, with the problem noted, where they do not go together."""
    computed = frame.computed(tree)
    content = computed.content
    if not isinstance(content, dict) or not content:
        if content is not None or tree.content is None:
            advice = "such as `for: {filters: [64, 128], stride: [1, 2]}`"
            frame.tell(BAD_REPEAT, "`for` must be a mapping from names to lists", tree.span or tree.key_span, advice)
        return {}
    loops: dict[str, list[Tree]] = {}
    for name, values in content.items():
        if not is_usable(name):
            advice = f"write `{usable(name)}`"
            frame.tell(BAD_REPEAT, f"`{name}` is no name that an expression can use", values.key_span, advice)
        elif isinstance(values.content, list):
            loops[name] = values.content
        else:
            frame.tell(BAD_REPEAT, f"`{name}` must go over a list", values.span, f"such as `{name}: [1, 2]`")
    lengths = {name: len(values) for name, values in loops.items()}
    if len(loops) < len(content) or max(lengths.values()) > MAX_TIMES:
        if loops and max(lengths.values()) > MAX_TIMES:
            frame.tell(BAD_REPEAT, f"`for` goes over more than {MAX_TIMES:,} values", tree.key_span)
        return {}
    if len(set(lengths.values())) > 1:
        listed = one_of((f"{name} has {length}" for name, length in lengths.items()), "and").replace("`", "")
        frame.tell(BAD_REPEAT, f"the lists of `for` must be of one length: {listed}", tree.key_span)
        return {}
    return loops


def shown(tree: Tree) -> str:
    """A value as a message shows it."""
    content = tree.content
    if content is None:
        return "nothing"
    if isinstance(content, (list, dict)):
        return "a list" if isinstance(content, list) else "a mapping"
    return f"`{str(content).lower() if isinstance(content, bool) else content}`"


def ordinal(number: int) -> str:
    """A number with its ending: `1st`, `2nd`, `3rd`, `4th`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
