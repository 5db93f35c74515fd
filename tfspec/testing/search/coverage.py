"""What a search has met of the catalogue: layers, their arguments, and layers that stand behind each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tfspec.analysis import Analysis
from tfspec.catalogue import declarations
from tfspec.catalogue.layers.layer import Layer
from tfspec.testing.running import layers_of


@dataclass
class Coverage:
    """How often each was met; arguments as `Dense.units`, neighbours as `Dense > ReLU`."""

    specs: int = 0
    layers: Counter[str] = field(default_factory=Counter)
    arguments: Counter[str] = field(default_factory=Counter)
    neighbours: Counter[str] = field(default_factory=Counter)

    def meet(self, analysis: Analysis) -> None:
        """Count what is in a model."""
        self.specs += 1
        for layer in layers_of(analysis.graph):
            self.layers[type(layer).spelling()] += 1
            self.arguments.update(f"{type(layer).spelling()}.{name}" for name in layer.said)
        nodes = [node for node in analysis.graph.nodes if isinstance(node.layer, Layer)]
        words = {node.name: type(node.layer).__name__ for node in nodes}
        for node in nodes:
            makers = {value.maker for value in node.values}
            self.neighbours.update(f"{words[maker]} > {words[node.name]}" for maker in makers if maker in words)

    def add(self, other: dict[str, Any]) -> None:
        """Count what another process has met."""
        self.specs += other["specs"]
        self.layers.update(other["layers"])
        self.arguments.update(other["arguments"])
        self.neighbours.update(other["neighbours"])

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain data."""
        return {
            "specs": self.specs,
            "layers": dict(self.layers),
            "arguments": dict(self.arguments),
            "neighbours": dict(self.neighbours),
        }

    @property
    def layers_not_met(self) -> list[str]:
        """The layers of the catalogue that no spec had."""
        return [cls.spelling() for cls in declarations("layer") if cls.spelling() not in self.layers]

    @property
    def arguments_not_met(self) -> list[str]:
        """The arguments of layers that no spec said; `name` aside, which the model gives."""
        return [name for name in _all_arguments() if name not in self.arguments]

    def rows(self) -> list[tuple[str, str]]:
        """What was met, in words."""
        layers, arguments = len(declarations("layer")), len(_all_arguments())
        return [
            ("layers met", f"{layers - len(self.layers_not_met)} of {layers}"),
            ("arguments met", f"{arguments - len(self.arguments_not_met)} of {arguments}"),
            ("pairs of neighbours met", f"{len(self.neighbours)}"),
        ]


def _all_arguments() -> list[str]:
    return [f"{cls.spelling()}.{name}" for cls in declarations("layer") for name in cls.model_fields if name != "name"]
