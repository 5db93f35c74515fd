"""Shared layers and models: made once, called from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, TypeAlias

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.models import Model
from tfspec.diagnostics import Path, Problem
from tfspec.source import Tree
from tfspec.spec import Spec

from .graph import Submodel
from .problems import SHARED_CIRCLE, UNUSED

if TYPE_CHECKING:
    from .graph import Graph

LowerModel: TypeAlias = "Callable[[Model, str, Path, Tree, SharedThings], tuple[Graph, list[Problem]]]"


class SharedThings:
    """What stands under `shared`, each a layer or a graph once it is used."""

    def __init__(self, spec: Spec, lower_model: LowerModel, folder: FilePath) -> None:
        self.declared = spec.shared or {}
        self.tree = spec.tree
        self.lower_model = lower_model
        self.folder = folder
        self.problems: list[Problem] = []
        self.made: dict[str, Layer | Submodel | None] = {}
        self.used: set[str] = set()
        self._open: list[str] = []

    def find(self, word: str) -> Layer | Submodel | None:
        """The shared layer or model of that name, the same for every use; None where it leads back to itself."""
        self.used.add(word)
        return self._make(word)

    def _make(self, word: str) -> Layer | Submodel | None:
        if word in self._open:
            chain = " → ".join(f"`{name}`" for name in (*self._open[self._open.index(word) :], word))
            path: Path = ("shared", word)
            span = self.tree.span_at(path, key=True)
            message = f"the shared model `{word}` calls itself: {chain}"
            self.problems.append(SHARED_CIRCLE.problem(message, path=path, span=span))
            return None
        if word not in self.made:
            self._open.append(word)
            self.made[word] = self._lowered(word, self.declared[word])
            self._open.pop()
        return self.made[word]

    def _lowered(self, word: str, declared: Declaration) -> Layer | Submodel | None:
        if isinstance(declared, Layer):
            return declared.model_copy(update={"name": word}).called(declared.written)
        assert isinstance(declared, Model)  # noqa: S101 - nothing else can be shared
        made, problems = self.submodel(declared, word, ("shared", word, declared.written), self.tree)
        self.problems += problems
        return made._replace(written=word) if made.graph.inputs else None

    def submodel(self, model: Model, name: str, path: Path, tree: Tree) -> tuple[Submodel, list[Problem]]:
        """A model as a layer of another, with what is wrong with it."""
        graph, problems = self.lower_model(model, name, path, tree, self)
        return Submodel(graph, model, model.written, tree, model.trainable), problems

    def lower_all(self) -> None:
        """Make those too that nothing uses, so that their mistakes are told."""
        for word in self.declared:
            self._make(word)

    def unused(self) -> list[Problem]:
        """Warnings for what nothing uses."""
        return [
            UNUSED.problem(
                f"nothing uses the shared `{word}`",
                path=("shared", word),
                span=self.tree.span_at(("shared", word), key=True),
                help=f"use it as a layer, `- {word}`, or take it out",
            )
            for word in self.declared
            if word not in self.used
        ]
