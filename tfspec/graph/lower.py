"""From a spec to its graph: names are given, and every `from` is bound."""

from __future__ import annotations

import re
from contextlib import suppress
from fnmatch import translate
from pathlib import Path as FilePath

from tfspec.catalogue.layers.core import Identity
from tfspec.catalogue.layers.layer import Layer, inner_layers
from tfspec.catalogue.models import Functional, Layered, Model, Sequential
from tfspec.catalogue.steps import Shared, Step
from tfspec.diagnostics import Label, Path, Problem, did_you_mean, one_of
from tfspec.source import Tree
from tfspec.spec import Spec

from .binding import NOTHING, Binder
from .found import Found, TooManyError
from .graph import Graph, GraphInput, Node, Submodel, Value
from .names import Namer
from .problems import (
    DUPLICATE_NAME,
    FLOW_IN_SEQUENTIAL,
    NO_LAYERS,
    NO_NAME,
    NOTHING_TO_FREEZE,
    TOO_MANY_CALLS,
    TOO_MANY_PATTERNS,
    UNKNOWN_VALUE,
    UNUSED,
)
from .shared import SharedThings

LISTED = 12
"""Names that a line of help lists."""

MAX_PATTERNS = 200
"""Patterns of `freeze` that are more than names."""

WILD = re.compile(r"[*?[]")
"""What makes a pattern of a name."""

NO_SCOPE = re.compile(r"[^A-Za-z0-9_.\\>-]+")
"""What no name of a layer has in a graph of TensorFlow, which opens a scope of that name for its operations."""

MAX_CALLS = 300_000
"""Calls of layers in a model, those inside of models among its layers too."""


def lower(spec: Spec, folder: FilePath = FilePath()) -> tuple[Graph, list[Problem]]:
    """The graph of a spec's model, and what is wrong with its names and joints.

    A layer whose `from` cannot be bound is in the graph without arguments, so that what follows
    from it is not reported again. The paths of saved models start from `folder`. The graph of a model
    that cannot be used at all has no inputs: that of a saved one, of one without bounds, or of one with too many
    mistakes.
    """
    model = spec.model
    shared = SharedThings(spec, lower_model, folder)
    name = model.name or _identifier(spec.name) or model.spelling()
    graph, problems = lower_model(model, name, ("model", model.written), spec.tree, shared)
    with suppress(TooManyError):
        shared.lower_all()
    problems = [*problems, *shared.problems]
    if graph.calls > MAX_CALLS:
        return Graph(graph.kind, graph.name, (), (), {}), [*problems, _too_many_calls(graph.calls, spec.tree)]
    unused = [] if problems else [*_unused(graph, spec.tree), *shared.unused()]
    return graph, problems + unused


def lower_model(model: Model, name: str, path: Path, tree: Tree, shared: SharedThings) -> tuple[Graph, list[Problem]]:
    """The graph of a model that stands at `path` in a tree, and what is wrong with it."""
    if not isinstance(model, Layered):
        from .unwritten import lower_unwritten  # only a spec that names such a model pays for it

        return lower_unwritten(model, name, path, tree, shared.folder)
    lowering = _Lowering(model, path, tree, shared)
    try:
        lowering.model(model)
    except TooManyError:
        return Graph(model.spelling(), name, (), (), {}), lowering.problems
    graph = Graph(
        model.spelling(),
        name,
        tuple(lowering.inputs),
        tuple(lowering.nodes),
        lowering.outputs,
        lowering.structure,
    )
    return graph, lowering.problems


def _too_many_calls(calls: int, tree: Tree) -> Problem:
    message = f"the model calls layers {calls:,} times, and at most {MAX_CALLS:,} times can be checked"
    advice = "let the shared models call each other less"
    return TOO_MANY_CALLS.problem(message, path=("shared",), span=tree.span_at(("shared",), key=True), help=advice)


def _identifier(name: str | None) -> str | None:
    """A spec's name, which is for people, as one that TensorFlow takes for a model."""
    return NO_SCOPE.sub("-", name or "").lstrip("_>-\\").rstrip("-") or None


