"""What the tests of the backends share: a Keras model beside what the analysis says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tfspec
from tfspec.analysis import Analysis, analyze
from tfspec.spec import Loadable, load

Compare = Callable[[Loadable], Any]


@pytest.fixture
def same_as_keras(keras: Any) -> Compare:
    """Builds a spec in a fresh session, and compares names, shapes, dtypes, weights and history; gives the model."""

    def compare(source: Loadable) -> Any:
        keras.utils.clear_session()
        analysis = analyze(load(source))
        assert [problem for problem in analysis.problems if problem.severity == "error"] == []
        model = tfspec.build(source)
        _compare_ends(analysis, model)
        _compare_layers(analysis, model, keras)
        assert model.count_params() == analysis.summary.parameters
        assert (
            sum(weight.shape.num_elements() for weight in model.trainable_weights)
            == analysis.summary.trainable_parameters
        )
        if analysis.plan is not None and any(output.loss for output in analysis.plan.outputs.values()):
            assert set(history_of(model, analysis)) == set(analysis.plan.history_names)
        return model

    return compare


def _compare_ends(analysis: Analysis, model: Any) -> None:
    summary = analysis.summary
    given = {(tensor.name, tuple(tensor.shape), tensor.dtype) for tensor in model.inputs}
    assert given == {tuple(row) for row in summary.inputs}
    names = [row.name for row in summary.outputs]
    is_mapping = analysis.graph.structure == "mapping"
    outputs = model.output if is_mapping else dict(zip(names, model.outputs, strict=True))
    assert [(name, tuple(outputs[name].shape), outputs[name].dtype) for name in names] == [
        tuple(row) for row in summary.outputs
    ]
    if analysis.graph.kind == "functional":
        assert sorted(model.output_names) == sorted(names)
        assert isinstance(model.output, dict) == is_mapping
    assert model.name == summary.name


def _compare_layers(analysis: Analysis, model: Any, keras: Any) -> None:
    summary = analysis.summary
    built = {layer.name: layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)}
    assert set(built) == {row.name for row in summary.layers}
    if analysis.graph.kind == "sequential":
        assert list(built) == [row.name for row in summary.layers]
    for row in summary.layers:
        layer = built[row.name]
        assert type(layer).__name__ == row.layer
        outputs = layer.output if isinstance(layer.output, (list, tuple)) else [layer.output]
        assert [(tuple(tensor.shape), tensor.dtype) for tensor in outputs] == [tuple(type_) for type_ in row.outputs]
        weights = [
            (weight.path.split(f"{layer.name}/", 1)[-1], tuple(weight.shape), weight.trainable, weight.dtype)
            for weight in layer.weights
            if "seed_generator" not in weight.path
        ]
        assert weights == [tuple(weight) for weight in row.weights]


def history_of(model: Any, analysis: Analysis) -> dict[str, Any]:
    """What a fit of a few made-up examples reports."""
    import numpy as np

    def made(shape: tuple[int | None, ...], dtype: str) -> Any:
        sizes = [4 if dim is None else dim for dim in shape]
        return np.full(sizes, "a", dtype=object) if dtype == "string" else np.zeros(sizes, dtype)

    summary = analysis.summary
    plan = analysis.plan
    assert plan is not None
    x = {row.name: made(row.shape, row.dtype) for row in summary.inputs}
    y = {}
    for row in summary.outputs:
        loss = plan.outputs[row.name].loss
        labels = loss.labels if loss else "same"
        y[row.name] = made(
            row.shape[:-1] if labels == "integers" else row.shape, "int32" if labels == "integers" else "float32"
        )
    names = list(y)
    targets = y[names[0]] if len(names) == 1 else list(y.values()) if analysis.graph.structure == "list" else y
    model.run_eagerly = True
    history = model.fit(next(iter(x.values())) if len(x) == 1 else x, targets, batch_size=2, verbose=0)
    found: dict[str, Any] = history.history
    return found
