"""What a layer takes: `from` bound to the parameters of the layer's call."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.steps import Step
from tfspec.diagnostics import Code, Path, Problem, did_you_mean, one_of
from tfspec.source import Tree

from .graph import Bound, Submodel, Value
from .ports import Port, keywords_of, ports_of
from .problems import BAD_CALL, LONELY_MERGE, NO_INPUT, UNKNOWN_VALUE, WRONG_INPUTS

Arguments: TypeAlias = tuple[tuple[Bound, ...], dict[str, Bound]]
NOTHING: Arguments = ((), {})

LISTED = 12
"""Names that a line of help lists."""


class Place(NamedTuple):
    """A step, what it calls, and the way to it, which its messages need."""

    step: Step
    layer: Layer | Submodel
    path: Path

    @property
    def source(self) -> Path:
        """The way to its `from`."""
        return (*self.path, "from")


class Binder:
    """Binds one step after the other; `values` is what has a name so far, `later` the names still to come."""

    def __init__(self, tree: Tree, values: dict[str, Value], later: set[str], problems: list[Problem]) -> None:
        self.tree = tree
        self.values = values
        self.later = later
        self.problems = problems

    def bind(self, step: Step, layer: Layer | Submodel, previous: Value | None, path: Path) -> Arguments:
        """The values for the parameters of the step's layer, by position and by name."""
        before = len(self.problems)
        place = Place(step, layer, path)
        self._check_call(place)
        arguments = self._bind(place, previous)
        wrong = any(problem.severity == "error" for problem in self.problems[before:])
        return NOTHING if wrong else arguments

    def _bind(self, place: Place, previous: Value | None) -> Arguments:
        source = place.step.source
        before = len(self.problems)
        if source is None:
            if previous is None:
                self._tell_no_input(place)
                return NOTHING
            return self._bind_positions(place, (previous,))
        if isinstance(source, dict):
            named = {key: self._resolve(name, previous, (*place.source, key)) for key, name in source.items()}
            return NOTHING if len(self.problems) > before else self._bind_named(place, named)
        if isinstance(source, str):
            value = self._one(source, previous, place.source)
            return self._bind_positions(place, (value,)) if value else NOTHING
        found = [self._one(name, previous, (*place.source, position)) for position, name in enumerate(source)]
        return NOTHING if len(self.problems) > before else self._bind_positions(place, tuple(v for v in found if v))

    def _bind_positions(self, place: Place, values: tuple[Value, ...]) -> Arguments:
        ports = ports_of(place.layer)
        if ports[-1].is_any_number:
            if len(values) == 1 and len(ports) == 1:
                self._tell_lonely(place)
            return values, {}
        needed = [port.name for port in ports if port.is_needed]
        if ports[-1].takes_several and len(values) >= len(ports):
            *single, _ = ports
            return (*values[: len(single)], values[len(single) :]), {}
        if len(needed) <= len(values) <= len(ports):
            return values, {}
        self._tell_count(place, [port.name for port in ports], len(needed), len(values))
        return NOTHING

    def _bind_named(self, place: Place, named: dict[str, Bound]) -> Arguments:
        words = {} if isinstance(place.layer, Submodel) else place.layer.input_words
        ports = {port.name: port for port in ports_of(place.layer)}
        bound = {words.get(key, key): value for key, value in named.items()}
        unknown = [key for key in named if words.get(key, key) not in ports]
        for key in unknown:
            advice = did_you_mean(key, ports) or f"it takes {one_of(ports, 'and')}"
            message = f"`{place.layer.written}` takes nothing called `{key}`"
            self._tell(WRONG_INPUTS, message, (*place.source, key), advice, key=True)
        missing = [name for name, port in ports.items() if port.is_needed and name not in bound]
        if missing and not unknown:
            message = f"`{place.layer.written}` also takes {one_of(missing, 'and')}"
            self._tell(WRONG_INPUTS, message, place.source, None, key=True)
        for key, value in named.items():
            port = ports.get(words.get(key, key))
            if port and isinstance(value, tuple) and not isinstance(value, Value) and not port.is_open:
                message = f"`{key}` of `{place.layer.written}` takes one tensor, and is given {len(value)}"
                self._tell(WRONG_INPUTS, message, (*place.source, key), None)
        return NOTHING if unknown or missing else _in_order(ports, bound)

    def _resolve(self, name: str | tuple[str, ...], previous: Value | None, path: Path) -> Bound:
        """The value, or values, that a name of a mapping stands for; an empty one where a name is wrong."""
        if isinstance(name, str):
            return self._one(name, previous, path) or Value("")
        return tuple(self._one(item, previous, (*path, i)) or Value("") for i, item in enumerate(name))

    def _one(self, name: str, previous: Value | None, path: Path) -> Value | None:
        value = previous if name == "_" else self.values.get(name)
        if value is not None:
            return value
        if name == "_":
            self._tell(UNKNOWN_VALUE, "`_` is the result of the layer before, and there is none", path, None)
        elif name in self.later:
            message, advice = f"`{name}` is made further down", "move the layer that makes it up, before this one"
            if self._is_own(name, path):
                message, advice = f"`{name}` would take its own result", f"so far there is {self._so_far()}"
            self._tell(UNKNOWN_VALUE, message, path, advice)
        else:
            advice = did_you_mean(name, self.values) or f"so far there is {self._so_far()}"
            self._tell(UNKNOWN_VALUE, f"nothing so far is called `{name}`", path, advice)
        return None

    def _is_own(self, name: str, path: Path) -> bool:
        """Whether a name under `from` is that of the layer it belongs to."""
        layer = path[: path.index("from")]
        return self.tree.nearest((*layer, "name"))[0].content == name

    def _so_far(self) -> str:
        return one_of(list(self.values)[-LISTED:], "and")

    def _check_call(self, place: Place) -> None:
        allowed = keywords_of(place.layer)
        for key, value in place.step.call.items():
            path = (*place.path, "call", key)
            if key != "training" and key not in allowed:
                known = [*allowed, "training"]
                advice = did_you_mean(key, known) or f"it takes {one_of(known, 'and')}"
                message = f"the call of `{place.layer.written}` takes no `{key}`"
                self._tell(BAD_CALL, message, path, advice, key=True)
            elif (key == "training" or isinstance(allowed[key], bool)) and not isinstance(value, bool):
                self._tell(BAD_CALL, f"`{key}` must be `true` or `false`", path, None)

    def _tell_no_input(self, place: Place) -> None:
        inputs = one_of(self.values, "and")
        message = f"`{place.layer.written}` is the first layer, and there are several inputs: {inputs}"
        advice = f"say which it takes, such as `from: {next(iter(self.values), 'x')}`"
        self._tell(NO_INPUT, message, place.path, advice, key=True)

    def _tell_lonely(self, place: Place) -> None:
        message = f"`{place.layer.written}` is given one tensor, which it passes on as it is"
        advice = "say under `from` which tensors it merges, such as `from: [_, x]`"
        self._tell(LONELY_MERGE, message, *self._from_or_layer(place, advice))

    def _tell_count(self, place: Place, names: list[str], needed: int, given: int) -> None:
        wanted = one_of(names, "and") if len(names) > 1 else "one tensor"
        optional = f" ({one_of(names[needed:], 'and')} may be left out)" if needed < len(names) else ""
        advice = None
        if len(names) == 1:
            advice = "join them first with a layer that merges, such as `Concatenate` or `Add`"
        elif given < needed:
            advice = f"name them: `from: [{', '.join(names[:needed])}]`, with what these stand for"
        message = f"`{place.layer.written}` takes {wanted}{optional}, and is given {given}"
        self._tell(WRONG_INPUTS, message, *self._from_or_layer(place, advice))

    def _from_or_layer(self, place: Place, advice: str | None) -> tuple[Path, str | None, bool]:
        """The way to a step's `from`, or to its name where it has none, and whether the place is a key."""
        written = self.tree.nearest(place.source)[1] == place.source
        return (place.source, advice, False) if written else (place.path, advice, True)

    def _tell(self, code: Code, message: str, path: Path, advice: str | None, key: bool = False) -> None:  # noqa: FBT001, FBT002 - which place
        self.problems.append(code.problem(message, path=path, span=self.tree.span_at(path, key=key), help=advice))


def _in_order(ports: dict[str, Port], bound: dict[str, Bound]) -> Arguments:
    """Named values as a call takes them: the leading ones by position, what follows a gap by name."""
    positional: list[Bound] = []
    named: dict[str, Bound] = {}
    gap = False
    for name, port in ports.items():
        value = bound.get(name)
        gap = gap or value is None
        if value is None:
            continue
        if port.is_any_number:
            positional += value if not isinstance(value, Value) else (value,)
            continue
        if port.takes_several and isinstance(value, Value):
            value = (value,)
        if gap:
            named[name] = value
        else:
            positional.append(value)
    return tuple(positional), named
