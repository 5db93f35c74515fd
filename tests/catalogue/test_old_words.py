"""Old words: every one is told as of today, and whoever follows the advice has a right spec."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfspec
from tfspec.catalogue import declarations, families, find
from tfspec.catalogue.old_words.advice import Called, Renamed
from tfspec.catalogue.old_words.arguments import ARGUMENTS
from tfspec.catalogue.old_words.names import NAMES
from tfspec.catalogue.old_words.sections import SECTIONS
from tfspec.catalogue.old_words.translation import argument_advice, monitor_advice, name_advice
from tfspec.catalogue.old_words.values import MONITORS, VALUES
from tfspec.diagnostics import Text
from tfspec.spec import elsewhere

_spec = importlib.util.spec_from_file_location("old_words", Path(__file__).with_name("old_words.py"))
assert _spec is not None
assert _spec.loader is not None
old_words = importlib.util.module_from_spec(_spec)
sys.modules["old_words"] = old_words
_spec.loader.exec_module(old_words)

EXAMPLES: list[tuple[str, str]] = [(place, text) for place, texts in old_words.EXAMPLES.items() for text in texts]
IN_PROSE = re.compile(
    r"(use|build|prepare|read|say|Keras has no|put the layer|write the"
    r"|write `linear`, or|write `save_freq: epoch`, or|put `\w+: [^`]*…[^`]*`) "
)
"""How advice begins that is no line to write."""

ARGUMENT_RULES = [(owner, word) for owner, words in (ARGUMENTS | SECTIONS).items() for word in words]
NAME_RULES = [(family, word) for family, words in NAMES.items() for word in words]


@pytest.mark.parametrize(("place", "example"), EXAMPLES)
def test_who_follows_the_advice_has_a_right_spec(place: str, example: str) -> None:
    spec = old_words.spec_of(place, example)
    problems = old_words.problems_of(spec)
    assert problems
    if any(IN_PROSE.match(problem.help or "") for problem in problems):
        return
    followed = old_words.follow(spec, problems)
    errors = [
        problem
        for problem in tfspec.check(Text("spec.yaml", old_words.json.dumps(followed)))
        if problem.severity == "error"
    ]
    assert errors == [], (problems, followed)


@pytest.mark.parametrize(("place", "example"), EXAMPLES)
def test_nothing_is_guessed(place: str, example: str) -> None:
    for problem in old_words.problems_of(old_words.spec_of(place, example)):
        assert problem.help
        assert not re.search("did you mean|lists what it takes|^it takes", problem.help)


@pytest.mark.parametrize(("place", "example"), EXAMPLES)
def test_things_named_in_prose_are_those_of_today(place: str, example: str) -> None:
    """A class is in the catalogue, and takes the arguments that are shown with it."""
    for problem in old_words.problems_of(old_words.spec_of(place, example)):
        for shown in re.findall(r"`([A-Z]\w+(?:: {[^`]*})?|npz: {[^`]*})`", problem.help or ""):
            name = shown.partition(":")[0]
            found = [cls for family in families() if (cls := find(family, name))]
            assert found, shown
            if ":" in shown and "…" not in shown:
                arguments = old_words.read(shown)[name]
                assert all(set(arguments) <= {*cls.model_fields, "from"} for cls in found[:1]), shown


def test_every_word_has_an_example() -> None:
    said = set(re.findall(r"[\w-]+", " ".join(example for _, example in EXAMPLES)))
    assert {word for _, word in ARGUMENT_RULES + NAME_RULES} <= said
    assert {value for values in VALUES.values() for value in values} <= said


@pytest.mark.parametrize(("family", "word"), NAME_RULES)
def test_no_old_name_is_one_of_today(family: str, word: str) -> None:
    assert find(family, word) is None


@pytest.mark.parametrize(("family", "word"), NAME_RULES)
def test_a_new_name_is_one_of_today(family: str, word: str) -> None:
    rule = NAMES[family][word]
    if isinstance(rule, Called):
        cls = find(family, rule.name)
        assert cls is not None
        assert {*rule.arguments, *rule.renamed.values()} <= set(cls.model_fields)


@pytest.mark.parametrize("family", [family for family in families() if family in ARGUMENTS])
def test_a_new_argument_is_one_of_today(family: str) -> None:
    fields = {field for cls in declarations(family) for field in cls.model_fields}
    for word, rule in ARGUMENTS[family].items():
        if isinstance(rule, Renamed):
            assert set(rule.names) <= fields, word


def test_sections_are_those_of_a_spec() -> None:
    classes = {cls.__name__.lower(): cls for cls in (*elsewhere.SECTIONS.values(), elsewhere.Spec)}
    for section, rules in SECTIONS.items():
        if section in classes:
            assert not set(rules) & set(classes[section].model_fields)
    assert set(SECTIONS) - set(classes) == {"input"}


def test_new_values_are_those_of_today() -> None:
    for argument, values in VALUES.items():
        fields = [
            cls.model_fields[argument]
            for name in families()
            for cls in declarations(name)
            if argument in cls.model_fields
        ]
        shown = " ".join(str(field) for field in fields) or "balanced"
        assert all(f"'{today}'" in shown or today in shown for today in values.values())


@pytest.mark.parametrize(
    ("watched", "known", "today"),
    [
        ("val_acc", ["val_accuracy", "accuracy"], "val_accuracy"),
        ("acc", ["loss", "binary_accuracy"], "binary_accuracy"),
        ("val_accuracy", ["acc", "val_acc"], "val_acc"),
        ("val_kullback_leibler_divergence", ["val_kl_divergence"], "val_kl_divergence"),
        ("val_acc", ["val_loss"], None),
    ],
)
def test_monitors(watched: str, known: list[str], today: str | None) -> None:
    assert monitor_advice(watched, known) == today


def test_no_monitor_means_itself() -> None:
    assert all(old not in today for old, today in MONITORS.items())


def test_the_decay_of_keras_2() -> None:
    """The learning rate after some steps is `lr / (1 + decay * steps)`, as the schedule computes it."""
    adam = find("optimizer", "Adam")
    assert adam is not None
    advice = argument_advice(adam, "decay", {"lr": 0.5, "decay": 0.1})
    assert advice is not None
    schedule = advice.line["learning_rate"]["InverseTimeDecay"]
    steps = 7
    today = schedule["initial_learning_rate"] / (1 + schedule["decay_rate"] * steps / schedule["decay_steps"])
    assert today == pytest.approx(0.5 / (1 + 0.1 * steps))


VALUES_OF_SPECS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["(3, 3)", "l2(1)"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["mode", "l2", "l", "batch_shape", "W_regularizer"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(ARGUMENT_RULES), VALUES_OF_SPECS, st.data())
def test_any_value_of_an_argument(rule: tuple[str, str], value: Any, data: st.DataObject) -> None:
    owner, word = rule
    classes: list[Any] = declarations(owner) or [
        cls for cls in (*elsewhere.SECTIONS.values(), elsewhere.Spec) if cls.__name__.lower() == owner
    ]
    if classes:
        others = data.draw(
            st.dictionaries(st.sampled_from([w for o, w in ARGUMENT_RULES if o == owner]), VALUES_OF_SPECS)
        )
        advice = argument_advice(data.draw(st.sampled_from(classes)), word, {**others, word: value})
        assert advice is None or advice.help


@given(st.sampled_from(NAME_RULES), VALUES_OF_SPECS)
def test_any_arguments_of_a_name(rule: tuple[str, str], arguments: Any) -> None:
    advice = name_advice(*rule, arguments)
    assert advice is not None
    assert advice.help


def test_a_right_spec_does_not_pay() -> None:
    code = (
        "import sys, tfspec\n"
        "tfspec.check('tfspec: 1\\nmodel: {sequential: {input: {shape: [4]}, layers: [Dense: {units: 1}]}}\\n')\n"
        "assert not [name for name in sys.modules if 'old_words' in name]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_page_is_fresh() -> None:
    written = old_words.PAGE.read_text(encoding="utf-8")
    assert written == old_words.render_page(), "run `python tests/catalogue/old_words.py`"
