"""One use of a block: its parameters, what it takes, what it gives."""

from __future__ import annotations

from tfspec.diagnostics import did_you_mean, one_of
from tfspec.source import Tree

from .blocks import FLOW, Block
from .frame import LISTED, Frame
from .lines import Ref, Sources
from .problems import BAD_USE, CIRCLE
from .scope import Scope

MAX_NESTING = 60
"""Blocks inside one another."""


class Use:
    """A block at one place where it is used; `said` holds the arguments as they were written."""

    def __init__(self, block: Block, said: Tree, frame: Frame) -> None:
        self.block = block
        self.said = said
        self.frame = frame
        self.place = said.key_span or said.span
        computed = frame.computed(said).content
        self.arguments = computed if isinstance(computed, dict) else {}
        if computed is not None and not isinstance(computed, dict):
            message = f"the arguments of `{block.name}` are a mapping"
            frame.tell(BAD_USE, message, said.span, f"write `{block.name}: {{…}}`, with the arguments by name")

    def inside(self) -> Frame | None:
        """The frame in which the block's layers are written; None, with the problem noted, where it cannot be used."""
        block, frame = self.block, self.frame
        if block.name in frame.open_blocks or len(frame.open_blocks) >= MAX_NESTING:
            self._refuse_circle()
            return None
        scope, given = self._parameters(), self._inputs()
        if scope is None or given is None:
            return None
        name = self._name()
        inner = frame.inner(scope, f"in the block `{block.name}`, used here", self.place)
        inner.names, inner.suffix, inner.prefix = dict(given), "", name
        inner.open_blocks = (*frame.open_blocks, block.name)
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
        names = self.arguments.get("as")
        if names is not None:
            items = names.content if isinstance(names.content, list) else [names]
            if len(items) != len(results):
                message = f"the block `{self.block.name}` gives {len(results)}, and `as` names {len(items)}"
                self.frame.tell(BAD_USE, message, names.span)
            for item, ref in zip(items, results, strict=False):
                self._call(str(item.content), ref, "as")
        name = self.arguments.get("name")
        if name is not None and isinstance(name.content, str):
            self._call(name.content, results[0], "name")

    def _name(self) -> str:
        """What this use of the block is called, with which its layers' names begin."""
        name, frame = self.arguments.get("name"), self.frame
        if name is not None and isinstance(name.content, str):
            return frame.full_name(name.content, computed=is_computed(self.said, "name"))
        return frame.lines.unique(f"{frame.prefix}_{self.block.name}" if frame.prefix else self.block.name)

    def _parameters(self) -> Scope | None:
        """The scope of the block's inside: the spec's variables and the block's parameters."""
        block, frame = self.block, self.frame
        given = {key: tree for key, tree in self.arguments.items() if key not in FLOW}
        unknown = [key for key in given if key not in block.params]
        for key in unknown:
            takes = f"it takes {one_of(block.params, 'and')}" if block.params else "it has none"
            advice = did_you_mean(key, block.params) or takes
            frame.tell(BAD_USE, f"the block `{block.name}` has no parameter `{key}`", given[key].key_span, advice)
        missing = [name for name, default in block.params.items() if default is None and name not in given]
        if missing and not unknown:
            advice = f"write `{block.name}: {{{', '.join(f'{name}: …' for name in missing)}}}`"
            frame.tell(BAD_USE, f"the block `{block.name}` needs {one_of(missing, 'and')}", self.place, advice)
        if unknown or missing:
            return None
        scope = frame.setting.variables.extended(given)
        for name, default in block.params.items():
            if name not in given and default is not None:
                inner = frame.inner(scope, f"in the block `{block.name}`, used here", self.place)
                scope.define(name, inner.computed(default))
        return scope

    def _inputs(self) -> dict[str, Ref] | None:
        """What the block's inputs stand for."""
        block, frame, source = self.block, self.frame, self.arguments.get("from")
        wanted = one_of(block.inputs, "and")
        if source is None:
            if len(block.inputs) == 1 and frame.previous is not None:
                return {block.inputs[0]: frame.previous}
            advice = f"write `from: [{', '.join(block.inputs)}]`, with what these stand for"
            frame.tell(BAD_USE, f"the block `{block.name}` takes {wanted}, and is given nothing", self.place, advice)
            return None
        found = frame.source(source)
        values: list[Sources] = list(found) if isinstance(found, list) else [found] if found is not None else []
        given = dict(found) if isinstance(found, dict) else dict(zip(block.inputs, values, strict=False))
        count = len(found) if isinstance(found, dict) else len(values)
        if set(given) != set(block.inputs) or count != len(block.inputs):
            shown = one_of(found, "and") if isinstance(found, dict) else str(count)
            message = f"the block `{block.name}` takes {wanted}, and is given {shown}"
            frame.tell(BAD_USE, message, source.span, "name one value for each")
            return None
        return {name: self._ref(value) for name, value in given.items()}

    def _ref(self, value: object) -> Ref:
        if isinstance(value, Ref):
            return value
        if value == "_" and self.frame.previous is not None:
            return self.frame.previous
        return Ref(str(value))

    def _results(self, inner: Frame) -> list[Ref]:
        """The block's results: those that it names, or the last one."""
        for name in self.block.outputs:
            if name not in inner.names:
                made = one_of(list(inner.names)[:LISTED], "and")
                span = self.block.tree.span_at(("outputs",))
                message = f"nothing in the block `{self.block.name}` is called `{name}`"
                inner.tell(BAD_USE, message, span, did_you_mean(name, inner.names) or f"it has {made}")
        results = [inner.names[name] for name in self.block.outputs if name in inner.names]
        return results or ([inner.previous] if inner.previous is not None and not self.block.outputs else [])

    def _call(self, name: str, ref: Ref, key: str) -> None:
        """Let a name stand for a result; at the top of a model it becomes a name of the model."""
        frame, line = self.frame, ref.line
        computed = is_computed(self.said, key)
        frame.remember(name, ref, computed=computed)
        if not frame.prefix and line is not None and not line.results and line.alias is None:
            line.alias = name if computed else f"{name}{frame.suffix}"

    def _refuse_circle(self) -> None:
        block, frame = self.block, self.frame
        message = f"blocks stand more than {MAX_NESTING} deep inside one another"
        if block.name in frame.open_blocks:
            chain = " → ".join(f"`{name}`" for name in (*frame.open_blocks, block.name))
            message = f"the block `{block.name}` uses itself: {chain}"
        frame.tell(CIRCLE, message, self.place, "take the use out, or use another block")


def is_computed(said: Tree | None, key: str) -> bool:
    """Whether a name was written with an expression in it."""
    tree = said.child(key) if said is not None else None
    return tree is not None and any("${" in each.content for _, each in tree.walk() if isinstance(each.content, str))
