"""What keeps a layer from running on a CPU as it is, and what Keras says of layers that is not so."""

from __future__ import annotations

from collections.abc import Sequence

from tfspec.catalogue.layers.layer import Argument, Layer, with_inner
from tfspec.diagnostics import Refusal
from tfspec.graph import Graph, Submodel
from tfspec.tensors import TensorType, is_float, policy

KERNEL_AXES = 4
"""TensorFlow's softmax takes five axes on a CPU; attention needs one more than its input has."""

LEARNS_FROM_DATA = "learns what it does from data, which `prepare` gives it"

WRONG_OUTPUT = {"MultiHeadAttention": "the scores of Keras's guess have the query's steps twice"}
"""Layers whose results after the first Keras guesses wrongly, with the reason; the real ones decide."""

OTHER_DTYPE = {
    "GlobalAveragePooling1D": "it gives float64 for whole numbers with a mask, and Keras says float32",
    "TimeDistributed": "it gives whole numbers where the layer inside does, and Keras says float32",
}
"""Layers whose dtype Keras gets wrong for whole numbers and truth values, with the reason."""

SIZES_IN_TRAINING = {"RandomCrop": "it crops in training alone; the sizes that Keras says are left open"}
"""Layers whose sizes Keras gets wrong outside of training, with the reason; the real ones decide."""


def layers_of(graph: Graph) -> list[Layer]:
    """All layers of a model: those of the models among them too, and those inside other layers."""
    found: list[Layer] = []
    for node in graph.nodes:
        found += layers_of(node.layer.graph) if isinstance(node.layer, Submodel) else with_inner(node.layer)
    return found


def is_unprepared(layer: Layer) -> bool:
    """Whether it must see data before it runs."""
    return bool(layer.learns) and getattr(layer, layer.learns) is None


def opens_sizes(layer: Layer) -> bool:
    """Whether the sizes of its results, which Keras says, are those of training alone."""
    return any(type(each).__name__ in SIZES_IN_TRAINING for each in with_inner(layer))


def obstacle(layer: Layer, inputs: Sequence[Argument]) -> str | None:
    """Why a layer with its dtype settled does not run on these inputs as it is, or None."""
    given = [x for value in inputs if value for x in ([value] if isinstance(value, TensorType) else value)]
    for each in with_inner(layer):
        if is_unprepared(each):
            return LEARNS_FROM_DATA
        if policy(each.dtype).compute != "float32":
            return "computes in another dtype than float32, for which the CPU has not every kernel"
        if getattr(each, "use_cudnn", None) is True:
            return "asks for the kernel of a GPU"
        if getattr(each, "num_oov_indices", 1) == 0:
            return "takes the words that it knows, and no others"
        if not each.autocast and any(x.dtype != "float32" for x in given):
            return "takes its inputs as they are, and the CPU has not every kernel for them"
    if "..." in layer.layout and any(x.rank > KERNEL_AXES for x in given):
        return "takes any number of axes, for which the CPU has not every kernel"
    are_floats = all(is_float(x.dtype) for x in given)
    if layer.activity_regularizer and not are_floats:
        return "squares whole numbers, which TensorFlow does not do for small ones"
    if type(layer).__name__ in OTHER_DTYPE and not (are_floats and _has_floats_inside(layer, given[0])):
        return OTHER_DTYPE[type(layer).__name__]
    return None


def _has_floats_inside(layer: Layer, x: TensorType) -> bool:
    """Whether the layer that is called for each time step, if there is one, gives floats."""
    inner: Layer | None = getattr(layer, "layer", None)
    if inner is None:
        return True
    try:
        results = inner.apply(TensorType((x.shape[0], *x.shape[2:]), x.dtype))
    except Refusal:
        return False
    return is_float((results if isinstance(results, TensorType) else results[0]).dtype)
