"""`repeat`: how often, over what, and which layers."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.diagnostics import Code, Label, Span, did_you_mean, one_of
from tfspec.diagnostics.wording import show
from tfspec.programs import has_expression
from tfspec.source import Tree

from .estimate import MAX_TIMES
from .frame import Frame
from .problems import BAD_REPEAT
from .variables import is_usable, usable
from .words import INDEX

KEYS = ("times", "for", "index", "layers")
EXAMPLE = "such as `repeat: {times: 3, layers: […]}`"


class Repeat(NamedTuple):
    """So many repetitions of layers, with the values of the loop variables in each."""

    times: int
    loops: dict[str, list[Tree]]
    variable: str
    layers: Tree


def read_repeat(said: Tree, frame: Frame) -> Repeat | None:
    """What a `repeat` asks for; None, with the problem noted, where it cannot be read."""
    opened = frame.opened(said)
    if opened is None:
        return None
    content = opened.content
    if not isinstance(content, dict):
        frame.tell(BAD_REPEAT, "`repeat` must be a mapping", place_of(said, opened), EXAMPLE)
        return None
    return _read(content, said, frame)


def _read(content: dict[str, Tree], said: Tree, frame: Frame) -> Repeat | None:
    """What the keys of a `repeat` ask for."""
    unknown = [key for key in content if key not in KEYS]
    for key in unknown:
        advice = did_you_mean(key, KEYS) or f"it takes {one_of(KEYS, 'and')}"
        frame.tell(BAD_REPEAT, f"`repeat` has no key `{key}`", content[key].key_span, advice)
    layers = content.get("layers")
    if layers is None or not may_be_list(layers):
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
    if "index" in content and index in loops:
        message = f"`{index}` is the number of the repetition, and a loop variable as well"
        frame.tell(BAD_REPEAT, message, content["index"].span, "give one of them another name")
    return Repeat(times, loops, index, layers)


def _index(tree: Tree | None, frame: Frame) -> str | None:
    if tree is None:
        return INDEX
    if isinstance(tree.content, str) and is_usable(tree.content):
        return tree.content
    frame.tell(BAD_REPEAT, "`index` must be a name", tree.span, "such as `index: i`")
    return None


def _times(tree: Tree, frame: Frame) -> int | None:
    computed = frame.value(tree)
    if computed is None:
        return None
    times = computed.content
    if isinstance(times, int) and not isinstance(times, bool) and 0 <= times <= MAX_TIMES:
        return times
    message = f"`times` must be a whole number from 0 to {MAX_TIMES:,}, not {shown(computed)}"
    frame.tell(BAD_REPEAT, message, place_of(tree, computed), _whole(tree, times))
    return None


def _whole(said: Tree, times: object) -> str | None:
    """How to make a whole number of what was meant as one."""
    if isinstance(times, str) and times.strip().isdecimal():
        return f"write it without quotes: `{int(times)}`"
    if isinstance(times, float) and isinstance(said.content, str):
        return "`//` divides without a rest" if "/" in said.content else "`int(…)` leaves the rest out"
    return None


def _loops(tree: Tree, frame: Frame) -> dict[str, list[Tree]]:
    """The values of each loop variable; empty, with the problem noted, where they do not go together."""
    computed = frame.value(tree)
    if computed is None:
        return {}
    content = computed.content
    if not isinstance(content, dict) or not content:
        advice = "such as `for: {filters: [64, 128], stride: [1, 2]}`"
        message = f"`for` must be a mapping from names to lists, not {shown(computed)}"
        frame.tell(BAD_REPEAT, message, place_of(tree, computed), advice)
        return {}
    loops: dict[str, list[Tree]] = {}
    for name, values in content.items():
        if not is_usable(name):
            advice = f"write `{usable(name)}`"
            frame.tell(BAD_REPEAT, f"`{name}` is no name that an expression can use", values.key_span, advice)
        elif isinstance(values.content, list):
            loops[name] = values.content
        else:
            message = f"`{name}` must go over a list, not {shown(values)}"
            frame.tell(BAD_REPEAT, message, values.span, f"such as `{name}: [1, 2]`")
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


def may_be_list(tree: Tree) -> bool:
    """Whether a value is a list, or computed."""
    return isinstance(tree.content, list) or (isinstance(tree.content, str) and has_expression(tree.content))


def items_of(layers: Tree, frame: Frame, code: Code, needed: str) -> list[Tree]:
    """The entries of a list of layers, which may be computed; none where it is no list, of which `needed` tells."""
    opened = frame.opened(layers)
    content = opened.content if opened else None
    if opened is not None and content is not None and not isinstance(content, list):
        frame.tell(code, f"{needed}, not {shown(opened)}", place_of(layers, opened), "make it a list of layers")
    if opened is None or not isinstance(content, list):
        return []
    frame.count(len(content), layers.span)
    return [item.used(*opened.uses) for item in content] if opened is not layers else content


def shown(tree: Tree) -> str:
    """A value as a message shows it."""
    return "nothing" if tree.content is None else show(tree.data)


def place_of(said: Tree, computed: Tree) -> Span | None:
    """The place of a value that was asked for, with where it comes from; that of its key where nothing was said."""
    uses = computed.uses
    if said.span and computed.span and computed.span != said.span:
        uses = (Label(computed.span, "its value"),)  # a list or mapping that a name stands for
    return said.span._replace(uses=uses) if said.span else said.key_span


def ordinal(number: int) -> str:
    """A number with its ending: `1st`, `2nd`, `3rd`, `4th`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
