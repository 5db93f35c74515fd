"""Masks: which steps of a sequence are padding, as `Embedding` and `Masking` mark them, from layer to layer."""

from __future__ import annotations

from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import Problem, Refusal
from tfspec.graph import Graph, Node, Submodel, Value
from tfspec.source import Tree
from tfspec.tensors import Shape

from .problems import MASK_LOST
from .types import Types, to_problem

Masks = dict[Value, Shape]


def check_masks(graph: Graph, types: Types, tree: Tree) -> list[Problem]:
    """What is wrong with masks on their way through a graph whose types are all known."""
    following = _Following(graph, types, tree, {})
    following.follow()
    return following.problems


class _Following:
    """The masks of one model, by the values that carry them."""

    def __init__(self, graph: Graph, types: Types, tree: Tree, given: Masks) -> None:
        self.graph = graph
        self.types = types
        self.tree = tree
        self.masks = dict(given)
        self.lost: dict[Value, Node] = {}
        """The layers that dropped a mask, by the values that would have carried it."""
        self.problems: list[Problem] = []

    def follow(self) -> None:
        """Go through all layers in order."""
        for node in self.graph.nodes:
            taken = [self.masks.get(value) for value in node.values]
            if isinstance(node.layer, Submodel):
                self._enter(node, node.layer, taken)
            elif node.layer.makes_mask or any(mask is not None for mask in taken):
                self._apply(node, node.layer, taken)
            else:
                self._tell_lost(node, node.layer)

    def _enter(self, node: Node, submodel: Submodel, taken: list[Shape | None]) -> None:
        """Go through a model among the layers."""
        named = zip(submodel.graph.inputs, taken, strict=True)
        given = {Value(entry.name): mask for entry, mask in named if mask is not None}
        inside = _Following(submodel.graph, self.types.inner[node.layer_name], submodel.tree, given)
        inside.follow()
        self.problems += inside.problems
        for index, value in enumerate(submodel.graph.outputs.values()):
            if value in inside.masks:
                self.masks[Value(node.name, index)] = inside.masks[value]

    def _apply(self, node: Node, layer: Layer, taken: list[Shape | None]) -> None:
        """What a layer does with the masks that it is given."""
        inputs = [self.types.values[value] for value in node.values]
        try:
            mask = layer.output_mask(taken, inputs)
        except Refusal as refusal:
            self.problems.append(to_problem(refusal, layer, tuple(inputs), node.path, self.tree))
            return
        if mask is not None:
            self.masks[Value(node.name)] = mask
        elif not layer.uses_mask and taken[0] is not None:
            output = self.types.values[Value(node.name)].shape
            if output[: len(taken[0])] == taken[0]:  # the same steps, so the mask would still tell which are padding
                self.lost[Value(node.name)] = node

    def _tell_lost(self, node: Node, layer: Layer) -> None:
        """Warn of a layer that would have used a mask, or remember that it would have handed one on."""
        dropper = self.lost.get(node.values[0]) if node.values else None
        if dropper is None:
            return
        if layer.uses_mask:
            self.problems.append(
                MASK_LOST.problem(
                    f"`{layer.written}` takes padding for data: `{dropper.layer.written}` has dropped the mask before",
                    path=node.path,
                    span=self.tree.span_at(node.path, key=True),
                    help="put a layer in its place that hands the mask on, or let padding count, without a mask",
                )
            )
        elif layer.passes_mask:
            self.lost[Value(node.name)] = dropper
