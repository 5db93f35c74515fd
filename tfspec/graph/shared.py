"""Shared layers and models: made once, called from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, TypeAlias

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.models import Model
from tfspec.diagnostics import Label, Path, Problem
from tfspec.source import Tree
from tfspec.spec import Spec

from .found import Found
from .graph import Submodel
from .problems import SHARED_CIRCLE, TWO_CALLERS, UNUSED

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
        self.problems = Found()
        self.made: dict[str, Layer | Submodel | None] = {}
        self.callers: dict[str, tuple[Path, Path]] = {}
        """For everything that is used, the model that calls it, and its first call."""
        self._open: list[str] = []

    def find(self, word: str, model: Path, call: Path) -> Layer | Submodel | None:
        """The shared layer or model of that name, the same for every use; None where it leads back to itself.

        `model` and `call` lead to the model that uses it and to the use: Keras saves something that two models
        call, and cannot load it again.
        """
        caller, first = self.callers.setdefault(word, (model, call))
        if caller != model:
            there = self.tree.span_at(first, key=True)
            problem = TWO_CALLERS.problem(
                f"two models call the shared `{word}`",
                path=call,
                span=self.tree.span_at(call, key=True),
                labels=(Label(there, "the other calls it here"),) if there else (),
                help="write one of the two models as a block, which becomes part of the other",
            )
            self.problems.append(problem)
        return self._make(word)

    def name_of(self, word: str) -> str:
        """What the shared layer or model is called: its own name, or else its word."""
        name: str | None = getattr(self.declared[word], "name", None)
        return name or word

    def name_path(self, word: str) -> Path:
        """Where that name stands."""
        declared = self.declared[word]
        path: Path = ("shared", word)
        return (*path, declared.written, "name") if getattr(declared, "name", None) else path

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
            return declared.model_copy(update={"name": self.name_of(word)}).called(declared.written)
        assert isinstance(declared, Model)  # noqa: S101 - nothing else can be shared
        made, problems = self.submodel(declared, self.name_of(word), ("shared", word, declared.written), self.tree)
        self.problems.extend(problems)
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
            if word not in self.callers
        ]
