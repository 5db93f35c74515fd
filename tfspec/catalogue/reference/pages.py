"""Which page tells of which things: what a reader looks for together."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.catalogue.declaration import Declaration
from tfspec.catalogue.registry import declarations, families

EVERY_LAYER = "every-layer"
"""The page of what all layers have in common."""


class Page(NamedTuple):
    """One page: its file without ending, its heading, and what stands on it.

    `holds` names families, files of a family, or single things of a file, the most exact one first to count.
    """

    file: str
    title: str
    holds: tuple[str, ...]

    @property
    def families(self) -> list[str]:
        """The families on the page, in their order."""
        return [name for name in self.holds if name in families()] or ["layer"]

    def things(self, family: str) -> list[type[Declaration]]:
        """What stands on the page of one family, in the order of the alphabet."""
        found = [cls for cls in declarations(family) if page_of(cls) is self]
        return sorted(found, key=lambda cls: cls.spelling().lower())

    def anchor(self, cls: type[Declaration]) -> str:
        """Where on the page a thing is; the second of two names that differ in their letters' size gets a number."""
        word = cls.spelling().lower()
        named = [each for family in self.families for each in self.things(family) if each.spelling().lower() == word]
        before = named.index(cls)
        return f"#{word}-{before}" if before else f"#{word}"


PAGES = (
    Page("core", "Core layers", ("layers.core", "layers.einsum", "layers.reversible_embedding", "layers.pipeline")),
    Page("convolutional", "Convolutional layers", ("layers.convolutional",)),
    Page("pooling", "Pooling layers", ("layers.pooling", "layers.adaptive")),
    Page("recurrent", "Recurrent layers", ("layers.rnn", "layers.cells", "layers.stacked_cells", "layers.conv_lstm")),
    Page("attention", "Attention layers", ("layers.attention", "layers.grouped_attention")),
    Page("normalization", "Normalization layers", ("layers.normalization", "layers.spectral")),
    Page("regularization", "Regularization layers", ("layers.regularization",)),
    Page("reshaping", "Reshaping layers", ("layers.reshaping",)),
    Page("merging", "Merging layers", ("layers.merging",)),
    Page("activation-layers", "Activation layers", ("layers.activation",)),
    Page(
        "images",
        "Image layers",
        (
            "layers.preprocessing",
            "layers.colors",
            "layers.distortions",
            "layers.histograms",
            "layers.mixtures",
            "layers.mixing",
            "layers.random_crop",
        ),
    ),
    Page("audio", "Audio layers", ("layers.audio",)),
    Page(
        "features",
        "Layers for numbers, categories and texts",
        (
            "layers.preprocessing.Normalization",
            "layers.preprocessing.CategoryEncoding",
            "layers.discretization",
            "layers.hashing",
            "layers.lookups",
            "layers.text",
        ),
    ),
    Page("models", "Models", ("model",)),
    Page("activations", "Activations", ("activation",)),
    Page("weights", "Initializers, regularizers, constraints", ("initializer", "regularizer", "constraint")),
    Page("optimizers", "Optimizers and schedules", ("optimizer", "schedule")),
    Page("losses", "Losses", ("loss",)),
    Page("metrics", "Metrics", ("metric",)),
    Page("callbacks", "Callbacks", ("callback",)),
    Page("sources", "Data sources", ("source",)),
)


def page_of(cls: type[Declaration]) -> Page:
    """The page that tells of a thing.

    Raises:
        LookupError: No page does.
    """
    file = cls.__module__.partition("catalogue.")[2]
    for name in (f"{file}.{cls.__name__}", file, cls.family):
        for page in PAGES:
            if name in page.holds:
                return page
    raise LookupError(f"no page of the reference holds the {cls.family} `{cls.spelling()}`: add `{file}` to `PAGES`")