class _Lowering:
    """One model on its way into a graph."""

    def __init__(self, model: Model, path: Path, tree: Tree, shared: SharedThings) -> None:
        self.tree = tree
        self.path = path
        self.shared = shared
        self.inputs: list[GraphInput] = []
        self.nodes: list[Node] = []
        self.outputs: dict[str, Value] = {}
        self.output_paths: dict[str, Path] = {}
        self.structure = "single"
        self.problems = Found()
        self.places: dict[str, Path] = {}
        self.values: dict[str, Value] = {}
        self.shared_names: dict[str, str] = {}
        """The words of the shared things that the model uses, by what they are called."""

    def model(self, model: Layered) -> None:
        """All that the graph consists of.

        Raises:
            TooManyError: Too much is wrong.
        """
        if isinstance(model, Sequential):
            self.sequential(model)
        elif isinstance(model, Functional):
            self.functional(model)
        self.freeze(model)

    def sequential(self, model: Sequential) -> None:
        """A chain: one input, one output, the last result."""
        name = (model.input and model.input.name) or "input_layer"
        self._add_input(GraphInput(name, model.input, (*self.path, "input")))
        for index, step in enumerate(model.layers):
            for key, said in (("from", step.source), ("as", step.results)):
                if said:
                    self._tell_flow(step, key, (*self.path, "layers", index, step.word, key))
        self._add_steps([step._replace(source=None) for step in model.layers])
        self._set_last_output()

    def functional(self, model: Functional) -> None:
        """A graph: named inputs and outputs, and steps that say what they take."""
        for name, said in model.inputs.items():
            self._add_input(GraphInput(name, said, (*self.path, "inputs", name)))
        self._add_steps(model.layers)
        path: Path = (*self.path, "outputs")
        match model.outputs:
            case None:
                self._set_last_output()
            case str() as name:
                self._add_output(name, name, path)
            case dict() as named:
                self.structure = "mapping"
                for output, name in named.items():
                    self._add_output(output, name, (*path, output))
            case names:
                self.structure = "list"
                for position, name in enumerate(names):
                    self._add_output(name, name, (*path, position))
        if len(self.outputs) > 1 or self.structure == "mapping":
            self._name_outputs()

    def freeze(self, model: Layered) -> None:
        """Let no weight learn in the layers whose names fit the model's patterns."""
        names = {node.name: node.layer_name for node in self.nodes}
        patterns = [pattern for pattern in model.freeze if WILD.search(pattern)]
        if len(patterns) > MAX_PATTERNS:
            path: Path = (*self.path, "freeze")
            message = f"`freeze` has {len(patterns):,} patterns, and at most {MAX_PATTERNS} can have `*`, `?` or `[`"
            advice = "name the layers, or let one pattern fit more of them"
            span = self.tree.span_at(path, key=True)
            self.problems.append(TOO_MANY_PATTERNS.problem(message, path=path, span=span, help=advice))
            return
        fits = set[str]()
        for index, pattern in enumerate(model.freeze):
            is_wild = WILD.search(pattern) is not None
            found = filter(re.compile(translate(pattern)).match, names) if is_wild else names.keys() & {pattern}
            frozen = {names[name] for name in found}
            fits |= frozen
            if not frozen:
                self._tell_nothing(pattern, list(names), (*self.path, "freeze", index))
        if fits:
            self.nodes = [_frozen(node) if node.layer_name in fits else node for node in self.nodes]

    def _tell_nothing(self, pattern: str, names: list[str], path: Path) -> None:
        advice = did_you_mean(pattern, names) or f"it has {one_of(names[:LISTED], 'and')}"
        message = f"no layer of the model is called `{pattern}`"
        span = self.tree.span_at(path)
        self.problems.append(NOTHING_TO_FREEZE.problem(message, path=path, span=span, help=advice))

    def _add_steps(self, steps: list[Step]) -> None:
        self._claim_shared(steps)
        given = [step.name for step in steps if step.name]
        namer = Namer([*given, *self.values, *(name for step in steps for name in step.results)], self.shared_names)
        later = {name for step in steps for name in (step.name, *step.results) if name}
        binder = Binder(self.tree, self.values, later, self.problems)
        previous = Value(self.inputs[0].name) if len(self.inputs) == 1 else None
        for index, step in enumerate(steps):
            path = self._step_path(index, step)
            name = self._name(step, namer)
            layer, layer_name = self._callee(step, name, path)
            self._check_scopes(layer, layer_name, path)
            if layer is None:
                self._remember(name, Value(name), (*path, "name"))
                previous = Value(name)
                continue
            positional, named = binder.bind(step, layer, previous, path)
            is_taken = name in self.values  # which is told below; to follow the name would lead in a circle
            if is_taken:
                positional, named = NOTHING
            shared = step.word if isinstance(step.layer, Shared) else None
            self.nodes.append(Node(name, layer, layer_name, positional, named, step.call, step.results, path, shared))
            self._remember(name, Value(name), (*path, "name"))
            for position, result in enumerate(step.results):
                if result != name or position:
                    self._remember(result, Value(name, position), (*path, "as", position))
            previous = Value("" if is_taken else name)
        if not steps:
            self.problems.append(
                NO_LAYERS.problem(
                    "the model has no layers",
                    path=(*self.path, "layers"),
                    span=self.tree.span_at((*self.path, "layers")),
                )
            )

    def _claim_shared(self, steps: list[Step]) -> None:
        """Keep the names of the shared things that the steps use for them alone."""
        for word in dict.fromkeys(step.word for step in steps if isinstance(step.layer, Shared)):
            name, path = self.shared.name_of(word), self.shared.name_path(word)
            if name in self.shared_names:
                self._tell_twice(name, path, self.shared.name_path(self.shared_names[name]))
            self.shared_names.setdefault(name, word)
        for given in self.inputs:
            self._check_unshared(given.name, given.path)
        for index, step in enumerate(steps):
            own = step.word if isinstance(step.layer, Shared) else None
            if step.name and self.shared_names.get(step.name) != own:
                self._check_unshared(step.name, (*self._step_path(index, step), "name"))

    def _check_unshared(self, name: str, path: Path) -> None:
        """Refuse a name that something shared has, which Keras would take for that."""
        if name in self.shared_names:
            self._tell_twice(name, path, self.shared.name_path(self.shared_names[name]))

    def _name(self, step: Step, namer: Namer) -> str:
        """What this use of a layer is called."""
        if isinstance(step.layer, Shared):
            return step.layer.name or namer.use(self.shared.name_of(step.word))
        return namer.name(step.layer)

    def _callee(self, step: Step, name: str, path: Path) -> tuple[Layer | Submodel | None, str]:
        """What a step calls, and what that is called: something shared has a name of its own."""
        if isinstance(step.layer, Shared):
            return self.shared.find(step.word, self.path, path), self.shared.name_of(step.word)
        if isinstance(step.layer, Model):
            submodel, problems = self.shared.submodel(step.layer, name, path, self.tree)
            self.problems.extend(problems)
            return submodel if submodel.graph.inputs else None, name
        assert isinstance(step.layer, Layer)  # noqa: S101 - a step calls nothing else
        return step.layer, name

    def _check_scopes(self, layer: Layer | Submodel | None, name: str, path: Path) -> None:
        """Refuse names of a layer, and of those inside of it, that are none in TensorFlow's graphs."""
        inside = [inner.name for inner in inner_layers(layer)] if isinstance(layer, Layer) else []
        for each in (name, *inside):
            if each and NO_SCOPE.search(each):
                place = (*path, "name")
                advice = f"write `{re.sub('_+', '_', NO_SCOPE.sub('_', each)).strip('_') or 'x'}`"
                message = (
                    f"a layer cannot be called `{each}`: TensorFlow's names have letters, digits, `_`, `-` and `.`"
                )
                problem = NO_NAME.problem(message, path=place, span=self.tree.span_at(place), help=advice)
                self.problems.append(problem)

    def _step_path(self, index: int, step: Step) -> Path:
        path: Path = (*self.path, "layers", index)
        written = self.tree.nearest(path)[0].content
        return (*path, step.word) if isinstance(written, dict) else path

    def _add_input(self, given: GraphInput) -> None:
        self.inputs.append(given)
        self._remember(given.name, Value(given.name), given.path)

    def _remember(self, name: str, value: Value, path: Path) -> None:
        """Let a name stand for a value, once."""
        if name in self.values or name == "_":
            self._tell_twice(name, path, self.places.get(name))
            return
        self.values[name] = value
        self.places[name] = path

    def _tell_twice(self, name: str, path: Path, first: Path | None) -> None:
        """Two things of one name; `path` leads to the second."""
        problem = DUPLICATE_NAME.problem(
            f"two things are called `{name}`" if name != "_" else "`_` always means the result of the layer before",
            path=path,
            span=self.tree.span_at(path, key=_is_key(path)),
            labels=self._label(first),
            help=f"give this one another name, such as `{name}_2`" if name != "_" else "use another name",
        )
        self.problems.append(problem)

    def _label(self, path: Path | None) -> tuple[Label, ...]:
        span = self.tree.span_at(path, key=_is_key(path)) if path else None
        return (Label(span, "the first one"),) if span else ()

    def _set_last_output(self) -> None:
        if self.nodes:
            last = self.nodes[-1]
            self.outputs[last.name] = Value(last.name if last.arguments else "")
            self.output_paths[last.name] = last.path

    def _add_output(self, output: str, name: str, path: Path) -> None:
        value = self.values.get(name)
        if value is None:
            message = f"nothing in the model is called `{name}`"
            advice = did_you_mean(name, self.values) or f"it has {one_of(list(self.values)[:LISTED], 'and')}"
            self.problems.append(UNKNOWN_VALUE.problem(message, path=path, span=self.tree.span_at(path), help=advice))
        elif output in self.outputs:
            message = f"the output `{output}` is named twice"
            self.problems.append(
                DUPLICATE_NAME.problem(message, path=path, span=self.tree.span_at(path), help="name it once")
            )
        else:
            self.outputs[output] = value
            self.output_paths[output] = path

    def _name_outputs(self) -> None:
        """Give every output with a name of its own a node of that name, since Keras calls an output by its layer."""
        own = {node.name for node in self.nodes if node.layer_name == node.name}
        for output, value in list(self.outputs.items()):
            path = self.output_paths[output]
            if value == Value(output) and output in own:
                continue
            name = output if value != Value(output) else f"{output}_output"
            self._check_unshared(output, path)
            identity = Identity(name=output)
            is_taken = self.values.get(output, value) != value
            self.nodes.append(Node(name, identity, output, () if is_taken else (value,), {}, {}, (), path))
            if is_taken:
                self._remember(output, Value(output), path)
            self.outputs[output] = Value(name)

    def _tell_flow(self, step: Step, key: str, path: Path) -> None:
        self.problems.append(
            FLOW_IN_SEQUENTIAL.problem(
                f"`{key}` has no meaning in a sequential model: `{step.word}` takes what the layer before it gives",
                path=path,
                span=self.tree.span_at(path, key=True),
                help="write the model as `functional`, with `inputs` and the same layers",
            )
        )


def _frozen(node: Node) -> Node:
    """The node with a layer whose weights do not learn."""
    if isinstance(node.layer, Submodel):
        return node._replace(layer=node.layer._replace(trainable=False))
    return node._replace(layer=node.layer.model_copy(update={"trainable": False}))


def _is_key(path: Path) -> bool:
    """Whether a path to a name ends at the key that says it."""
    return path[-2:-1] in {("inputs",), ("outputs",), ("shared",)} and isinstance(path[-1], str)


def _unused(graph: Graph, tree: Tree) -> list[Problem]:
    """Warnings for layers and inputs that no output hangs on."""
    if not graph.outputs:
        return []
    needed = {value.maker for value in graph.outputs.values()}
    for node in reversed(graph.nodes):
        if node.name in needed:
            needed |= {value.maker for value in node.values}
    unused = [(node.name, node.path, f"`{node.layer.written}` called `{node.name}`") for node in graph.nodes]
    unused += [(given.name, given.path, f"the input `{given.name}`") for given in graph.inputs]
    return [
        UNUSED.problem(
            f"{what} has no effect on any output",
            path=path,
            span=tree.span_at(path, key=True),
            help="take it out, or join what it gives to an output",
        )
        for name, path, what in unused
        if name not in needed
    ]
