"""What feeds a model: which columns of the data go to which input, and what each output learns."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.catalogue.sources.source import Column, Facts
from tfspec.diagnostics import Path, Problem, did_you_mean, one_of
from tfspec.spec import Data, Spec, Target
from tfspec.tensors import TensorType

from .problems import UNKNOWN_COLUMN, UNMATCHED_DATA


class Feed(NamedTuple):
    """The columns that make up one input, and the type that they have together, before `prepare`.

    Several columns are single numbers that stand side by side: their type is (batch, how many).
    """

    columns: tuple[str, ...]
    type: TensorType
    highest: int | None = None
    """The largest whole number among the values, where it is known."""


class Lesson(NamedTuple):
    """The column that one output learns, as it reaches the loss."""

    column: str
    type: TensorType
    classes: int | None = None
    """Number of classes, where the values stand for classes."""
    one_hot: bool = False
    """Whether the classes are written as one-hot vectors."""


class Feeds(NamedTuple):
    """All that the data gives to a model, by input and by output."""

    inputs: dict[str, Feed]
    targets: dict[str, Lesson]
    facts: Facts


def fed_type(type: TensorType) -> TensorType:  # noqa: A002 - its own word
    """The type in which Keras is given an array: every float as float32, bytes of images as float32."""
    return type.with_dtype("float32") if type.dtype in ("float64", "float16", "uint8") else type


def bind_feeds(
    spec: Spec, facts: Facts, inputs: tuple[str, ...], outputs: tuple[str, ...]
) -> tuple[Feeds, list[Problem]]:
    """Which columns feed the inputs and outputs of these names, and what is wrong about it."""
    data = spec.data
    if data is None:
        return Feeds({}, {}, facts), []
    binder = _Binder(spec, data, facts)
    feeds = Feeds(binder.bind_inputs(inputs), binder.bind_targets(outputs), facts)
    binder.check_prepare(inputs)
    return feeds, binder.problems


class _Binder:
    """One binding at work: it gathers problems as it goes."""

    def __init__(self, spec: Spec, data: Data, facts: Facts) -> None:
        self.spec = spec
        self.data = data
        self.facts = facts
        self.problems: list[Problem] = []

    def bind_inputs(self, names: tuple[str, ...]) -> dict[str, Feed]:
        said = self.data.inputs
        feeds: dict[str, Feed] = {}
        if said is not None:
            for name, columns in said.items():
                if name not in names:
                    self._tell_unmatched(name, names, "input", ("data", "inputs", name))
                elif feed := self._feed(columns, ("data", "inputs", name)):
                    feeds[name] = feed
            if set(said) <= set(names):  # else a name that is wrong is most likely the one that is missing
                self._tell_unfed([name for name in names if name not in said], "input", "inputs")
            return feeds
        if len(names) == 1:
            feed = self._feed(self._features(), ("data", "source"))
            return {names[0]: feed} if feed else {}
        for name in names:
            if name in self.facts.columns and (feed := self._feed((name,), ("data", "source"))):
                feeds[name] = feed
        self._tell_unfed([name for name in names if name not in self.facts.columns], "input", "inputs")
        return feeds

    def _features(self) -> tuple[str, ...]:
        """What a single input takes if nothing is said: all that is not learnt, or the one thing that there is."""
        said = self.data.targets
        targets = said.values() if isinstance(said, dict) else (said,)
        learnt = {target.source for target in targets if target}
        return tuple(name for name in self.facts.features if name not in learnt) or self.facts.features

    def bind_targets(self, names: tuple[str, ...]) -> dict[str, Lesson]:
        said = self.data.targets
        if isinstance(said, dict):
            return self._said_targets(said, names)
        if len(names) == 1:
            lesson = self._lesson(said or Target(), ("data", "targets"))
            return {names[0]: lesson} if lesson else {}
        if names and said is not None:
            message = f"the model has {len(names)} outputs, and `targets` does not say which it is for"
            self._tell(message, ("data", "targets"), f"write it by output: `targets: {{{names[0]}: …}}`", key=True)
            return {}
        known = [name for name in names if name in self.facts.columns]
        if self.facts.labels:
            self._tell_unfed([name for name in names if name not in known], "output", "targets")
        found = {name: self._lesson(Target.model_validate({"from": name}), ("data", "targets")) for name in known}
        return {name: lesson for name, lesson in found.items() if lesson}

    def _said_targets(self, said: dict[str, Target], names: tuple[str, ...]) -> dict[str, Lesson]:
        """What outputs learn where the spec says it by output."""
        lessons: dict[str, Lesson] = {}
        for name, target in said.items():
            if name not in names:
                self._tell_unmatched(name, names, "output", ("data", "targets", name))
            elif lesson := self._lesson(target, ("data", "targets", name)):
                lessons[name] = lesson
        return lessons

    def check_prepare(self, names: tuple[str, ...]) -> None:
        """Whether the layers of `prepare` stand before inputs that there are."""
        prepare = self.data.prepare
        if isinstance(prepare, dict):
            for name in prepare:
                if name not in names:
                    self._tell_unmatched(name, names, "input", ("data", "prepare", name))
        elif prepare and len(names) > 1:
            message = f"the model has {len(names)} inputs, and `prepare` does not say which it is for"
            self._tell(message, ("data", "prepare"), f"write it by input: `prepare: {{{names[0]}: […]}}`", key=True)

    def _feed(self, names: tuple[str, ...], path: Path) -> Feed | None:
        columns = [self._column(name, path) for name in names]
        known = [column for column in columns if column is not None]
        if len(known) < len(names) or not known:
            return None
        highest = [column.highest for column in known if column.highest is not None]
        if len(known) == 1:
            alone = known[0].type
            if alone.rank == 1 and alone.dtype != "string":
                alone = TensorType((*alone.shape, 1), alone.dtype)
            return Feed(names, fed_type(alone), max(highest, default=None))
        wide = [name for name, column in zip(names, known, strict=True) if column.type.rank > 1]
        if wide:
            self._tell(f"`{wide[0]}` is no single number, and cannot stand beside other columns", path)
            return None
        return Feed(names, TensorType((None, len(names)), "float32"), max(highest, default=None))

    def _lesson(self, target: Target, path: Path) -> Lesson | None:
        if target.source is None and len(self.facts.labels) != 1:
            if not self.facts.labels:
                return None
            labels = one_of(self.facts.labels)
            self._tell(f"the source has {len(self.facts.labels)} labels, {labels}: `targets` must say which", path)
            return None
        name = target.source or self.facts.labels[0]
        column = self._column(name, (*path, "from") if target.source else path)
        if column is None:
            return None
        if target.one_hot is None:
            return Lesson(name, column.type, column.classes)
        if column.classes and target.one_hot < column.classes:
            self._tell(
                f"`{name}` has {column.classes} classes, which do not fit into {target.one_hot} columns",
                (*path, "one_hot"),
                f"write `one_hot: {column.classes}`",
            )
        return Lesson(name, TensorType((None, target.one_hot), "float32"), target.one_hot, one_hot=True)

    def _column(self, name: str, path: Path) -> Column | None:
        column = self.facts.columns.get(name)
        if column is None:
            known = tuple(self.facts.columns)
            advice = did_you_mean(name, known) or (f"it has {one_of(known[:12], 'and')}" if known else None)
            span = self.spec.tree.span_at(path)
            self.problems.append(
                UNKNOWN_COLUMN.problem(f"the data has no column `{name}`", path=path, span=span, help=advice)
            )
        return column

    def _tell(self, message: str, path: Path, advice: str | None = None, *, key: bool = False) -> None:
        span = self.spec.tree.span_at(path, key=key)
        self.problems.append(UNMATCHED_DATA.problem(message, path=path, span=span, help=advice))

    def _tell_unmatched(self, name: str, known: tuple[str, ...], what: str, path: Path) -> None:
        advice = did_you_mean(name, known) or f"the model has {one_of(known[:12], 'and')}"
        span = self.spec.tree.span_at(path, key=True)
        message = f"the model has no {what} `{name}`"
        self.problems.append(UNMATCHED_DATA.problem(message, path=path, span=span, help=advice))

    def _tell_unfed(self, names: list[str], what: str, section: str) -> None:
        if not names:
            return
        columns = one_of(tuple(self.facts.columns)[:12], "and")
        some = f"{what}{'s' if len(names) > 1 else ''} {one_of(names, 'and')}"
        said = getattr(self.data, section) is not None
        path: Path = ("data", section) if said else ("data", "source")
        advice = f"say under `data.{section}` which column it is: the data has {columns}"
        span = self.spec.tree.span_at(path, key=True)
        message = (
            f"nothing in the data feeds the {some}"
            if what == "input"
            else f"nothing in the data is there for the {some} to learn"
        )
        self.problems.append(UNMATCHED_DATA.problem(message, path=path, span=span, help=advice))
