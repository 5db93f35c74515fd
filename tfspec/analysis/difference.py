"""What two specs say differently, by meaning: layers, what goes in and comes out, and all other settings."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from tfspec.catalogue import Declaration, thing_to_data
from tfspec.diagnostics import SpecError, has_errors
from tfspec.graph import Node
from tfspec.tensors import show_shape

from .analyze import Analysis

MISSING = object()


class Change(NamedTuple):
    """A setting with its value in either spec; None where it says nothing."""

    path: str
    before: Any
    after: Any


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

    def __bool__(self) -> bool:
        return bool(self.layers or self.settings)

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
        }


class _Use(NamedTuple):
    """One use of a layer with all that can be different about it."""

    name: str
    word: str
    facts: dict[str, Any]
    parameters: int


def differ_in(before: Analysis, after: Analysis) -> Difference:
    """What is different between two specs that have no errors.

    Layers are the same layer where they have one name, or else where they stand at the same place
    between others of the same class.

    Raises:
        SpecError: One of the specs has errors.
    """
    for analysis in (before, after):
        if has_errors(analysis.problems):
            raise SpecError(analysis.problems)
    old, new = _uses(before), _uses(after)
    pairs = _pairs(old, new)
    renamed = {b.name: a.name for b, a in pairs if b and a}
    layers = [change for b, a in pairs if (change := _layer_change(b, a, renamed))]
    settings = [*_changes(_settings(before), _settings(after))]
    return Difference(tuple(layers), tuple(settings), (before.summary.parameters, after.summary.parameters))


def _uses(analysis: Analysis) -> list[_Use]:
    rows = {row.name: row for row in analysis.summary.layers}
    uses = []
    for node in analysis.graph.nodes:
        row = rows.get(node.name)
        facts: dict[str, Any] = {**_arguments(node)}
        if row is not None:
            facts["from"] = list(row.sources)
            facts["output"] = ", ".join(f"{show_shape(type_.shape)} {type_.dtype}" for type_ in row.outputs)
        uses.append(_Use(node.name, row.layer if row else "", facts, row.parameters if row else 0))
    return uses


def _arguments(node: Node) -> dict[str, Any]:
    """What the layer of a node says, without its name."""
    layer: Any = node.layer
    thing = layer if isinstance(layer, Declaration) else layer.source
    data = thing_to_data(thing)
    arguments: Any = next(iter(data.values())) if isinstance(data, dict) else {}
    said = {key: value for key, value in dict(arguments).items() if key != "name"}
    return said | ({"call": dict(node.call)} if node.call else {})


def _pairs(old: list[_Use], new: list[_Use]) -> list[tuple[_Use | None, _Use | None]]:
    """The uses of both, each with the one that it is in the other spec, in the order of the second."""
    by_name = {use.name: use for use in old}
    met = {use.name: by_name[use.name] for use in new if use.name in by_name and by_name[use.name].word == use.word}
    left = [use for use in old if use.name not in met]
    right = [use for use in new if use.name not in met]
    matcher = SequenceMatcher(None, [use.word for use in left], [use.word for use in right])
    for tag, i, j, k, end in matcher.get_opcodes():
        if tag == "equal":
            met |= {b.name: a for a, b in zip(left[i:j], right[k:end], strict=True)}
    gone = [use for use in old if use.name not in {each.name for each in met.values()}]
    return [*((use, None) for use in gone), *((met.get(use.name), use) for use in new)]


def _layer_change(before: _Use | None, after: _Use | None, renamed: dict[str, str]) -> LayerChange | None:
    """How one layer changed; None where it did not."""
    if after is None:
        return LayerChange(before.name, None, before.word, (), -before.parameters) if before else None
    if before is None:
        return LayerChange(None, after.name, after.word, (), after.parameters)
    facts = before.facts | {"from": [renamed.get(name, name) for name in before.facts.get("from", [])]}
    changes = tuple(_changes(facts, after.facts | {"from": after.facts.get("from", [])}))
    if not changes and before.name == after.name:
        return None
    return LayerChange(before.name, after.name, after.word, changes, after.parameters - before.parameters)


def _settings(analysis: Analysis) -> dict[str, Any]:
    """What a spec says besides its layers."""
    data = {key: value for key, value in analysis.spec.to_dict().items() if key not in ("model", "shared", "tfspec")}
    summary = analysis.summary
    for kind, rows in (("inputs", summary.inputs), ("outputs", summary.outputs)):
        data[kind] = {row.name: f"{show_shape(row.shape)} {row.dtype}" for row in rows}
    return data


def _changes(before: Any, after: Any, path: str = "") -> list[Change]:
    """The innermost values that are different, with the way to them."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = dict.fromkeys((*before, *after))
        return [
            change
            for key in keys
            for change in _changes(before.get(key, MISSING), after.get(key, MISSING), f"{path}.{key}".lstrip("."))
        ]
    if isinstance(before, list) and isinstance(after, list) and any(isinstance(each, dict) for each in before + after):
        pairs = enumerate(zip_longest(before, after, fillvalue=MISSING))
        return [change for index, (b, a) in pairs for change in _changes(b, a, f"{path}[{index}]")]
    if before == after and type(before) is type(after):
        return []
    return [Change(path, None if before is MISSING else before, None if after is MISSING else after)]
