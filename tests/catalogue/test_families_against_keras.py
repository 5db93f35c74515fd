"""Every declaration that is no layer, beside Keras's own: its arguments, its words, its object."""

from __future__ import annotations

import importlib
import inspect
from functools import cache
from operator import attrgetter
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from tfspec.backends.keras.objects import to_keras
from tfspec.catalogue import Declaration, declarations, find, make_thing, thing_to_data, words
from tfspec.catalogue.callbacks import Callback, ModelCheckpoint
from tfspec.catalogue.optimizers import Optimizer
from tfspec.catalogue.schedules import PiecewiseConstantDecay, Schedule
from tfspec.testing import arguments

# TensorFlow's variables do not know NumPy 2's `copy`.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

FAMILIES = (
    "constraint", "initializer", "regularizer", "activation", "optimizer", "schedule", "loss", "metric", "callback",
)  # fmt: skip
DECLARED = [cls for family in FAMILIES for cls in declarations(family)]
KNOWN_TO_KERAS = [cls for cls in DECLARED if cls.keras]

REFUSED = {
    ("initializer", "Constant"): "KeyError, though its argument has a default",
    ("initializer", "constant"): "the same",
    ("regularizer", "l1_l2"): "a name for Python programs only",
    ("optimizer", "Lamb"): "left out of the table",
    ("optimizer", "lamb"): "left out of the table",
    ("loss", "CategoricalGeneralizedCrossEntropy"): "left out of the table",
    ("loss", "categorical_generalized_cross_entropy"): "left out of the table",
}
"""Words that `get` does not know, although the class is there."""


def name_of(cls: type[Declaration]) -> str:
    return f"{cls.family}-{cls.spelling()}"


def module_of(cls: type[Declaration]) -> Any:
    return attrgetter(cls.keras)(keras)


def original(cls: type[Declaration]) -> Any:
    """The class of Keras, or its function for an activation."""
    return getattr(module_of(cls), cls.spelling())


def parameters(cls: type[Declaration]) -> dict[str, inspect.Parameter]:
    named = {n: p for n, p in inspect.signature(original(cls)).parameters.items() if p.kind is not p.VAR_KEYWORD}
    if cls.family == "activation":
        del named["x"]
    return named


@pytest.mark.parametrize("cls", KNOWN_TO_KERAS, ids=name_of)
def test_arguments_are_those_of_keras(cls: type[Declaration]) -> None:
    theirs = {name: p.default for name, p in parameters(cls).items() if name not in cls.omits}
    ours = {
        name: inspect.Parameter.empty if field.default is PydanticUndefined else field.default
        for name, field in cls.model_fields.items()
    }
    assert ours == theirs
    assert set(cls.omits) <= set(parameters(cls))


@pytest.mark.parametrize("cls", KNOWN_TO_KERAS, ids=name_of)
def test_fields_stand_in_keras_s_order(cls: type[Declaration]) -> None:
    """Within every class; what a class inherits stands first."""
    order = list(parameters(cls))
    for part in cls.__mro__:
        own = [name for name in inspect.get_annotations(part) if name in order]
        assert own == sorted(own, key=order.index)


@pytest.mark.parametrize("cls", [cls for cls in DECLARED if not cls.keras], ids=name_of)
def test_words_of_compile_alone_take_no_arguments(cls: type[Declaration]) -> None:
    assert not cls.model_fields
    assert to_keras(cls()) == cls.spelling()


def kind(found: Any) -> Any:
    """What a word stands for: a class, or the function behind it."""
    return getattr(found, "fn", found) if inspect.isfunction(getattr(found, "fn", found)) else type(found)


def got(family: str, word: str) -> Any:
    root = declarations(family)[0].keras
    return attrgetter(root)(keras).get(word)


@pytest.mark.parametrize("cls", KNOWN_TO_KERAS, ids=name_of)
def test_every_word_is_keras_s(cls: type[Declaration]) -> None:
    for alias in cls.aliases:
        assert getattr(module_of(cls), alias) is original(cls)
    if cls.family in {"schedule", "callback"} or any(field.is_required() for field in cls.model_fields.values()):
        return
    for word in (cls.spelling(), *cls.aliases, *cls.identifiers):
        if (cls.family, word) in REFUSED:
            with pytest.raises((ValueError, KeyError)):
                got(cls.family, word)
        elif cls.family == "activation":
            assert got(cls.family, word) is original(cls)
        else:
            assert kind(got(cls.family, word)) in {original(cls), kind(original(cls)())}


def identifiers(module: str) -> dict[str, Any]:
    """The words that Keras's `get` looks up."""
    source = importlib.import_module(f"keras.src.{module}")
    return {**source.ALL_OBJECTS_DICT}


@pytest.mark.parametrize(
    "family", ["constraint", "initializer", "regularizer", "activation", "optimizer", "loss", "metric"]
)
def test_every_word_of_keras_is_known(family: str) -> None:
    ours = {kind(to_keras(cls())) for cls in declarations(family) if cls.keras and not required(cls)}
    known = set(words(family))
    for word, target in identifiers(declarations(family)[0].keras).items():
        try:
            found = got(family, word)
        except (TypeError, KeyError, ValueError):  # takes arguments, or is no more than a base
            continue
        if kind(found) in ours and target is not keras.activations.threshold:
            assert word in known, word


