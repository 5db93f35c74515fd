"""Strategies for arrays that fit the inputs and the losses of a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tfspec.analysis import Analysis, analyze
from tfspec.analysis.phases import in_phase
from tfspec.analysis.types import Types, infer_types
from tfspec.spec import Loadable, load
from tfspec.tensors import TensorType, is_float

from .running import layers_of

if TYPE_CHECKING:
    import numpy as np

SIZES = (4, 8, 6, 3, 2, 12, 1)
"""What unknown sizes are tried with."""

WORDS = ("a", "b", "tower_1", "two words", "")
MOST_CATEGORIES = 3


class Batch(NamedTuple):
    """One batch: an array for every input and for every output that has a loss, by name."""

    inputs: dict[str, np.ndarray[Any, Any]]
    targets: dict[str, np.ndarray[Any, Any]]


def data_for(spec: Loadable, *, batch: int = 2) -> st.SearchStrategy[Batch]:
    """Batches that fit the inputs of a spec without errors, and its losses, as NumPy arrays by name.

    Numbers lie between 0 and 1, whole ones below the size of every vocabulary that the model has.
    Sizes that the spec leaves open are such that all layers take them; where chance finds none, there is
    nothing to draw, and Hypothesis tries another spec. Labels have the sizes of training. Texts are arrays
    of `str` objects: a model can be called with them, but Keras's `fit` and `predict` want
    `keras.ops.convert_to_tensor(texts, "string")`.

        >>> model = tfspec.build(spec)
        >>> batch = data_for(spec).example()
        >>> (alone,) = batch.inputs.values()  # a model of several inputs takes them by name
        >>> model(alone)
    """
    analysis = analyze(load(spec))
    if known_types(analysis, batch) is None:
        return st.nothing()
    return st.integers(0, 2**16).map(lambda seed: make_batch(analysis, seed, batch))


def make_batch(analysis: Analysis, seed: int, batch: int = 2) -> Batch:
    """The batch that follows from a seed.

    Raises:
        ValueError: No size fits where the spec leaves one open.
    """
    import numpy as np

    types = known_types(analysis, batch)
    if types is None:
        raise ValueError("no size fits where the spec leaves one open")
    drawn = np.random.default_rng(seed)
    highest = _categories(analysis)
    inputs = {entry.name: _array(types[entry.name], drawn, highest) for entry in analysis.graph.inputs}
    targets = {}
    for name, plan in (analysis.plan.outputs if analysis.plan else {}).items():
        if plan.loss is not None:
            targets[name] = _labels(types[name], plan.loss.labels, drawn)
    return Batch(inputs, targets)


def known_types(analysis: Analysis, batch: int = 2) -> dict[str, TensorType] | None:
    """The types of inputs and outputs by name, with a size in place of every unknown one; None where none fits.

    Outputs are those of training: a layer may cut there, and leave whole what a prediction sees.
    """
    for size in SIZES:
        inputs = {name: _known(type_, batch, size) for name, type_ in analysis.inputs.items()}
        in_use, types = (_types_in(analysis, inputs, training=training) for training in (False, True))
        if not in_use.problems and not types.problems:
            outputs = {name: types.values[value] for name, value in analysis.graph.outputs.items()}
            return {**{name: _known(type_, batch, size) for name, type_ in outputs.items()}, **inputs}
    return None


def _types_in(analysis: Analysis, inputs: dict[str, TensorType], *, training: bool) -> Types:
    graph = in_phase(analysis.graph, training=training)
    return infer_types(graph, inputs, analysis.spec.tree, analysis.spec.precision)


def _known(type_: TensorType, batch: int, size: int) -> TensorType:
    first, *rest = type_.shape
    shape = [first if isinstance(first, int) else batch, *(each if isinstance(each, int) else size for each in rest)]
    return TensorType(tuple(shape), type_.dtype)


def _categories(analysis: Analysis) -> int:
    """How many categories there are at most, so that every vocabulary has them."""
    every = layers_of(analysis.graph)
    sizes = [getattr(layer, field, None) for layer in every for field in ("input_dim", "num_tokens")]
    return min([MOST_CATEGORIES, *(size for size in sizes if isinstance(size, int))])


def _array(type_: TensorType, drawn: Any, highest: int) -> Any:
    import numpy as np

    shape: Any = type_.shape
    if type_.dtype == "string":
        return np.array(WORDS, dtype=object)[drawn.integers(0, len(WORDS), shape)]
    if is_float(type_.dtype):
        dtype = "float32" if type_.dtype == "bfloat16" else type_.dtype
        return (drawn.integers(0, 16, shape) / 16).astype(dtype)
    return drawn.integers(0, min(highest, 2) if type_.dtype == "bool" else highest, shape).astype(type_.dtype)


def _labels(type_: TensorType, labels: str | None, drawn: Any) -> Any:
    import numpy as np

    shape: Any = type_.shape
    if labels in ("integers", "one_hot"):
        numbers = drawn.integers(0, shape[-1], shape[:-1])
        return numbers if labels == "integers" else np.eye(shape[-1], dtype="float32")[numbers]
    if labels == "zero_one":
        return drawn.integers(0, 2, shape).astype("float32")
    return (drawn.integers(0, 16, shape) / 16).astype("float32")
