"""Random specs of blocks, repeats and conditions, and what they say when they are written out by hand.

The unroller below knows nothing of names: it says which layers there are and what each takes, by
position. Whatever the expansion calls things, it must come to the same.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b", "a_1", "b0", "b0_1", "b0_a", "result", "b1_dense", "input_layer")
"""Names that are likely to clash with those that the expansion makes."""

Items = list[Any]
Wired = tuple[str, dict[str, Any], tuple[int, ...]]
"""A layer, its arguments, and the positions of the layers that it takes; -1 is the input."""


@st.composite
def specs(draw: st.DrawFn, kind: str = "functional") -> dict[str, Any]:
    """A spec whose layers all give eight features, so that any of them can be joined to any other."""
    blocks: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 3))):
        layers = draw(_items(list(blocks), {"input", "_"}, ("n",), depth=2))
        blocks[f"b{number}"] = {"params": {"n": draw(st.integers(1, 3))}, "layers": layers}
    if kind == "functional":
        seen = {"x", "_"}
        layers = draw(_items(list(blocks), seen, (), depth=3))
        body = {"inputs": {"x": {"shape": [8]}}, "layers": [*layers, {"Dense": {"units": 8}}]}
    else:
        layers = draw(_items(list(blocks), set(), (), depth=3))
        body = {"input": {"shape": [8]}, "layers": [*layers, {"Dense": {"units": 8}}]}
    return {"tfspec": 1, "blocks": blocks, "model": {kind: body}}


@st.composite
def _items(  # noqa: PLR0913 - what is to be known at each place
    draw: st.DrawFn, blocks: list[str], seen: set[str], numbers: tuple[str, ...], depth: int, *, named: bool = True
) -> Items:
    """Entries of `layers`: `seen` are the names that `from` can use (none in a chain), `numbers` those of sums."""
    items: Items = []
    own, seen = set[str]() if named else set(NAMES), set(seen)
    kinds = ["layer", "layer", "add", *(["use"] if blocks else []), *(["repeat", "loop", "if"] if depth else [])]
    for _step in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(kinds if seen else [each for each in kinds if each != "add"]))
        number = _number(draw, numbers)
        if kind == "repeat":
            inner = draw(_items(blocks, seen, (*numbers, "index"), depth - 1))
            items.append({"repeat": {"times": draw(st.integers(0, 3)), "layers": inner}})
        elif kind == "loop":
            inner = draw(_items(blocks, seen, (*numbers, "k"), depth - 1))
            values = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
            items.append({"repeat": {"for": {"k": values}, "index": "i", "layers": inner}})
        elif kind == "if":
            branches = {key: draw(_items(blocks, seen, numbers, 0, named=False)) for key in ("then", "else")}
            items.append({"if": f"${{{number} > 1}}", **branches})
        else:
            items.append(_step_of(draw, kind, blocks, seen, own, number))
    return items


def _step_of(  # noqa: PLR0913, PLR0917 - what is to be known at each place
    draw: st.DrawFn, kind: str, blocks: list[str], seen: set[str], own: set[str], number: str
) -> Any:
    """A layer, or a use of a block, with a name of its own or none."""
    if kind == "use":
        word = draw(st.sampled_from(blocks))
        arguments: dict[str, Any] = {"n": f"${{{number}}}"} if draw(st.booleans()) else {}
    elif kind == "add":
        word, arguments = "Add", {"from": [draw(st.sampled_from(sorted(seen))) for _ in range(2)]}
    else:
        word = "Dense"
        arguments = {
            "units": 8,
            "use_bias": draw(st.booleans()),
            "kernel_regularizer": {"L2": {"l2": f"${{{number}}}"}},
        }
    if kind != "add" and seen and draw(st.booleans()):
        arguments["from"] = draw(st.sampled_from(sorted(seen)))
    free = [name for name in NAMES if name not in own and name not in seen]
    if free and draw(st.booleans()):
        arguments["name"] = draw(st.sampled_from(free))
        own.add(arguments["name"])
        if seen:
            seen.add(arguments["name"])
    return {word: arguments} if arguments else word


def _number(draw: st.DrawFn, numbers: tuple[str, ...]) -> str:
    name = draw(st.sampled_from([*numbers, "2"]))
    return f"{name} + {draw(st.integers(0, 2))}"


def unrolled(spec: dict[str, Any]) -> list[Wired]:
    """What a spec says, written out by hand."""
    ((_kind, body),) = spec["model"].items()
    out: list[Wired] = []
    _unroll(body["layers"], {}, {"x": -1}, -1, out, spec["blocks"])
    return out


def _unroll(  # noqa: PLR0913, PLR0917 - what is to be known at each place
    items: Items, env: dict[str, int], names: dict[str, int], previous: int, out: list[Wired], blocks: dict[str, Any]
) -> int:
    for item in items:
        word, arguments = (item, {}) if isinstance(item, str) else next(iter(item.items()))
        if word == "if":
            previous = _unroll(item["then" if _value(arguments, env) else "else"], env, names, previous, out, blocks)
        elif word == "repeat":
            loops = arguments.get("for", {})
            times = len(loops["k"]) if loops else arguments["times"]
            for number in range(times):
                inner = {**env, arguments.get("index", "index"): number, **{k: v[number] for k, v in loops.items()}}
                previous = _unroll(arguments["layers"], inner, dict(names), previous, out, blocks)
        else:
            taken = arguments.get("from", "_")
            sources = [
                previous if each == "_" else names[each] for each in ([taken] if isinstance(taken, str) else taken)
            ]
            if word in blocks:
                n = _value(arguments["n"], env) if "n" in arguments else blocks[word]["params"]["n"]
                previous = _unroll(blocks[word]["layers"], {"n": n}, {"input": sources[0]}, sources[0], out, blocks)
            else:
                plain = {key: _filled(value, env) for key, value in arguments.items() if key not in ("from", "name")}
                out.append((word, plain, tuple(sources)))
                previous = len(out) - 1
            if "name" in arguments:
                names[arguments["name"]] = previous
    return previous


def _filled(value: Any, env: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, env) for key, item in value.items()}
    return _value(value, env) if isinstance(value, str) else value


def _value(text: str, env: dict[str, int]) -> Any:
    return eval(text.removeprefix("${").removesuffix("}"), {}, dict(env))  # noqa: S307 - a text of this file's own


def wired(data: dict[str, Any]) -> list[Wired]:
    """What an expanded spec says, by position."""
    ((_kind, body),) = data["model"].items()
    known = dict.fromkeys(body.get("inputs", {}), -1)
    found: list[Wired] = []
    for index, item in enumerate(body["layers"]):
        word, arguments = (item, {}) if isinstance(item, str) else next(iter(item.items()))
        taken = arguments.get("from", "_")
        names = [taken] if isinstance(taken, str) else taken
        plain = {key: value for key, value in arguments.items() if key not in ("name", "from", "as")}
        found.append((word, plain, tuple(index - 1 if each == "_" else known[each] for each in names)))
        for name in (arguments.get("name"), *arguments.get("as", [])):
            if name is not None:
                assert name not in known or known[name] == index, name
                known[name] = index
    return found
