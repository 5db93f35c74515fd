"""The passes over a spec, in their order."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tfspec.catalogue.sources.source import Facts
from tfspec.diagnostics import Path as Way
from tfspec.diagnostics import Problem, has_errors, in_file_order, one_of
from tfspec.graph import Graph, GraphInput, lower
from tfspec.spec import Spec
from tfspec.tensors import TensorType, differ, show_shape

from .compiling import CompilePlan, plan_compile
from .embeddings import lint_embeddings
from .feeds import Feeds, bind_feeds
from .lints import lint_heads
from .masks import check_masks
from .monitors import lint_monitors
from .named_lengths import check_names, input_shape
from .phases import check_phases
from .problems import DATA_DOES_NOT_FIT, NO_COMPILE, NO_LOSS, NO_SHAPE, UNMATCHED_DATA, UNREADABLE_DATA
from .splits import lint_split
from .summary import Summary, summarize
from .types import Types, chain_types, infer_types
from .vocabularies import read_vocabularies


class Analysis(NamedTuple):
    """All that is known of a spec before it runs."""

    spec: Spec
    graph: Graph
    types: Types
    feeds: Feeds | None
    """What the data feeds the model; None without data, or where nothing is known of it."""
    plan: CompilePlan | None
    inputs: dict[str, TensorType]
    """The type of each input of the model, batch axis first."""
    problems: list[Problem]

    @property
    def summary(self) -> Summary:
        """The table of layers; only for a model without errors."""
        return summarize(self.graph, self.types, self.spec)


def analyze(spec: Spec, root: Path | None = None) -> Analysis:
    """Every fact and every problem of a spec that can be known without running it.

    Files that the spec names are looked for from `root`, the spec file's own folder if left out.
    """
    graph, problems = lower(spec, root or folder_of(spec))
    problems = [*spec.warnings, *problems]
    if not graph.inputs:  # the model cannot be used, which is all that there is to tell
        return Analysis(spec, graph, Types({}), None, None, {}, in_file_order(problems))
    spec, graph = read_vocabularies(spec, graph, root or folder_of(spec))
    feeds, data_problems = _feeds(spec, graph, root or folder_of(spec))
    inputs, input_problems = _inputs(spec, graph, feeds)
    types = infer_types(graph, inputs, spec.tree, None if graph.file else spec.precision)
    problems = [*problems, *data_problems, *input_problems, *types.problems]
    if not has_errors(problems):
        problems += check_masks(graph, types, spec.tree)
        problems += check_phases(graph, inputs, spec.tree, None if graph.file else spec.precision)
    plan, plan_problems = _plan(spec, graph)
    problems += plan_problems
    problems += _unlearned(spec, plan) if feeds is not None else []
    problems += lint_heads(graph, types, plan, feeds.targets if feeds else {}, spec.tree)
    if feeds is not None and spec.data is not None:
        problems += lint_embeddings(graph, feeds, prepared=spec.data.prepare is not None, tree=spec.tree)
        problems += lint_split(spec.data.split, feeds, spec.tree) if spec.data.split else []
    return Analysis(spec, graph, types, feeds, plan, inputs, in_file_order(problems))


def folder_of(spec: Spec) -> Path:
    """The folder that the spec file stands in; the working folder for a spec without a file."""
    span = spec.tree.span
    return Path(span.text.name).parent if span else Path()


def _plan(spec: Spec, graph: Graph) -> tuple[CompilePlan | None, list[Problem]]:
    """The compile step, what is wrong with it, and what training lacks."""
    if spec.compile is not None:
        plan, problems = plan_compile(spec.compile, graph, spec.tree)
        return plan, [*problems, *lint_monitors(spec, plan), *([] if problems else _training(spec, plan))]
    if spec.fit is None:
        return None, []
    span = spec.tree.span_at(("fit",), key=True)
    advice = "say under `compile` at least a `loss`"
    return None, [NO_COMPILE.problem("there is a `fit` and no `compile`", path=("fit",), span=span, help=advice)]


def _unlearned(spec: Spec, plan: CompilePlan | None) -> list[Problem]:
    """Outputs with a loss, and without anything in `targets` to learn."""
    targets = spec.data.targets if spec.data else None
    if plan is None or not isinstance(targets, dict) or not set(targets) <= set(plan.outputs):
        return []
    names = [name for name, output in plan.outputs.items() if output.loss and name not in targets]
    if not names:
        return []
    path: Way = ("data", "targets")
    message = f"there is a loss for {one_of(names, 'and')}, and nothing under `targets` to learn"
    advice = f"say which column it is: `targets: {{{names[0]}: …}}`"
    return [UNMATCHED_DATA.problem(message, path=path, span=spec.tree.span_at(path, key=True), help=advice)]


def _training(spec: Spec, plan: CompilePlan) -> list[Problem]:
    if spec.fit is None or not plan.outputs or any(output.loss for output in plan.outputs.values()):
        return []
    span = spec.tree.span_at(("compile",), key=True)
    message = "there is nothing to train for: `compile` has no `loss`"
    return [NO_LOSS.problem(message, path=("compile",), span=span, help="add a `loss`, such as `loss: mse`")]


def _feeds(spec: Spec, graph: Graph, root: Path) -> tuple[Feeds | None, list[Problem]]:
    """What the data feeds the model, as far as its source tells without being loaded."""
    if spec.data is None:
        return None, []
    facts, problems = _facts(spec, root)
    if facts is None:
        return None, problems
    feeds, more = bind_feeds(spec, facts, tuple(given.name for given in graph.inputs), tuple(graph.outputs))
    return feeds, problems + more


def _facts(spec: Spec, root: Path) -> tuple[Facts | None, list[Problem]]:
    from tfspec.files import FileError  # only a spec with data pays for it

    assert spec.data is not None  # noqa: S101 - the caller has looked
    try:
        return spec.data.source.facts(root), []
    except FileError as error:
        path: Way = ("data", "source", spec.data.source.written, *error.field)
        span = spec.tree.span_at(path)
        return None, [UNREADABLE_DATA.problem(str(error), path=path, span=span, help=error.help)]


def _inputs(spec: Spec, graph: Graph, feeds: Feeds | None) -> tuple[dict[str, TensorType], list[Problem]]:
    """The type of every input: what the spec says, or what the data gives after `prepare`."""
    types: dict[str, TensorType] = {}
    fed_types: dict[str, TensorType] = {}
    problems: list[Problem] = []
    for given in graph.inputs:
        fed, more = _fed(spec, given.name, feeds)
        problems += more
        if fed is not None:
            fed_types[given.name] = fed
        if given.said is not None:
            said = TensorType((given.said.batch_size, *input_shape(given.said.shape)), given.said.dtype)
            types[given.name] = said
            if fed is not None and (problem := _mismatch(spec, given, said, fed)):
                problems.append(problem)
        elif fed is not None:
            types[given.name] = fed
        elif spec.data is None:
            problems.append(_shapeless(spec, given))
    return types, [*problems, *check_names(graph.inputs, fed_types, spec.tree)]


def _fed(spec: Spec, name: str, feeds: Feeds | None) -> tuple[TensorType | None, list[Problem]]:
    """The type that the data gives an input, after `prepare`."""
    feed = feeds.inputs.get(name) if feeds else None
    if feed is None or spec.data is None:
        return None, []
    prepare = spec.data.prepare
    path: Way = ("data", "prepare")
    if isinstance(prepare, dict):
        prepare, path = prepare.get(name), (*path, name)
    return chain_types(prepare or (), feed.type, path, spec.tree, spec.precision)


def _mismatch(spec: Spec, given: GraphInput, said: TensorType, fed: TensorType) -> Problem | None:
    fits = len(said.shape) == len(fed.shape) and not any(map(differ, said.shape[1:], fed.shape[1:]))
    if fits and (said.dtype == "string") == (fed.dtype == "string"):
        return None
    what = f"{show_shape(fed.shape)} {fed.dtype}" if fits else show_shape(fed.shape)
    own = spec.model.fitting(fed.shape)  # a network known by name says it among its arguments
    path: Way = (*given.path, "input_shape" if own else "shape")
    taken = show_shape(said.shape) + (f" {said.dtype}" if fits else "")
    to = "" if given.path[-1] == "input" else f"`{given.name}` "
    return DATA_DOES_NOT_FIT.problem(
        f"the data gives {to}{what}, and the model takes {taken}",
        path=path,
        span=spec.tree.span_at(path),
        help=(own or f"write `shape: {list(fed.shape[1:])}`".replace("None", "null"))
        if not fits
        else f"write `dtype: {fed.dtype}`",
    )


def _shapeless(spec: Spec, given: GraphInput) -> Problem:
    example = "input: {shape: [28, 28]}" if given.path[-1] == "input" else f"{given.name}: {{shape: [12]}}"
    return NO_SHAPE.problem(
        f"the shape of the input{'' if given.path[-1] == 'input' else f' `{given.name}`'} is not known",
        path=given.path,
        span=spec.tree.span_at(given.path, key=True),
        help=f"say it: `{example}`, without the batch axis",
    )
