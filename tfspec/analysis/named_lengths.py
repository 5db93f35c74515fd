"""Names of lengths against the sizes that the data gives."""

from __future__ import annotations

from tfspec.diagnostics import Path, Problem
from tfspec.graph import GraphInput
from tfspec.source import Tree
from tfspec.tensors import Length, Shape, TensorType

from .problems import DATA_DOES_NOT_FIT


def input_shape(said: tuple[int | str | None, ...]) -> Shape:
    """A shape as the spec says it, its names as lengths."""
    return tuple(Length(size) if isinstance(size, str) else size for size in said)


def check_names(inputs: tuple[GraphInput, ...], fed: dict[str, TensorType], tree: Tree) -> list[Problem]:
    """A problem for every axis to which the data gives another size than to one of the same name."""
    seen: dict[str, tuple[int, str]] = {}
    problems = []
    for given in inputs:
        if given.said is None or given.name not in fed:
            continue
        sizes = fed[given.name].shape[1:]
        for axis, (name, size) in enumerate(zip(given.said.shape, sizes, strict=False)):
            if not isinstance(name, str) or not isinstance(size, int):
                continue
            place = f"axis {axis + 1} of `{given.name}`"
            before, where = seen.setdefault(name, (size, place))
            if before != size:
                path: Path = (*given.path, "shape", axis)
                message = f"the data gives `{name}` two sizes: {before} as {where}, and {size} as {place}"
                advice = "give the axes names of their own, or write `null`"
                problems.append(DATA_DOES_NOT_FIT.problem(message, path=path, span=tree.span_at(path), help=advice))
    return problems
