"""Models written out: their layers, their joints, and what they are called then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from glob import escape

from tfspec.source import Tree

from .budget import LESS, TooLargeError
from .estimate import least_size
from .frame import Frame, Setting
from .lines import Line, Lines, Ref
from .problems import BAD_USE, TOO_MUCH
from .steps import write_layers
from .words import FLOW, MODELS

MAX_STEPS = 300_000
"""Layers, uses of blocks and repetitions that one model may be written out to."""


def write_model(tree: Tree, setting: Setting) -> Tree:
    """A model (`{sequential: {…}}`), a shared layer or a shared model with its layers written out."""
    frame = Frame(setting, Lines(setting.auto_name), setting.variables)
    tree = frame.opened(tree) or tree.holding(None)
    content = tree.content
    if isinstance(content, dict) and len(content) == 1:
        ((kind, body),) = content.items()
        if kind in MODELS:
            body = frame.opened(body) or body.holding(None)
        if kind in MODELS and isinstance(body.content, dict):
            kind, entries = _body(kind, body.content, frame)
            return tree.holding({kind: body.holding(entries)})
    return frame.computed(tree)


def write_chain(tree: Tree, setting: Setting) -> Tree:
    """A list of layers that are applied one after the other, as under `prepare`; or such lists by name."""
    outer = Frame(setting, Lines(setting.auto_name), setting.variables)
    tree = outer.opened(tree) or tree.holding(None)
    if isinstance(tree.content, dict):
        return tree.holding({key: write_chain(child, setting) for key, child in tree.content.items()})
    if not isinstance(tree.content, list):
        return outer.computed(tree)
    frame = _layers(tree, outer, {}, Ref("_"), is_chain=True)
    if frame.lines.is_joined:
        advice = "let each layer of its blocks take what the layer before it gives"
        frame.tell(BAD_USE, "layers that prepare data cannot branch", tree.key_span or tree.span, advice)
    return tree.holding(list(frame.lines.written()))


def write_nested(word: str, said: Tree, frame: Frame) -> tuple[str, Tree]:
    """A model among layers: its inside is written out by itself, its joints are those of a layer."""
    content = said.content if isinstance(said.content, dict) else {}
    inner = frame.inner(frame.scope, None, said.key_span)
    word, inside = _body(word, {key: child for key, child in content.items() if key not in FLOW}, inner)
    joints = {key: frame.computed(child) for key, child in content.items() if key in FLOW}
    return word, said.holding({**inside, **joints})


def _body(kind: str, content: dict[str, Tree], outer: Frame) -> tuple[str, dict[str, Tree]]:
    """The keys of a model with its layers written out, and its kind: a chain whose blocks branch becomes a graph."""
    entries = {key: outer.computed(child) for key, child in content.items() if key != "layers"}
    layers = content.get("layers")
    layers = layers and (outer.opened(layers) or layers.holding(None))
    if layers is None or not isinstance(layers.content, list):
        return kind, entries | ({"layers": outer.computed(layers)} if layers else {})
    names: dict[str, Ref] = {}
    previous: Ref | None = Ref(_input_name(entries.get("input"), layers))
    if kind == "functional":
        inputs = entries["inputs"].content if "inputs" in entries else None
        names = {name: Ref(name) for name in inputs} if isinstance(inputs, dict) else {}
        previous = next(iter(names.values())) if len(names) == 1 else None
    frame = _layers(layers, outer, names, previous, is_chain=kind == "sequential")
    return _joined(kind, entries, layers, frame, previous.name if previous else "")


def _layers(layers: Tree, outer: Frame, names: dict[str, Ref], previous: Ref | None, *, is_chain: bool) -> Frame:
    """The frame in which layers were written; what its author called by names has them, and nothing else."""
    if not outer.depth and least_size(layers, outer.setting.blocks, outer.setting.variables) > MAX_STEPS:
        message = f"written out, the model has more than {MAX_STEPS:,} layers and uses of blocks"
        raise TooLargeError([TOO_MUCH.problem(message, span=layers.key_span, help=LESS)])
    items = layers.content if isinstance(layers.content, list) else []
    taken: Iterable[str] = {*_literal_names(layers), *names, *([previous.name] if previous else [])}
    while True:
        frame = Frame(outer.setting, Lines(outer.setting.auto_name, taken), outer.scope)
        frame.uses, frame.depth, frame.is_frozen = outer.uses, outer.depth, outer.is_frozen
        frame.names, frame.is_chain = dict(names), is_chain
        frame.previous = frame.lines.last = previous
        write_layers(items, frame)
        if not frame.lines.has_clash:
            return frame
        taken = frame.lines.given  # once more, without giving any layer a name that is computed further down


def _literal_names(layers: Tree) -> Iterator[str]:
    """The names that are written in a list of layers, however deep."""
    waiting = [layers]
    while waiting:
        content = waiting.pop().content
        if isinstance(content, list):
            waiting += content
        elif isinstance(content, dict):
            for key, child in content.items():
                if key in ("name", "as"):
                    items = child.content if isinstance(child.content, list) else [child]
                    yield from (item.content for item in items if isinstance(item.content, str))
                else:
                    waiting.append(child)


def _joined(
    kind: str, entries: dict[str, Tree], layers: Tree, frame: Frame, input_name: str
) -> tuple[str, dict[str, Tree]]:
    """The written lines in their model, whose outputs are what they were."""
    is_last = frame.previous is None or frame.previous is frame.lines.last
    if kind == "sequential" and (frame.lines.is_joined or not is_last):
        kind, entries = "functional", _as_functional(entries, input_name)
    if kind == "sequential":
        for line in frame.lines.lines:
            line.alias = None  # a chain has no use for the names of what its blocks give
    if "outputs" in entries:
        entries["outputs"] = _called(entries["outputs"], frame)
    elif not is_last and frame.previous is not None:
        entries["outputs"] = Tree(frame.lines.name_of(frame.previous), layers.span, layers.key_span)
    if frame.lines.frozen:
        entries["freeze"] = _frozen(entries.get("freeze"), frame.lines.frozen)
    entries["layers"] = layers.holding(list(frame.lines.written()))
    return kind, entries


def _as_functional(entries: dict[str, Tree], name: str) -> dict[str, Tree]:
    """The keys of a chain as those of a graph."""
    given = entries.get("input", Tree(None))
    named = given.content if isinstance(given.content, dict) else None
    plain = given.holding({key: child for key, child in named.items() if key != "name"}) if named else given
    inputs = Tree({name: plain}, given.span, given.key_span, given.uses)
    return {"inputs": inputs, **{key: child for key, child in entries.items() if key != "input"}}


def _input_name(given: Tree | None, layers: Tree) -> str:
    """What the input of a chain is called in its graph."""
    name = given.child("name") if given else None
    if name is not None and isinstance(name.content, str):
        return name.content
    return Lines(str, _literal_names(layers)).unique("input_layer")


def _frozen(freeze: Tree | None, lines: list[Line]) -> Tree:
    """What a model freezes, and the uses of shared things in blocks that do not train."""
    names = [Tree(escape(line.name or ""), line.item.span, uses=line.uses) for line in lines]
    if freeze is None:
        return Tree(names)
    return freeze.holding([*freeze.content, *names]) if isinstance(freeze.content, list) else freeze


def _called(outputs: Tree, frame: Frame) -> Tree:
    """The outputs, which are called as they are named; what has another name is passed on by a layer of this one."""
    content = outputs.content
    if isinstance(content, list):
        return outputs.holding([_called(each, frame) for each in content])
    if isinstance(content, dict):
        return outputs.holding({key: _renamed(each, frame) for key, each in content.items()})
    ref = frame.named(content) if isinstance(content, str) else None
    if ref is not None and not frame.lines.is_called(ref, str(content)):
        line = Line("Identity", Tree(None), Tree("Identity", outputs.span), ())
        line.name, line.sources = str(content), ref
        frame.names[line.name] = frame.lines.add(line)
    return outputs


def _renamed(output: Tree, frame: Frame) -> Tree:
    """A value that is called otherwise as an output, by the name that it has now."""
    ref = frame.named(output.content) if isinstance(output.content, str) else None
    return output.holding(frame.lines.name_of(ref)) if ref else output
