"""One use of a block: its parameters, what it takes, what it gives."""

from __future__ import annotations

from itertools import islice

from tfspec.diagnostics import did_you_mean, one_of
from tfspec.programs import has_expression
from tfspec.source import Tree

from .blocks import Block
from .frame import SEARCHED, Frame
from .lines import Ref
from .problems import BAD_USE, CIRCLE
from .repeat import shown
from .scope import LISTED, Scope
from .words import FLOW


class Use:
    """A block at one place where it is used; `said` holds the arguments as they were written."""

    def __init__(self, block: Block, said: Tree, frame: Frame) -> None:
        self.block = block
        self.said = said
        self.frame = frame
        self.place = said.key_span or said.span
        self.given: str | None = None
        """The name that the author gave it, as it is called in the whole model."""
        computed = frame.value(said)
        content = computed.content if computed else None
        self.arguments = content if isinstance(content, dict) else {}
        self.is_readable = computed is not None and (content is None or isinstance(content, dict))
        if computed and not self.is_readable:
            example = ", ".join(f"{name}: …" for name in block.params)
            message = f"the arguments of `{block.name}` are a mapping, not {shown(computed)}"
            frame.tell(BAD_USE, message, said.span, f"write `{block.name}: {{{example}}}`")

    def inside(self) -> Frame | None:
        """The frame in which the block's layers are written; None, with the problem noted, where it cannot be used."""
        block, frame = self.block, self.frame
        if block.name in frame.open_blocks:
            chain = " → ".join(f"`{name}`" for name in (*frame.open_blocks, block.name))
            message = f"the block `{block.name}` uses itself: {chain}"
            frame.tell(CIRCLE, message, self.place, "take the use out, or use another block")
            return None
        if not self.is_readable:
            return None
        self._check_flow()
        scope, given = self._parameters(), self._inputs()
        if scope is None or given is None:
            return None
        name = self._name()
        inner = frame.inner(scope, self._use, self.place)
        inner.outer, inner.is_chain = None, False
        inner.names, inner.suffix, inner.prefix = dict(given), "", name
        inner.open_blocks, inner.inputs = (*frame.open_blocks, block.name), block.inputs
        trainable = self.arguments.get("trainable")
        inner.is_frozen = frame.is_frozen or (trainable is not None and trainable.content is False)
        inner.previous = next(iter(given.values())) if len(given) == 1 else None
        for ref in given.values():
            ref.hint = ref.hint or f"{name}_input"
        return inner

    def close(self, inner: Frame) -> None:
        """Let what the block gave go on, under the names that it was given."""
        results = self._results(inner)
        if not results:
            return
        self.frame.previous = results[0]
        if (names := self.arguments.get("as")) is not None:
            self._call_each(names, results)
        if self.given is not None:
            self._call(self.arguments["name"], results[0], self.given)
        else:
            self.frame.remember_made(inner.prefix, results[0])

    @property
    def _use(self) -> str:
        return f"in the block `{self.block.name}`, used here"

    def _check_flow(self) -> None:
        """Refuse what a use of a block cannot say."""
        frame, arguments = self.frame, self.arguments
        for key in ("from", "as"):
            if frame.is_chain and key in arguments:
                message = f"`{key}` has no meaning in a `sequential` model, where each layer takes the result before it"
                frame.tell(BAD_USE, message, arguments[key].key_span, "make the model `functional`")
        if "call" in arguments:
            advice = "say it of the layers in the block, by a parameter of it"
            frame.tell(BAD_USE, "`call` speaks of one layer, not of a block", arguments["call"].key_span, advice)
        for key, kind, what in (("name", str, "a text"), ("trainable", bool, "`true` or `false`")):
            tree = arguments.get(key)
            if tree is not None and not isinstance(tree.content, kind):
                frame.tell(BAD_USE, f"`{key}` must be {what}", tree.span)

    def _name(self) -> str:
        """What this use of the block is called, with which its layers' names begin."""
        name, frame = self.arguments.get("name"), self.frame
        if name is not None and isinstance(name.content, str) and self._is_name(name.content, name):
            frame.refuse_twice(name.content, name.span)
            self.given = frame.full_name(name.content, computed=is_computed(self.said, "name"))
            return self.given
        return frame.lines.unique(f"{frame.prefix}_{self.block.name}" if frame.prefix else self.block.name)

    def _is_name(self, name: str, said: Tree) -> bool:
        """Whether layers may have the name, which is told if not."""
        if not name:
            self.frame.tell(BAD_USE, "`name` must not be empty", said.span)
        elif "/" in name:
            message, advice = f"`name` must be a name without `/`, not `{name}`", f"write `{name.replace('/', '_')}`"
            self.frame.tell(BAD_USE, message, said.span, advice)
        elif name == "_":
            message = "`_` always means the result of the layer before"
            self.frame.tell(BAD_USE, message, said.span, "use another name")
        else:
            return True
        return False

    def _parameters(self) -> Scope | None:
        """The scope of the block's inside: the spec's variables and the block's parameters."""
        block, frame = self.block, self.frame
        given = {key: tree for key, tree in self.arguments.items() if key not in FLOW}
        unknown = [key for key in given if key not in block.params]
        for key in unknown:
            takes = f"it takes {one_of(list(block.params)[:LISTED], 'and')}" if block.params else "it has none"
            advice = did_you_mean(key, block.params) or takes
            frame.tell(BAD_USE, f"the block `{block.name}` has no parameter `{key}`", given[key].key_span, advice)
        missing = [name for name, default in block.params.items() if default is None and name not in given]
        if missing and not unknown:
            advice = f"write `{block.name}: {{{', '.join(f'{name}: …' for name in missing)}}}`"
            frame.tell(BAD_USE, f"the block `{block.name}` needs {one_of(missing, 'and')}", self.place, advice)
        if unknown or missing:
            return None
        scope = frame.setting.variables.extended(given, hidden=frame.scope)
        for name, default in block.params.items():
            if name not in given and default is not None:
                if isinstance(default.content, (int, float)):
                    scope.define(name, default)
                else:
                    scope.define(name, frame.inner(scope, self._use, self.place).computed(default))
        return scope

    def _inputs(self) -> dict[str, Ref] | None:
        """What the block's inputs stand for."""
        block, frame, source = self.block, self.frame, self.arguments.get("from")
        wanted = one_of(block.inputs, "and")
        if source is None:
            if len(block.inputs) == 1 and frame.previous is not None:
                return {block.inputs[0]: frame.previous}
            names, is_one = ", ".join(block.inputs), len(block.inputs) == 1
            advice = "write `from: …`" if is_one else f"write `from: [{names}]`, with what these stand for"
            has = "takes one value" if is_one else f"takes {wanted}"
            frame.tell(BAD_USE, f"the block `{block.name}` {has}, and is given nothing", self.place, advice)
            return None
        found = frame.source(source)
        if found is None:
            frame.tell(BAD_USE, "`from` must be a name, a list of names or a mapping to names", source.span)
            return None
        values = found if isinstance(found, (list, dict)) else [found]
        pairs = values if isinstance(values, dict) else dict(zip(block.inputs, values, strict=False))
        if set(pairs) != set(block.inputs) or len(values) != len(block.inputs):
            shown = one_of(values, "and") if isinstance(values, dict) else f"{len(values)}"
            message = f"the block `{block.name}` takes {wanted}, and is given {shown}"
            frame.tell(BAD_USE, message, source.span, "name one value for each")
            return None
        places = source.content if isinstance(source.content, list) else [source] * len(pairs)
        given: dict[str, Ref] = {}
        for (name, value), place in zip(pairs.items(), places, strict=True):
            said = source.child(name) or place
            if isinstance(value, list):
                message = f"`{name}` of the block `{block.name}` takes one value, and is given {len(value)}"
                advice = "join them first with a layer that merges, such as `Concatenate` or `Add`"
                frame.tell(BAD_USE, message, said.span, advice)
            else:
                given[name] = self._ref(value, said)
        return given if len(given) == len(pairs) else None

    def _ref(self, value: Ref | str, said: Tree) -> Ref:
        """What a name under `from` stands for; one that nothing can have is told here, and not inside the block."""
        frame = self.frame
        if isinstance(value, Ref):
            return value
        if value == "_":
            if frame.previous is not None:
                return frame.previous
            frame.tell(BAD_USE, "`_` is the result of the layer before, and there is none", said.span)
        elif not frame.open_blocks and value not in frame.lines.repeated and not frame.may_see(value):
            known = list(islice(frame.visible(), SEARCHED))
            advice = did_you_mean(value, known) or f"so far there is {one_of(known[-LISTED:], 'and')}"
            frame.tell(BAD_USE, f"nothing so far is called `{value}`", said.span, advice)
        return Ref(value)

    def _results(self, inner: Frame) -> list[Ref]:
        """The block's results: those that it names, or the last one."""
        found = {name: inner.named(name) for name in self.block.outputs}
        for position, (name, ref) in enumerate(found.items()):
            if ref is None:
                made = one_of(list(inner.names)[:LISTED], "and")
                outputs = self.block.tree.child("outputs")
                at = ("outputs", position) if outputs and isinstance(outputs.content, list) else ("outputs",)
                message = f"nothing in the block `{self.block.name}` is called `{name}`"
                advice = did_you_mean(name, inner.names) or f"it has {made}"
                inner.tell(BAD_USE, message, self.block.tree.span_at(at), advice)
        results = [ref for ref in found.values() if ref is not None]
        return results or ([inner.previous] if inner.previous is not None and not self.block.outputs else [])

    def _call_each(self, names: Tree, results: list[Ref]) -> None:
        """Let the names in `as` stand for the results, in their order."""
        items = names.content if isinstance(names.content, list) else [names]
        if not all(isinstance(item.content, str) for item in items):
            self.frame.tell(BAD_USE, "`as` must be a name, or a list of names", names.span)
            return
        if len(items) != max(len(self.block.outputs), 1):
            number, advice = f"{len(results)} results", "name each of them"
            if len(results) == 1:
                number, advice = "one result", f"give it one name, such as `as: {items[0].content if items else 'x'}`"
            message = f"the block `{self.block.name}` gives {number}, and `as` names {len(items)}"
            self.frame.tell(BAD_USE, message, names.span, advice)
        computed = is_computed(self.said, "as")
        for item, ref in zip(items, results, strict=False):
            self._call(item, ref, self.frame.full_name(str(item.content), computed=computed))

    def _call(self, said: Tree, ref: Ref, full: str) -> None:
        """Let a name stand for a result; at the top of a model it becomes a name of the model."""
        frame, line = self.frame, ref.line
        key = "name" if said is self.arguments.get("name") else "as"
        frame.remember(str(said.content), ref, computed=is_computed(self.said, key))
        if not frame.prefix and line is not None and line.is_inner:
            frame.lines.is_called(ref, full)


def is_computed(said: Tree | None, key: str) -> bool:
    """Whether a name was written with an expression in it."""
    tree = said.child(key) if said is not None else None
    if tree is None:
        return False
    items = tree.content if isinstance(tree.content, list) else [tree]
    return any(isinstance(item.content, str) and has_expression(item.content) for item in items)
