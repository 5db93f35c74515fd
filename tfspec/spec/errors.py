"""Pydantic's errors as problems: what was expected, in plain words, at the value's place."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import ValidationError

from tfspec.catalogue.old_words import flow
from tfspec.catalogue.steps import FLOW
from tfspec.diagnostics import Code, Path, Problem, did_you_mean, in_file_order, one_of
from tfspec.diagnostics.wording import show
from tfspec.source import Tree

from .elsewhere import elsewhere
from .inputs import input_advice
from .problems import BAD_ARGUMENTS, BAD_FORM, BAD_VALUE, MISSING_KEY, UNKNOWN_KEY, UNKNOWN_NAME
from .values import advise, expectation

MAX_LISTED = 12
"""Keys that a help line lists."""

COMMON = ("name", "trainable", "dtype", "autocast", "activity_regularizer")
"""What every layer takes, and no list of a layer's arguments repeats."""


class Mistake(NamedTuple):
    """One of pydantic's errors, with the tree that it is about."""

    kind: str
    path: Path
    said: object
    message: str
    context: dict[str, Any]
    tree: Tree

    @property
    def key(self) -> str:
        """The last step of the way to it."""
        return str(self.path[-1]) if self.path else ""

    def problem(self, code: Code, message: str, advice: str | None, *, key: bool = False) -> Problem:
        """The problem at its place: the value, or its key."""
        return code.problem(message, path=self.path, span=self.tree.span_at(self.path, key=key), help=advice)


def to_problems(error: ValidationError, tree: Tree) -> list[Problem]:
    """The problems behind a validation error, in file order."""
    mistakes = [
        Mistake(item["type"], item["loc"], item["input"], item["msg"], item.get("ctx", {}), tree)
        for item in error.errors(include_url=False)
    ]
    missing = [mistake for mistake in mistakes if mistake.kind == "missing"]
    problems = [
        _to_problem(mistake) for mistake in mistakes if mistake.kind != "missing" and not _is_counted(mistake, mistakes)
    ]
    problems += [
        _missing(place, [mistake for mistake in missing if mistake.path[:-1] == place], tree)
        for place in dict.fromkeys(mistake.path[:-1] for mistake in missing)
    ]
    return in_file_order(problems)


def _is_counted(mistake: Mistake, mistakes: list[Mistake]) -> bool:
    """Whether a list is only too short for pydantic, which does not count its wrong items; they are told themselves."""
    way = len(mistake.path)
    return mistake.kind == "too_short" and any(
        len(other.path) > way and other.path[:way] == mistake.path for other in mistakes
    )


def _to_problem(mistake: Mistake) -> Problem:
    """The problem of one mistake, by its kind."""
    advice: str | None = mistake.context.get("help")
    match mistake.kind:
        case "unknown_key":
            return _unknown_key(mistake, advice)
        case "unknown_name":
            return _unknown_name(mistake, advice)
        case "thing_form":
            message = f"{_subject(mistake.path)} {mistake.message}"
            if _is_blank(mistake):
                message = f"{_subject(mistake.path)} has no value, and must be {mistake.context['thing']}"
            if advice and advice.startswith("keep one of") and mistake.path and isinstance(mistake.path[-1], int):
                advice += ", or write each as an item of its own"
            return mistake.problem(BAD_FORM, message, advice)
        case "arguments_form":
            return mistake.problem(
                BAD_FORM, f"the arguments of `{mistake.key}` are a mapping, not {show(mistake.said)}", advice
            )
        case "wrong_family":
            return mistake.problem(BAD_FORM, mistake.message, advice)
        case "argument":
            return mistake.problem(BAD_ARGUMENTS, mistake.message, advice, key=True)
    return _bad_value(mistake, advice)


def _bad_value(mistake: Mistake, advice: str | None) -> Problem:
    """A value that is not what its key takes."""
    subject, expected = _subject(mistake.path), expectation(mistake.kind, mistake.context)
    if mistake.kind in ("string_too_short", "too_short") and not mistake.said:
        message = f"{subject} must not be empty"
    elif _is_blank(mistake):
        message = f"{subject} has no value, and must be {expected}"
    else:
        message = f"{subject} must be {expected}, not {show(mistake.said)}"
    return mistake.problem(
        BAD_VALUE, message, advice or advise(mistake.kind, mistake.path, mistake.said, mistake.context)
    )


