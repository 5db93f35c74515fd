"""What two specs say differently, by meaning: layers, what goes in and comes out, and all other settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tfspec.diagnostics import Problem, SpecError
from tfspec.spec import Compile

from .analyze import Analysis
from .meaning import Change, Meant, arguments_of, changes, meaning
from .problems import UNREADABLE_DATA
from .uses import Network, Renamed, Use, pair, renaming

PER_OUTPUT = ("loss", "metrics", "weighted_metrics", "loss_weights", "outputs")
"""The keys of `compile` that the plan of the outputs says, in whichever form they are written."""

UNNAMED: Renamed = {}
"""For the second of two models, whose names are those that count."""


class LayerChange(NamedTuple):
    """A layer in either spec; `before` or `after` is None where it is only in the other."""

    before: str | None
    after: str | None
    layer: str
    changes: tuple[Change, ...] = ()
    parameters: int = 0
    """How many scalars more its weights hold in the second spec."""


class Difference(NamedTuple):
    """All that is different."""

    layers: tuple[LayerChange, ...]
    settings: tuple[Change, ...]
    parameters: tuple[int, int]
    """Scalars in the weights of either model."""
    trainable: tuple[int, int]
    """Scalars that training changes in either."""

    def __bool__(self) -> bool:
        pairs = (self.parameters, self.trainable)
        return bool(self.layers or self.settings or any(before != after for before, after in pairs))

    def to_dict(self) -> dict[str, Any]:
        """The difference under stable keys."""
        return {
            "layers": [
                {
                    "kind": "added" if each.before is None else "removed" if each.after is None else "changed",
                    "before": each.before,
                    "after": each.after,
                    "layer": each.layer,
                    "parameters": each.parameters,
                    "changes": [change._asdict() for change in each.changes],
                }
                for each in self.layers
            ],
            "settings": [change._asdict() for change in self.settings],
            "parameters": {"before": self.parameters[0], "after": self.parameters[1]},
            "trainable_parameters": {"before": self.trainable[0], "after": self.trainable[1]},
        }


def differ_in(before: Analysis, after: Analysis) -> Difference:
    """What is different between two specs that have no errors; their data need not be here.

    Layers are the same layer where both specs give them one name, or else where they stand at the same
    place between others that say the same, or are of the same class.

    Raises:
        SpecError: One of the specs has errors.
    """
    for analysis in (before, after):
        if _errors(analysis):
            raise SpecError(analysis.problems)
    old, new = _whole(before), _whole(after)
    pairs = pair(old.uses(), new.uses())
    renamed = renaming(pairs, old, new)
    return Difference(
        tuple(_layers(pairs, renamed)),
        (*_ends(old, new, renamed), *changes(_settings(before, old, renamed), _settings(after, new, UNNAMED))),
        (before.summary.parameters, after.summary.parameters),
        (before.summary.trainable_parameters, after.summary.trainable_parameters),
    )


def _errors(analysis: Analysis) -> list[Problem]:
    """What keeps a spec from being compared: data that cannot be read does so where a shape hangs on it."""
    shapes_are_known = len(analysis.inputs) == len(analysis.graph.inputs) > 0
    return [
        problem
        for problem in analysis.problems
        if problem.severity == "error" and not (problem.code == UNREADABLE_DATA.id and shapes_are_known)
    ]


def _whole(analysis: Analysis) -> Network:
    model = analysis.spec.model
    return Network(analysis.graph, analysis.types, model, model.trainable)


def _layers(pairs: list[tuple[Use | None, Use | None]], renamed: Renamed, way: str = "") -> Iterator[LayerChange]:
    """What is different about the layers, those inside of models behind the model that they are in."""
    for before, after in pairs:
        if before is None or after is None:
            use = after or before
            assert use is not None  # noqa: S101 - a pair has one at least
            names = (f"{way}{before.name}" if before else None, f"{way}{after.name}" if after else None)
            yield LayerChange(*names, use.node.kind, (), use.parameters if after else -use.parameters)
            continue
        found = changes(before.facts(renamed), after.facts(UNNAMED))
        inner: list[LayerChange] = []
        if before.inside and after.inside and (before.parts or after.parts):
            pairs_inside = pair(before.parts, after.parts)
            renamed_inside = renaming(pairs_inside, before.inside, after.inside)
            found += _ends(before.inside, after.inside, renamed_inside)
            inner = [*_layers(pairs_inside, renamed_inside, f"{way}{after.name}/")]
        if found or (before.name != after.name and (before.is_named or after.is_named)):
            more = after.parameters - before.parameters
            names = (f"{way}{before.name}", f"{way}{after.name}")
            yield LayerChange(*names, after.node.kind, tuple(found), more)
        yield from inner


def _ends(before: Network, after: Network, renamed: Renamed) -> list[Change]:
    """What is different about inputs and outputs: types, order, and how several outputs are given."""
    outputs = before.outputs(renamed), after.outputs(UNNAMED)
    found = [*changes(before.inputs, after.inputs, "inputs"), *changes(*outputs, "outputs")]
    if _order(before.inputs, after.inputs) != _order(after.inputs, before.inputs):
        found.append(Change("inputs", [*before.inputs], [*after.inputs]))
    structures = before.graph.structure, after.graph.structure
    if structures[0] != structures[1] or _order(*outputs) != _order(*reversed(outputs)):
        found.append(Change("outputs", before.written_outputs, after.written_outputs))
    return found


def _order(names: dict[str, Any], others: dict[str, Any]) -> list[str]:
    """The names that others have, too, in their order."""
    return [name for name in names if name in others]


def _settings(analysis: Analysis, network: Network, renamed: Renamed) -> dict[str, Any]:
    """What a spec says besides its layers."""
    spec = analysis.spec
    says = arguments_of(spec)
    name = spec.model.name if spec.model.name != spec.name else None
    model = network.says
    used = set(network.shared_words())
    return {
        **{key: says[key] for key in ("name", "description", "seed")},
        "precision": spec.precision or "float32",
        "shared": {
            word: Meant(repr(thing), {}, thing.written)
            for word, thing in (says["shared"] or {}).items()
            if word not in used
        },
        "data": says["data"],
        "model": Meant(model.word, {"name": name, **model.arguments}, model.written),
        "compile": spec.compile and _compile(spec.compile, analysis, renamed),
        "fit": says["fit"],
        "callbacks": says["callbacks"],
    }


def _compile(said: Compile, analysis: Analysis, renamed: Renamed) -> Meant:
    """The compile step, with what it asks of each output."""
    assert analysis.plan is not None  # noqa: S101 - there is one for every compile step
    plans = {
        renamed.get(output, output): {
            "loss": meaning(plan.loss),
            "metrics": meaning(plan.metrics),
            "weighted_metrics": meaning(plan.weighted_metrics),
            "loss_weight": plan.loss_weight,
        }
        for output, plan in analysis.plan.outputs.items()
    }
    per_output = next(iter(plans.values())) if len(plans) == 1 else {"outputs": plans}
    rest = {key: value for key, value in arguments_of(said).items() if key not in PER_OUTPUT}
    written: Any = meaning(said)
    return Meant("", rest | per_output, written.written)
