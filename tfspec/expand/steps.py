"""Layers written out: every block, `if` and `repeat` replaced by the layers that it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from tfspec.diagnostics import SpecError, did_you_mean
from tfspec.source import Tree

from .estimate import least_size
from .frame import Frame, Setting
from .lines import Line, Lines, Ref
from .problems import BAD_CONDITION, TOO_MUCH, UNKNOWN_BLOCK
from .repeat import ordinal, read_repeat
from .scope import LESS, Scope
from .uses import Use, is_computed

MODELS = ("sequential", "functional")
"""The kinds of models, which can stand among layers as well."""

FLOW = ("from", "as", "call", "name", "trainable")
"""The keys of a model among layers that speak of its use, not of its inside."""

MAX_STEPS = 300_000
"""Layers, uses of blocks and repetitions that one model may be written out to."""

WEIGHT = 10
"""How much a use of a block or a repetition counts, beside the values that it writes."""


def write_model(tree: Tree, setting: Setting) -> Tree:
    """A model (`{sequential: {…}}`), a shared layer or a shared model with its layers written out."""
    frame = Frame(setting, Lines(setting.auto_name, ()), setting.variables)
    content = tree.content
    if isinstance(content, dict) and len(content) == 1:
        ((kind, body),) = content.items()
        if kind in MODELS and isinstance(body.content, dict):
            kind, entries = _body(kind, body.content, frame)
            return tree.holding({kind: body.holding(entries)})
    return frame.computed(tree)


def write_chain(tree: Tree, setting: Setting) -> Tree:
    """A list of layers that are applied one after the other, as under `prepare`; or such lists by name."""
    if isinstance(tree.content, dict):
        return tree.holding({key: write_chain(child, setting) for key, child in tree.content.items()})
    frame = _frame(tree.content if isinstance(tree.content, list) else [], setting, setting.variables)
    if not isinstance(tree.content, list):
        return frame.computed(tree)
    frame.previous = frame.lines.last = Ref("_")
    write_layers(tree.content, frame)
    return tree.holding(list(frame.lines.written()))


def write_layers(items: list[Tree], frame: Frame) -> None:
    """Write what the entries of `layers` stand for."""
    for item in items:
        _item(item, frame)


def _frame(items: list[Tree], setting: Setting, scope: Scope) -> Frame:
    taken = {name for item in items for name in _literal_names(item)}
    return Frame(setting, Lines(setting.auto_name, taken), scope)


def _literal_names(item: Tree) -> Iterator[str]:
    """The names that are written in an entry of `layers`, however deep."""
    for path, tree in item.walk():
        if path and isinstance(tree.content, str) and ("name" in path[-1:] or "as" in path[-2:]):
            yield tree.content


def _body(kind: str, content: dict[str, Tree], outer: Frame) -> tuple[str, dict[str, Tree]]:
    """The keys of a model with its layers written out, and its kind: a chain whose blocks branch becomes a graph."""
    entries = {key: outer.computed(child) if key != "layers" else child for key, child in content.items()}
    layers = content.get("layers")
    if layers is None or not isinstance(layers.content, list):
        return kind, entries | ({"layers": outer.computed(layers)} if layers else {})
    if least_size(layers, outer.setting.blocks) > MAX_STEPS:
        message = f"written out, the model has more than {MAX_STEPS:,} layers and uses of blocks"
        raise SpecError([TOO_MUCH.problem(message, span=layers.key_span, help=LESS)])
    frame = _frame(layers.content, outer.setting, outer.scope)
    frame.uses, frame.is_frozen = outer.uses, outer.is_frozen
    if kind == "functional":
        inputs = entries["inputs"].content if "inputs" in entries else None
        frame.names = {name: Ref(name) for name in inputs} if isinstance(inputs, dict) else {}
        frame.previous = next(iter(frame.names.values())) if len(frame.names) == 1 else None
    else:
        frame.previous = Ref(_input_name(entries.get("input")))
    frame.lines.last = frame.previous
    write_layers(layers.content, frame)
    return _joined(kind, entries, layers, frame)


def _joined(kind: str, entries: dict[str, Tree], layers: Tree, frame: Frame) -> tuple[str, dict[str, Tree]]:
    """The written lines in their model, whose outputs are what they were."""
    is_last = frame.previous is None or frame.previous is frame.lines.last
    if kind == "sequential" and (frame.lines.is_joined or not is_last):
        kind, entries = "functional", _as_functional(entries)
    if "outputs" in entries:
        entries["outputs"] = _renamed(entries["outputs"], frame)
    elif not is_last and frame.previous is not None:
        entries["outputs"] = Tree(frame.lines.name_of(frame.previous), layers.span, layers.key_span)
    entries["layers"] = layers.holding(list(frame.lines.written()))
    return kind, entries


def _as_functional(entries: dict[str, Tree]) -> dict[str, Tree]:
    """The keys of a chain as those of a graph."""
    given = entries.get("input", Tree(None))
    named = given.content if isinstance(given.content, dict) else None
    plain = given.holding({key: child for key, child in named.items() if key != "name"}) if named else given
    inputs = Tree({_input_name(given): plain}, given.span, given.key_span, given.uses)
    return {"inputs": inputs, **{key: child for key, child in entries.items() if key != "input"}}


def _input_name(given: Tree | None) -> str:
    """What the input of a chain is called in its graph."""
    name = given.child("name") if given else None
    return name.content if name is not None and isinstance(name.content, str) else "input_layer"


def _renamed(outputs: Tree, frame: Frame) -> Tree:
    """The outputs, by the names that their values have now."""
    content = outputs.content
    if isinstance(content, str) and content in frame.names:
        return outputs.holding(frame.lines.name_of(frame.names[content]))
    if isinstance(content, list):
        return outputs.holding([_renamed(each, frame) for each in content])
    if isinstance(content, dict):
        return outputs.holding({key: _renamed(each, frame) for key, each in content.items()})
    return outputs


def _item(item: Tree, frame: Frame) -> None:
    """Write what one entry of `layers` stands for."""
    if isinstance(item.content, str) and "${" in item.content:
        item = frame.computed(item)
    content, blocks = item.content, frame.setting.blocks
    if isinstance(content, dict) and "if" in content:
        _if(content, frame)
    elif content == "repeat" or (isinstance(content, dict) and list(content) == ["repeat"]):
        _repeat(item.child("repeat") or Tree(None, item.span, item.span), frame)
    elif isinstance(content, str) and content in blocks:
        _use(Use(blocks[content], Tree({}, item.span, item.span), frame))
    elif isinstance(content, dict) and len(content) == 1 and next(iter(content)) in blocks:
        ((word, said),) = content.items()
        _use(Use(blocks[word], said, frame))
    else:
        _layer(item, frame)


def _use(use: Use) -> None:
    """Write the layers of a block, once for this use."""
    use.frame.scope.budget.count(WEIGHT, use.place)
    inner = use.inside()
    if inner is not None:
        write_layers(use.block.layers, inner)
        use.close(inner)


def _if(content: dict[str, Tree], frame: Frame) -> None:
    """Write the layers of the branch that applies."""
    for key in content.keys() - {"if", "then", "else"}:
        advice = did_you_mean(key, ("then", "else")) or "it takes `if`, `then` and `else`"
        frame.tell(BAD_CONDITION, f"a condition has no `{key}`", content[key].key_span, advice)
    condition = frame.computed(content["if"])
    if not isinstance(condition.content, bool):
        if condition.content is not None or content["if"].content is None:
            advice = "compare it with something, such as `${depth > 0}`"
            span = condition.span and condition.span._replace(uses=condition.uses)
            frame.tell(BAD_CONDITION, "`if` must be `true` or `false`", span or content["if"].key_span, advice)
        return
    if "then" not in content and "else" not in content:
        frame.tell(BAD_CONDITION, "`if` needs `then`, `else` or both", content["if"].key_span)
    branch = content.get("then" if condition.content else "else")
    if branch is not None and isinstance(branch.content, list):
        write_layers(branch.content, frame)
    elif branch is not None and branch.content is not None:
        frame.tell(BAD_CONDITION, "`then` and `else` hold lists of layers", branch.span, "begin each with `- `")


def _repeat(said: Tree, frame: Frame) -> None:
    """Write the layers of a repeat, once for each repetition."""
    repeat = read_repeat(said, frame)
    if repeat is None:
        return
    for number in range(repeat.times):
        frame.scope.budget.count(WEIGHT, said.key_span)
        loops = {name: values[number] for name, values in repeat.loops.items()}
        scope = frame.scope.extended({repeat.variable: Tree(number), **loops})
        inner = frame.inner(scope, f"in the {ordinal(number + 1)} of {repeat.times} repetitions", said.key_span)
        inner.suffix = f"{frame.suffix}_{number + 1}"
        write_layers(repeat.layers, inner)
        frame.previous = inner.previous
        for name, ref in inner.kept.items():
            frame.remember(name, ref, computed=True)


def _layer(item: Tree, frame: Frame) -> None:
    """Write a layer, a shared layer, or a model among layers."""
    content = item.content
    word, said = content if isinstance(content, str) else "", Tree(None)
    if isinstance(content, dict) and len(content) == 1:
        ((word, said),) = content.items()
    _check_word(word, item, frame)
    written = said
    if word in MODELS and isinstance(said.content, dict):
        word, written = _nested(word, said, frame)
    elif not isinstance(content, str):
        item = frame.computed(item)
        written = item.child(word) or said
    arguments = written.content if isinstance(written.content, dict) else {}
    if frame.is_frozen and word:
        arguments = {**arguments, "trainable": Tree(content=False, span=said.key_span or item.span)}
    frame.scope.budget.count(2 + len(arguments), item.span)
    line = Line(word, arguments, item, frame.uses)
    if "from" in arguments:
        line.sources = frame.source(arguments["from"])
    results = _names(arguments.get("as"))
    line.results = tuple(frame.full_name(name, computed=is_computed(said, "as")) for name in results)
    ref = frame.emit(line)
    _name(line, said, ref, frame)
    for own, full in zip(results, line.results, strict=True):
        frame.remember(own, Ref(full), computed=is_computed(said, "as"))


def _nested(word: str, said: Tree, frame: Frame) -> tuple[str, Tree]:
    """A model among layers: its inside is written out by itself, its joints are those of a layer."""
    content = said.content if isinstance(said.content, dict) else {}
    word, inside = _body(word, {key: child for key, child in content.items() if key not in FLOW}, frame)
    joints = {key: frame.computed(child) for key, child in content.items() if key in FLOW}
    return word, said.holding({**inside, **joints})


def _names(tree: Tree | None) -> list[str]:
    """The names that `as` gives; none where it cannot be read."""
    if tree is None:
        return []
    items = tree.content if isinstance(tree.content, list) else [tree]
    return [str(item.content) for item in items] if all(isinstance(item.content, str) for item in items) else []


def _name(line: Line, said: Tree, ref: Ref, frame: Frame) -> None:
    """Give a layer its name in the whole model, and let the written one stand for what it gives."""
    given = line.arguments.get("name")
    name = given.content if given is not None and isinstance(given.content, str) else None
    if name:
        computed = is_computed(said, "name")
        line.name = frame.full_name(name, computed=computed)
        frame.remember(name, ref, computed=computed)
    elif frame.prefix and line.word:
        line.name = frame.lines.unique(f"{frame.prefix}_{frame.setting.auto_name(line.word)}")


def _check_word(word: str, item: Tree, frame: Frame) -> None:
    """Refuse a word that is nearly that of a block; other unknown words are for the catalogue."""
    shared = frame.setting.shared
    if not word.islower() or word in MODELS or word in shared:
        return
    advice = did_you_mean(word, [*frame.setting.blocks, *shared, "repeat"])
    if advice:
        frame.tell(
            UNKNOWN_BLOCK, f"there is no block or shared layer called `{word}`", item.span_at((word,), key=True), advice
        )