def _unknown_key(mistake: Mistake, advice: str | None) -> Problem:
    known: list[str] = mistake.context["known"]
    owner = _owner(mistake.path[:-1], mistake.tree)
    section = ".".join(str(step) for step in mistake.path[:-1])
    if advice is None and _is_step(mistake.path[:-1]):
        advice = did_you_mean(mistake.key, FLOW)
    if above := mistake.context.get("above"):
        advice = input_advice(above, mistake.path[:-1], mistake.tree)
    advice = elsewhere(mistake.key, section, mistake.said, mistake.tree) or advice or _listed(known, mistake)
    return mistake.problem(UNKNOWN_KEY, f"{owner} has no {mistake.context['noun']} `{mistake.key}`", advice, key=True)


def _unknown_name(mistake: Mistake, advice: str | None) -> Problem:
    """A name that a family does not have: the value itself, or the one key of a mapping."""
    if above := mistake.context.get("above"):
        further = input_advice(above, (*mistake.path, ""), mistake.tree)
        advice = advice if further.startswith("leave it out") else f"{advice}; {further}"
    content = mistake.tree.nearest(mistake.path)[0].content
    if isinstance(content, dict) and content:
        path = (*mistake.path, next(iter(content)))
        span = mistake.tree.span_at(path, key=True)
        return UNKNOWN_NAME.problem(mistake.message, path=mistake.path, span=span, help=advice)
    return mistake.problem(UNKNOWN_NAME, mistake.message, advice)


def _missing(place: Path, mistakes: list[Mistake], tree: Tree) -> Problem:
    """All keys that one mapping lacks."""
    keys = [mistake.key for mistake in mistakes]
    content = tree.nearest(place)[0].content
    is_word = isinstance(content, str)
    word = str(content) if is_word else str(place[-1]) if place else ""
    lines = {mistake.key: mistake.context.get("sample", "…") for mistake in mistakes}
    if keys == ["tfspec"] and not place:
        advice = "begin with `tfspec: 1`"
    elif content and not is_word:
        advice = f"add {' and '.join(f'`{key}: {flow(value)}`' for key, value in lines.items())}"
    else:
        advice = f"write `{word}: {flow(lines)}`"
    message = f"{_owner(place, tree)} needs {one_of(keys, 'and')}"
    return MISSING_KEY.problem(message, path=place, span=tree.span_at(place, key=not is_word), help=advice)


def _owner(place: Path, tree: Tree) -> str:
    """What a key belongs to, as a message calls it: the nearest name on the way to it."""
    if isinstance(word := tree.nearest(place)[0].content, str):
        return f"`{word}`"
    names = [step for step in place if isinstance(step, str)]
    return f"`{names[-1]}`" if names else "a spec"


def _subject(path: Path) -> str:
    """What a value is called in a message: its key, and its place in a list where it stands in one."""
    if not path:
        return "the spec"
    last = path[-1]
    if isinstance(last, str):
        return f"`{last}`"
    names = [step for step in path if isinstance(step, str)]
    return f"item {last + 1} of `{names[-1]}`" if names else f"item {last + 1}"


def _listed(known: list[str], mistake: Mistake) -> str | None:
    """The keys that would do, where they fit on a line."""
    word = mistake.context["owner"]
    if mistake.context["noun"] == "argument":
        if not known:
            return "it takes no arguments"
        own = [name for name in known if name not in COMMON] if "autocast" in known else known
        return (
            f"it takes {one_of(own, 'and')}"
            if 0 < len(own) <= MAX_LISTED
            else f"`tfspec explain {word}` lists what it takes"
        )
    return f"it takes {one_of(known, 'and')}"


def _is_step(place: Path) -> bool:
    """Whether a place is that of a layer in a model, with its arguments."""
    return len(place) >= 3 and place[-3] == "layers" and isinstance(place[-2], int)  # noqa: PLR2004 - layers, number, name


def _is_blank(mistake: Mistake) -> bool:
    """Whether nothing at all is written where the value should stand."""
    place, found = mistake.tree.nearest(mistake.path)
    span = place.span
    return mistake.said is None and span is not None and found == mistake.path and span[1:3] == span[3:5]
