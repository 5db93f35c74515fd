"""Layers written out: every block, `if` and `repeat` replaced by the layers that it stands for."""

from __future__ import annotations

from tfspec.diagnostics import did_you_mean, one_of
from tfspec.programs import has_expression
from tfspec.source import Tree

from .conditions import read_condition
from .frame import Frame
from .lines import Line, Ref
from .problems import BAD_BLOCK, BAD_REPEAT, BAD_USE, UNKNOWN_BLOCK
from .repeat import items_of, ordinal, read_repeat
from .uses import Use, is_computed
from .words import MODELS, RESERVED

WEIGHT = 8
"""How many values a layer counts as, beside its arguments."""


def write_layers(items: list[Tree], frame: Frame) -> None:
    """Write what the entries of `layers` stand for."""
    waiting = items[::-1]
    while waiting:
        waiting += _item(waiting.pop(), frame)[::-1]


def _item(item: Tree, frame: Frame) -> list[Tree]:
    """Write what one entry of `layers` stands for, or give back those of a branch, to be written in its place."""
    content, blocks = item.content, frame.setting.blocks
    if isinstance(content, str) and has_expression(content):
        item = frame.computed(item)
        content = item.content
    if isinstance(content, str):
        word, said = content, Tree(None, item.span, item.span)
    elif isinstance(content, dict) and len(content) == 1:
        ((word, said),) = content.items()
    else:
        word, said = "", Tree(None)
    first = next(iter(content)) if isinstance(content, dict) and len(content) > 1 else None
    if isinstance(content, dict) and first is not None and (first == "repeat" or first in blocks):
        beside = one_of(list(content)[1:], "and")
        message = f"{beside} must stand inside `{first}`, not beside it"
        frame.tell(BAD_REPEAT if first == "repeat" else BAD_USE, message, item.span, f"indent further than `{first}`")
    elif isinstance(content, dict) and "if" in content:
        return read_condition(content, frame)
    elif word == "repeat":
        _repeat(said, frame)
    elif word in blocks:
        _use(Use(blocks[word], said, frame))
    else:
        _layer(word, said, item, frame)
    return []


def _use(use: Use) -> None:
    """Write the layers of a block, once for this use."""
    block = use.block
    use.frame.count_turns(2, use.place)
    use.frame.count(len(block.params) + len(block.inputs) + len(block.outputs), use.place)
    use.frame.setting.used.add(use.block.name)
    inner = use.inside()
    if inner is not None:
        needed = f"the block `{block.name}` needs `layers`, a list"
        write_layers(items_of(block.layers, inner, BAD_BLOCK, needed), inner)
        use.close(inner)
    else:
        use.frame.forgive(use.said)


def _repeat(said: Tree, frame: Frame) -> None:
    """Write the layers of a repeat, once for each repetition."""
    repeat = read_repeat(said, frame)
    if repeat is None:
        return
    for number in range(repeat.times):
        frame.count_turns(1, said.key_span)
        loops = {name: values[number] for name, values in repeat.loops.items()}
        scope = frame.scope.extended({repeat.variable: Tree(number), **loops})
        inner = frame.inner(scope, f"in the {ordinal(number + 1)} of {repeat.times} repetitions", said.key_span)
        inner.suffix = f"{frame.suffix}_{number}"
        write_layers(items_of(repeat.layers, inner, BAD_REPEAT, "`repeat` needs `layers`, a list"), inner)
        frame.previous = inner.previous
        for name, ref in inner.kept.items():
            frame.remember(name, ref, computed=True)


def _layer(word: str, said: Tree, item: Tree, frame: Frame) -> None:
    """Write a layer, a shared layer, or a model among layers."""
    if has_expression(word):
        frame.computed(item)  # tells that keys are not computed
        return
    if word.islower() and word not in RESERVED and word not in frame.setting.shared:
        _check_word(word, item, frame)
    if word in MODELS:
        said = frame.opened(said) or said.holding(None)
    if word in MODELS and isinstance(said.content, dict):
        from .models import write_nested

        word, written = write_nested(word, said, frame)
    elif word:
        found = frame.value(said)
        if found is None:
            frame.forgive(said)
        written = found or said.holding(None)
    else:
        written, item = said, frame.computed(item)
    frame.count(WEIGHT, item.span)
    line = Line(word, written, item, frame.uses, is_inner=bool(frame.prefix))
    if frame.is_frozen and word and word not in frame.setting.shared:
        frozen = Tree(content=False, span=said.key_span or item.span)
        line.arguments = {**line.arguments, "trainable": frozen}
    _write(line, said, frame)
    if frame.is_frozen and word in frame.setting.shared:
        frame.lines.freeze(line)


def _write(line: Line, said: Tree, frame: Frame) -> None:
    """Write a line with what it takes, and its names."""
    arguments = line.arguments
    if frame.previous is None and frame.inputs and "from" not in arguments:
        message = f"`{line.word}` is the first layer of the block `{frame.open_blocks[-1]}`, which takes several values"
        advice = f"say which it takes, such as `from: {frame.inputs[0]}`"
        frame.tell(BAD_BLOCK, message, said.key_span or line.item.span, advice)
    if not arguments:
        frame.emit(line)
        _call(line, frame)
    else:
        if "from" in arguments:
            line.sources = frame.source(arguments["from"])
        ref = frame.emit(line)
        _name(line, said, ref, frame)
        _name_results(line, said, frame)


def _name(line: Line, said: Tree, ref: Ref, frame: Frame) -> None:
    """Give a layer its name in the whole model, and let the written one stand for what it gives."""
    given = line.arguments.get("name")
    name = given.content if given is not None else None
    if given is None or not isinstance(name, str) or not name:
        _call(line, frame)
        return
    computed = is_computed(said, "name")
    frame.refuse_twice(name, given.span)
    line.name = frame.full_name(name, computed=computed)
    frame.remember(name, ref, computed=computed)


def _call(line: Line, frame: Frame) -> None:
    """Give a layer that its author did not name a name, where Keras's own would not tell blocks apart."""
    if frame.prefix and line.word:
        line.name = frame.lines.unique(f"{frame.prefix}_{frame.setting.auto_name(line.word)}")


def _name_results(line: Line, said: Tree, frame: Frame) -> None:
    """Give the results of a layer their names in the whole model."""
    tree = line.arguments.get("as")
    if tree is None:
        return
    items = tree.content if isinstance(tree.content, list) else [tree]
    names = [item.content for item in items if isinstance(item.content, str)]
    if len(names) < len(items):
        return  # refused with the layer
    computed = is_computed(said, "as")
    full = [frame.full_name(name, computed=computed) for name in names]
    line.results = tuple(Ref("" if frame.prefix else name, line, name) for name in full)
    if frame.prefix:
        frame.lines.is_joined = True
    for own, ref in zip(names, line.results, strict=True):
        frame.remember(own, ref, computed=computed)


def _check_word(word: str, item: Tree, frame: Frame) -> None:
    """Refuse a word that is nearly that of a block; other unknown words are for the catalogue."""
    setting = frame.setting
    if word not in setting.meant:
        setting.meant[word] = did_you_mean(word, [*setting.blocks, *sorted(setting.shared), "repeat"])
    if advice := setting.meant[word]:
        message = f"there is no block or shared layer called `{word}`"
        frame.tell(UNKNOWN_BLOCK, message, item.span_at((word,), key=True), advice)
