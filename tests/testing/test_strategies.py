"""The strategies: what they give is right, small, and made of everything that the catalogue has."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st

import tfspec
from tfspec.analysis import analyze
from tfspec.catalogue import declarations
from tfspec.catalogue import find as find_declaration
from tfspec.catalogue.layers.layer import Layer
from tfspec.diagnostics import has_errors
from tfspec.spec.write import to_yaml
from tfspec.tensors import TensorType
from tfspec.testing import (
    compile_steps,
    data_for,
    functional_specs,
    layers,
    loaded_specs,
    make_batch,
    sequential_specs,
    show,
    specs,
)
from tfspec.testing.layers import takers
from tfspec.testing.running import layers_of
from tfspec.testing.search.worker import AT_ONCE

LAYERS: Any = declarations("layer")

ASPECTS = (
    *("int32", "string", "precision", "channels_first", "null", "batch_size", "dtype: mixed_"),
    *("_regularizer", "_initializer", "_constraint", "TimeDistributed", "Bidirectional"),
    *("shared:", "inner:", "blocks:", "repeat:", "times:", "for:", "if:", "vars:"),
    *("else:", "index:", "[index]", "taken_1", "params: {its_", "${not ", " + 1}", " // 2}", " / 2}"),
    *("sequential: {layers", "inputs: {t:", "stateful: true", "as:", "call:", "outputs:", "seed:"),
    *("compile:", "metrics: [", "weighted_metrics:", "loss_weights:", "loss_weight:", "learning_rate: {"),
    *("jit_compile:", "steps_per_execution:", "run_eagerly:", "auto_scale_loss:", "accuracy", "AUC"),
    *("shape: [time", "name:", "description:", "profiles:", "fit:", "callbacks:"),
)
"""What specs have besides layers, as YAML says it."""

MANY = settings(
    max_examples=1500,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@given(specs())
def test_specs_are_right(spec: dict[str, Any]) -> None:
    show(spec)
    assert not has_errors(tfspec.check(spec))


@given(loaded_specs())
def test_loaded_specs_are_specs(spec: tfspec.Spec) -> None:
    assert isinstance(spec, tfspec.Spec)


@given(st.data())
def test_layers_take_the_tensor(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 12), max_size=4))
    layer = data.draw(layers(TensorType((None, *sizes))))
    spec = {"tfspec": 1, "model": {"sequential": {"input": {"shape": sizes}, "layers": [layer]}}}
    show(spec)
    assert not has_errors(tfspec.check(spec))


@given(st.data())
def test_compile_steps_suit_the_outputs(data: st.DataObject) -> None:
    step = data.draw(compile_steps({"a": TensorType((None, 3)), "b": TensorType((None, 4, 1))}))
    head = {"Dense": {"units": 3, "name": "a", "from": "x"}}
    body = [head, {"Reshape": {"target_shape": [4, 1], "name": "b", "from": "x"}}]
    model = {"functional": {"inputs": {"x": {"shape": [4]}}, "layers": body, "outputs": ["a", "b"]}}
    problems = tfspec.check({"tfspec": 1, "model": model, "compile": step})
    assert not has_errors(problems)


@given(st.data())
def test_data_fits(data: st.DataObject) -> None:
    pytest.importorskip("numpy")
    spec = data.draw(loaded_specs(runnable=True))
    analysis = analyze(spec)
    batch = data.draw(data_for(spec))
    assert list(batch.inputs) == list(analysis.inputs)
    for name, array in batch.inputs.items():
        first, *rest = analysis.inputs[name].shape
        assert len(array) == (first or 2)
        assert all(said in (None, size) for said, size in zip(rest, array.shape[1:], strict=True))
    losses = {name for name, plan in (analysis.plan.outputs if analysis.plan else {}).items() if plan.loss}
    assert set(batch.targets) == losses


def test_labels_have_the_sizes_of_training() -> None:
    pytest.importorskip("numpy")
    crop = {"RandomCrop": {"height": 1, "width": 2}}
    model = {"sequential": {"input": {"shape": [9, 8, 6]}, "layers": [crop]}}
    spec = {"tfspec": 1, "model": model, "compile": {"loss": "mse"}}
    batch = make_batch(analyze(tfspec.load(spec)), 1)
    assert batch.inputs["input_layer"].shape == (2, 9, 8, 6)
    assert batch.targets["random_crop"].shape == (2, 1, 2, 6)


def test_without_a_size_that_fits_there_is_no_batch() -> None:
    pytest.importorskip("numpy")
    inputs = {"x": {"shape": [2, None]}, "y": {"shape": [2, 5]}}
    merge = {"Concatenate": {"axis": 1, "from": ["x", "y"]}}
    spec = {"tfspec": 1, "model": {"functional": {"inputs": inputs, "layers": [merge]}}}
    with pytest.raises(ValueError, match="no size fits"):
        make_batch(analyze(tfspec.load(spec)), 1)
    assert data_for(spec).is_empty


@pytest.mark.parametrize("cls", LAYERS, ids=lambda cls: cls.__name__)
def test_every_layer_is_met(cls: type[Layer], monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["tfspec.testing.inventing"]
    first = find_declaration("layer", "Pipeline") if cls.only_inside else cls  # which is drawn at random otherwise
    monkeypatch.setattr(module, "takers", lambda *_, **__: [first])

    def has_it(spec: dict[str, Any]) -> bool:
        return any(isinstance(layer, cls) for layer in layers_of(analyze(tfspec.load(spec)).graph))

    assert find(functional_specs(compiled=False), has_it, settings=settings(MANY, max_examples=1500))


def test_what_else_is_met() -> None:
    met: set[str] = set()

    @settings(MANY, max_examples=AT_ONCE)
    @given(specs())
    def meet(spec: dict[str, Any]) -> None:
        text = to_yaml(spec)
        met.update(word for word in ASPECTS if word in text)

    for number in range(MANY.max_examples // AT_ONCE):
        seed(number)(meet)()
        if met == set(ASPECTS):
            break
    assert set(ASPECTS) == met


@pytest.mark.parametrize("strategy", [specs(), sequential_specs(), functional_specs()], ids=["any", "chain", "graph"])
def test_the_smallest_is_a_few_lines(strategy: st.SearchStrategy[Any]) -> None:
    calm = settings(MANY, phases=[Phase.generate, Phase.shrink])
    smallest = find(strategy, lambda _: True, settings=calm)
    assert len(to_yaml(smallest).splitlines()) <= 7


def test_a_found_layer_is_shown_with_little_else() -> None:
    calm = settings(MANY, phases=[Phase.generate, Phase.shrink])

    def steps(spec: dict[str, Any]) -> list[Any]:
        return list(next(iter(spec["model"].values()))["layers"])

    spec = find(specs(), lambda spec: any("Conv2D" in step for step in steps(spec)), settings=calm)
    text = to_yaml(spec)
    (arguments,) = (step["Conv2D"] for step in steps(spec) if "Conv2D" in step)
    assert arguments == {"filters": 1, "kernel_size": 1}
    assert len(text.splitlines()) <= 10  # another layer or two may stand beside it


def test_a_layer_more_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    from tfspec.catalogue.layers.layer import Elementwise

    class Mine(Elementwise):
        """A layer that nobody else has."""

    module = sys.modules[takers.__module__]
    every = module.declarations
    monkeypatch.setattr(module, "declarations", lambda family: [*every(family), Mine])
    assert Mine in takers(2)
    assert find(layers(TensorType((None, 4))), lambda layer: layer == "Mine", settings=MANY)


def test_without_hypothesis_it_says_what_is_missing() -> None:
    hide = "import sys\nsys.modules['hypothesis'] = None\nimport tfspec.testing\n"
    done = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, check=False)
    assert "`tfspec.testing` needs hypothesis" in done.stderr
    assert "pip install" in done.stderr


def test_layers_are_layers() -> None:
    assert all(issubclass(cls, Layer) for cls in takers())