def required(cls: type[Declaration]) -> bool:
    return any(field.is_required() for field in cls.model_fields.values())


@cache
def taken_arguments(cls: type[Declaration]) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments that a declaration takes, each by itself and all together."""
    drawn = arguments(cls)
    if issubclass(cls, ModelCheckpoint):  # which may be a stand-in for it
        ending = st.sampled_from([".keras", ".weights.h5"])
        drawn = st.builds(lambda said, end: said | {"filepath": f"a{end}"}, drawn, ending)
    if issubclass(cls, PiecewiseConstantDecay):
        stretches = st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True).map(sorted)
        drawn = stretches.map(lambda ends: {"boundaries": ends, "values": [1 / end for end in [*ends, 100]]})
    return drawn.filter(lambda said: is_taken(cls, said))


def is_taken(cls: type[Declaration], drawn: dict[str, Any]) -> bool:
    """Whether arguments that are right one by one are right together."""
    try:
        cls.model_validate(drawn)
    except ValidationError as error:
        assert {item["type"] for item in error.errors()} == {"argument"}  # noqa: PT017 - the rest must be right
        return False
    return True


def reported(thing: Declaration, made: Any) -> dict[str, Any]:
    """What Keras says of an object's arguments; some it leaves out of its configuration."""
    if isinstance(thing, Callback):
        other = {"initial_value_threshold": "best", "profile_batch": "_start_batch", "separator": "sep"}
        return {name: getattr(made, other.get(name, name)) for name in thing.said}
    if thing.family in {"loss", "metric"}:
        policy = {"dtype": made._dtype_policy.name}
        return {**made.get_config(), **getattr(made, "_fn_kwargs", {}), **policy}
    if thing.family == "activation" and not thing.said:
        return {}  # the function of Keras itself
    if type(thing).__name__ == "Identity":
        return {"gain": made.gain}
    config: dict[str, Any] = made.get_config()
    return config


def same(ours: Any, theirs: Any) -> bool:
    if ours is None or isinstance(ours, (str, bool)) or ours == [] or isinstance(next(iter(np.atleast_1d(ours))), str):
        return bool(ours == theirs)
    return bool(np.allclose(np.asarray(ours, dtype="float64"), np.asarray(theirs, dtype="float64"), rtol=1e-6))


@pytest.mark.parametrize("cls", [c for c in KNOWN_TO_KERAS if c.model_fields], ids=name_of)
@given(data=st.data())
def test_the_object_has_the_arguments(cls: type[Declaration], data: st.DataObject) -> None:
    if issubclass(cls, Callback) and cls.package:
        pytest.importorskip(cls.package.partition("-")[0])
    thing = cls.model_validate(data.draw(taken_arguments(cls)))
    with TemporaryDirectory() as folder:
        folders = {"directory": f"{folder}/states"} if "directory" in cls.model_fields else {}  # made at once
        config = reported(thing, to_keras(thing, **folders)) | {name: getattr(thing, name) for name in folders}
    for name, value in thing.said.items():
        assert same(*expected(thing, name, value, config.get(name))), (name, value, config.get(name))


def expected(thing: Declaration, name: str, ours: Any, theirs: Any) -> tuple[Any, Any]:
    """Both sides of a comparison, where Keras keeps an argument in another form."""
    if name in {"name", "dtype"} and ours is None:
        return theirs, theirs  # Keras has a default of its own
    if name == "exclude_layers":
        return ours or [], theirs
    if name == "num_thresholds":
        thresholds = thing.said.get("thresholds")
        return len(thresholds) + 2 if thresholds else ours, theirs
    if isinstance(ours, Declaration):
        return type(ours).__name__, theirs["class_name"]
    if name == "update_freq" and ours == "batch":
        ours = 1
    if name == "profile_batch" and isinstance(ours, tuple):
        ours = ours[0]  # and the last one apart
    if name == "thresholds" and ours is not None:
        return sorted(np.atleast_1d(ours)), sorted(np.atleast_1d(theirs))
    return ours, theirs


@pytest.mark.parametrize("cls", declarations("schedule"), ids=name_of)
@given(data=st.data())
def test_a_learning_rate_may_be_a_schedule(cls: type[Schedule], data: st.DataObject) -> None:
    said = data.draw(taken_arguments(cls))
    thing = make_thing(Optimizer, {"Adam": {"learning_rate": {cls.__name__: said}}})
    assert isinstance(to_keras(thing)._learning_rate, original(cls))
    assert list(thing.nested()) == [make_thing(Schedule, {cls.__name__: said})]
    assert make_thing(Optimizer, thing_to_data(thing)) == thing


