"""From a spec to its graph: names are given, and every `from` is bound."""

from __future__ import annotations

from tfspec.catalogue.layers.core import Identity
from tfspec.catalogue.models import Functional, Model, Sequential
from tfspec.catalogue.steps import Step
from tfspec.diagnostics import Label, Path, Problem, did_you_mean, one_of
from tfspec.source import Tree
from tfspec.spec import Spec

from .binding import Binder
from .graph import Graph, GraphInput, Node, Value
from .names import Namer
from .problems import DUPLICATE_NAME, FLOW_IN_SEQUENTIAL, NO_LAYERS, UNKNOWN_VALUE, UNUSED


def lower(spec: Spec) -> tuple[Graph, list[Problem]]:
    """The graph of a spec's model, and what is wrong with its names and joints.

    A layer whose `from` cannot be bound is in the graph without arguments, so that what follows
    from it is not reported again.
    """
    model = spec.model
    lowering = _Lowering(model, spec.tree)
    if isinstance(model, Sequential):
        lowering.sequential(model)
    elif isinstance(model, Functional):
        lowering.functional(model)
    graph = Graph(
        model.spelling(),
        model.name or _identifier(spec.name) or model.spelling(),
        tuple(lowering.inputs),
        tuple(lowering.nodes),
        lowering.outputs,
        lowering.structure,
    )
    return graph, lowering.problems + _unused(graph, spec.tree, lowering.problems)


def _identifier(name: str | None) -> str | None:
    return name.replace("/", "-") if name else None


class _Lowering:
    """One model on its way into a graph."""

    def __init__(self, model: Model, tree: Tree) -> None:
        self.tree = tree
        self.path: Path = ("model", model.spelling())
        self.inputs: list[GraphInput] = []
        self.nodes: list[Node] = []
        self.outputs: dict[str, Value] = {}
        self.output_paths: dict[str, Path] = {}
        self.structure = "single"
        self.problems: list[Problem] = []
        self.places: dict[str, Path] = {}
        self.values: dict[str, Value] = {}

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

    def _add_steps(self, steps: list[Step]) -> None:
        given = [step.layer.name for step in steps if step.layer.name]
        namer = Namer([*given, *self.values, *(name for step in steps for name in step.results)])
        later = {name for step in steps for name in (step.layer.name, *step.results) if name}
        binder = Binder(self.tree, self.values, later, self.problems)
        previous = Value(self.inputs[0].name) if len(self.inputs) == 1 else None
        for index, step in enumerate(steps):
            path = self._step_path(index, step)
            name = namer.name(step.layer)
            positional, named = binder.bind(step, previous, path)
            self.nodes.append(Node(name, step.layer, name, positional, named, step.call, step.results, path))
            self._remember(name, Value(name), (*path, "name"))
            for position, result in enumerate(step.results):
                if result != name or position:
                    self._remember(result, Value(name, position), (*path, "as", position))
            previous = Value(name)
        if not steps:
            self.problems.append(
                NO_LAYERS.problem(
                    "the model has no layers",
                    path=(*self.path, "layers"),
                    span=self.tree.span_at((*self.path, "layers")),
                )
            )

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
            first = self.places.get(name)
            problem = DUPLICATE_NAME.problem(
                f"two things are called `{name}`" if name != "_" else "`_` always means the result of the layer before",
                path=path,
                span=self.tree.span_at(path),
                labels=self._label(first),
                help=f"give this one another name, such as `{name}_2`" if name != "_" else "use another name",
            )
            self.problems.append(problem)
            return
        self.values[name] = value
        self.places[name] = path

    def _label(self, path: Path | None) -> tuple[Label, ...]:
        span = self.tree.span_at(path, key="inputs" in path[-2:-1]) if path else None
        return (Label(span, "the first one"),) if span else ()

    def _set_last_output(self) -> None:
        if self.nodes:
            last = self.nodes[-1]
            self.outputs[last.name] = Value(last.name)
            self.output_paths[last.name] = last.path

    def _add_output(self, output: str, name: str, path: Path) -> None:
        value = self.values.get(name)
        if value is None:
            message = f"nothing in the model is called `{name}`"
            advice = did_you_mean(name, self.values) or f"it has {one_of(list(self.values)[:12], 'and')}"
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
        for output, value in list(self.outputs.items()):
            path = self.output_paths[output]
            if value == Value(output):
                continue
            identity = Identity(name=output)
            self.nodes.append(Node(output, identity, output, (value,), {}, {}, (), path))
            if self.values.get(output, value) != value:
                self._remember(output, Value(output), path)
            self.outputs[output] = Value(output)

    def _tell_flow(self, step: Step, key: str, path: Path) -> None:
        self.problems.append(
            FLOW_IN_SEQUENTIAL.problem(
                f"`{key}` has no meaning in a sequential model: `{step.word}` takes what the layer before it gives",
                path=path,
                span=self.tree.span_at(path, key=True),
                help="write the model as `functional`, with `inputs` and the same layers",
            )
        )


def _unused(graph: Graph, tree: Tree, problems: list[Problem]) -> list[Problem]:
    """Warnings for layers and inputs that no output hangs on; none where names are already wrong."""
    if problems or not graph.outputs:
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
