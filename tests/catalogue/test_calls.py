"""Arguments without their names: calls of Keras, bare values and lists get the names that Keras gives them."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import tfspec
from tfspec.catalogue import Declaration, declarations, families
from tfspec.catalogue.old_words.calls import LAST, bare_arguments, lacking, positions
from tfspec.catalogue.old_words.python import solved
from tfspec.catalogue.thing import make_thing
from tfspec.diagnostics import Text
from tfspec.source import load_tree

HEAD = "tfspec: 1\nmodel: {sequential: {input: {shape: [8, 8, 3]}, layers: ["
THINGS: list[type[Declaration]] = [cls for family in families() for cls in declarations(family)]
IN_KERAS = ("loss", "metric", "optimizer", "initializer", "regularizer", "constraint", "schedule")


@pytest.mark.parametrize("family", IN_KERAS)
def test_the_order_is_that_of_keras(family: str) -> None:
    """The first two, up to those that all of the family take, which may stand anywhere."""
    keras = pytest.importorskip("keras")
    modules = {"schedule": keras.optimizers.schedules}
    for cls in declarations(family):
        found = getattr(modules.get(family) or getattr(keras, cls.keras, None), cls.__name__, None)
        if found is None:
            continue
        shared = {name for each in cls.__mro__ if each.__name__ in LAST for name in each.__annotations__}
        shared -= {name for name in shared if name in ("learning_rate", "weight_decay", "seed")}
        theirs = [name for name in inspect.signature(found).parameters if name in cls.model_fields]
        if family == "metric":
            theirs = [name for name in theirs if name not in shared]
        first = next((i for i, name in enumerate(theirs) if name in shared), len(theirs))
        ours = [name for name in positions(cls) if name in theirs]
        assert ours[: min(first, 2)] == theirs[: min(first, 2)], cls.__name__


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("Reshape: [48, 4]", "write `Reshape: {target_shape: [48, 4]}`"),
        ("Reshape: [192]", "write `Reshape: {target_shape: [192]}`"),
        ("Permute: [2, 1, 3]", "write `Permute: {dims: [2, 1, 3]}`"),
        ("MaxPooling2D: [2, 2]", "write `MaxPooling2D: {pool_size: [2, 2]}`"),
        ("Discretization: [0, 1]", "write `Discretization: {bin_boundaries: [0, 1]}`"),
        ("Conv2D: [32, [3, 3]]", "write `Conv2D: {filters: 32, kernel_size: [3, 3]}`"),
        ("Conv2D: [32, (3, 3)]", "write `Conv2D: {filters: 32, kernel_size: [3, 3]}`"),
        ("Conv2D: 32", "write `Conv2D: {filters: 32, kernel_size: 3}`"),
        ("Rescaling: 1./255", 'write `Rescaling: {scale: "${1 / 255}"}`'),
        ("Dropout: half", "write `Dropout: {…}`, with the arguments by name"),
        ("Bidirectional: LSTM", "write `Bidirectional: {layer: LSTM}`"),
    ],
)
def test_bare_arguments_of_a_layer(line: str, advice: str) -> None:
    problems = tfspec.check(Text("spec.yaml", f"{HEAD}{{{line}}}]}}}}\n"))
    assert [(problem.code, problem.help) for problem in problems] == [("TS205", advice)]


@pytest.mark.parametrize(
    ("family", "written", "advice"),
    [
        ("loss", {"Huber": 0.5}, {"delta": 0.5}),
        ("loss", {"BinaryCrossentropy": True}, {"from_logits": True}),
        ("loss", {"Tversky": [0.3, 0.7]}, {"alpha": 0.3, "beta": 0.7}),
        ("metric", {"AUC": 200}, {"num_thresholds": 200}),
        ("metric", {"F1Score": "macro"}, {"average": "macro"}),
        ("metric", {"FBetaScore": ["macro", 2.0]}, {"average": "macro", "beta": 2.0}),
        ("metric", {"TopKCategoricalAccuracy": 3}, {"k": 3}),
        ("metric", {"IoU": [2, [0]]}, {"num_classes": 2, "target_class_ids": [0]}),
        ("optimizer", {"SGD": [0.1, 0.9]}, {"learning_rate": 0.1, "momentum": 0.9}),
        ("optimizer", {"AdamW": [0.1, 0.01]}, {"learning_rate": 0.1, "weight_decay": 0.01}),
        ("callback", {"ModelCheckpoint": "best.keras"}, {"filepath": "best.keras"}),
    ],
)
def test_bare_arguments_of_other_things(family: str, written: dict[str, Any], advice: dict[str, Any]) -> None:
    ((name, arguments),) = written.items()
    cls = next(cls for cls in declarations(family) if cls.spelling() == name)
    assert bare_arguments(cls, arguments) == advice


VALUES = st.sampled_from([0, 1, 2, 3, 0.5, 1e-3, -1, True, None, "relu", "same", "1./255", "(2, 2)", "half", "a/b"])


@given(st.sampled_from(THINGS), VALUES | st.lists(VALUES | st.lists(VALUES, max_size=3), max_size=4))
def test_who_follows_the_advice_names_the_arguments(cls: type[Declaration], arguments: Any) -> None:
    """What is put in place of bare arguments is a mapping that the thing takes, but for what it still needs."""
    named = bare_arguments(cls, arguments)
    if named is None or "from" in named:
        return
    open_ones = {key for key, value in named.items() if value == "…"}
    said = {key: value for key, value in named.items() if key not in open_ones}
    assert set(lacking(cls, said) or {}) <= open_ones
    root = next(each for each in cls.__mro__ if issubclass(each, Declaration) and each.is_root())
    text = load_tree(Text("line.yaml", line_of(cls.spelling(), said))).data
    assert kinds_of_mistakes(root, solved(text)) <= {"missing"}


def kinds_of_mistakes(root: type[Declaration], value: object) -> set[str]:
    """What is wrong with a thing as a spec writes it."""
    try:
        make_thing(root, value)
    except ValidationError as error:
        return {each["type"] for each in error.errors()}
    return set()


def line_of(name: str, arguments: dict[str, Any]) -> str:
    """The line as an advice shows it."""
    from tfspec.catalogue.wording import show_value

    return f"{name}: {show_value(arguments)}\n"