@pytest.mark.parametrize("value", [-0.1, True, None, [0.1]])
def test_what_a_learning_rate_is(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        make_thing(Optimizer, {"Adam": {"learning_rate": value}})
    (error,) = caught.value.errors()
    assert error["ctx"]["expected"] == "a number of 0 or more, or a schedule"


def test_a_learning_rate_that_is_no_schedule() -> None:
    with pytest.raises(ValidationError) as caught:
        make_thing(Optimizer, {"Adam": {"learning_rate": "CosineDelay"}})
    (error,) = caught.value.errors()
    assert error["ctx"]["help"] == "did you mean `CosineDecay`?"


def test_the_schema_of_a_learning_rate() -> None:
    cls = find("optimizer", "sgd")
    assert cls is not None
    schema = cls.model_json_schema()["properties"]["learning_rate"]
    assert schema["anyOf"] == [{"type": "number", "minimum": 0}, {"x-family": "schedule"}]


def test_gradients_are_clipped_in_one_way() -> None:
    with pytest.raises(ValidationError) as caught:
        make_thing(Optimizer, {"SGD": {"clipnorm": 1, "clipvalue": 0.5}})
    (error,) = caught.value.errors()
    assert error["type"] == "argument"
    assert error["ctx"]["message"] == "gradients are clipped in one way, not by `clipnorm` and `clipvalue`"
    with pytest.raises(ValueError, match="Only one of"):
        keras.optimizers.SGD(clipnorm=1, clipvalue=0.5)


@pytest.mark.parametrize("cls", declarations("optimizer"), ids=name_of)
@given(data=st.data())
def test_slots(cls: type[Optimizer], data: st.DataObject) -> None:
    """As many values are kept for each value of a weight as Keras has variables of its shape."""
    flags = ["amsgrad", "centered", "use_ema", "nesterov"]
    said: dict[str, Any] = {name: data.draw(st.booleans()) for name in flags if name in cls.model_fields}
    said |= {"momentum": data.draw(st.sampled_from([0.0, 0.5]))} if "momentum" in cls.model_fields else {}
    if "gradient_accumulation_steps" in cls.model_fields:
        said |= {"gradient_accumulation_steps": data.draw(st.sampled_from([None, 2]))}
    if "inner_optimizer" in cls.model_fields:
        said |= {"inner_optimizer": data.draw(st.sampled_from(["sgd", "adam", {"Adam": {"use_ema": True}}]))}
    thing = cls.model_validate(said)
    weights = [keras.Variable(np.ones((3, 5)), name="kernel"), keras.Variable(np.ones(7), name="bias")]
    made = to_keras(thing)
    made.build(weights)
    per_weight = {sum(v.shape == weight.shape for v in made.variables) for weight in weights}
    assert per_weight == {thing.slots} or (thing.slots is None and len(per_weight) > 1)


@pytest.mark.parametrize(
    ("root", "spelling"),
    [
        ("constraint", {"MaxNorm": {"axis": [0, 1]}}),
        ("initializer", {"HeNormal": {"input_axes": [0], "output_axes": [1], "seed": 1}}),
        ("initializer", "stft"),
        ("regularizer", {"L1L2": {"l1": 0.1}}),
        ("schedule", {"PiecewiseConstantDecay": {"boundaries": [1], "values": [1, 0.1]}}),
        ("metric", {"Precision": {"thresholds": [0.2, 0.5]}}),
        ("callback", {"TensorBoard": {"profile_batch": [1, 2]}}),
    ],
)
def test_things_are_written_as_they_were_read(root: str, spelling: object) -> None:
    family = declarations(root)[0].__mro__
    base = next(cls for cls in family if issubclass(cls, Declaration) and cls.is_root())
    assert thing_to_data(make_thing(base, spelling)) == spelling


def test_axes_in_a_list_reach_keras() -> None:
    weight = np.arange(24, dtype="float32").reshape(2, 3, 4)
    for name in ("MaxNorm", "UnitNorm", "MinMaxNorm"):
        cls = find("constraint", name)
        assert cls is not None
        assert to_keras(cls.model_validate({"axis": [0, 1]}))(weight).shape == weight.shape
    dice = find("loss", "Dice")
    assert dice is not None
    assert to_keras(dice.model_validate({"axis": [1, 2], "reduction": "none"}))(weight, weight).shape == (2,)


@pytest.mark.parametrize("cls", declarations("initializer"), ids=name_of)
def test_initializers_make_values(cls: type[Declaration]) -> None:
    shape = (4, 1, 3) if cls.__name__ == "STFT" else (4, 3)
    assert to_keras(cls())(shape).shape == shape


@pytest.mark.parametrize(
    ("spelling", "message"),
    [
        ({"values": [1.0], "boundaries": [1]}, "at least 2"),
        ({"values": [1.0, 2.0, 3.0], "boundaries": [1]}, "there are 3 `values` for 1 `boundaries`"),
        ({"values": [1.0, 2.0, 3.0], "boundaries": [2, 1]}, r"`boundaries` must rise, not \[2, 1\]"),
    ],
)
def test_stretches_of_a_schedule(spelling: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make_thing(Schedule, {"PiecewiseConstantDecay": spelling})
    (error,) = caught.value.errors()
    text = str(error.get("ctx", {}).get("message", error["msg"]))
    assert message.replace("\\", "") in text
