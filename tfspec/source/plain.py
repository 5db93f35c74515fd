"""From a mapping that a Python caller gives to a tree without places."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from tfspec.diagnostics import Path, Problem, SpecError

from . import refusals
from .limits import MAX_DEPTH, MAX_DIGITS, MAX_PROBLEMS, MAX_VALUES, weight
from .problems import CHARACTER, KEY_NOT_TEXT, NOT_A_MAPPING, NOT_A_VALUE, NUMBER_TOO_LARGE, RECURSION, shown
from .tree import Scalar, Tree

Container: TypeAlias = dict[object, object] | list[object] | tuple[object, ...]

LARGEST = 10**MAX_DIGITS
KINDS: dict[type, str] = {
    str: "a text",
    list: "a list",
    tuple: "a tuple",
    set: "a set",
    frozenset: "a set",
    bytes: "bytes",
}


def tree_from_data(data: object) -> Tree:
    """The tree of a spec given as dicts, lists, tuples and scalars.

    Whole numbers as keys become text, tuples lists, and scalars of array libraries plain
    numbers.

    Raises:
        SpecError: something in it is nothing that a spec can hold; the paths say where.
    """
    reader = _Reader()
    try:
        tree = reader.tree(data)
    except _Enough:
        raise SpecError(reader.problems) from None
    if not isinstance(tree.content, dict) and not reader.problems:
        message = f"a spec is a mapping, and this is {_kind(data)}"
        reader.problems.append(NOT_A_MAPPING.problem(message, help="pass a dict with `tfspec` and `model`"))
    if reader.problems:
        raise SpecError(reader.problems)
    return tree


class _Enough(Exception):  # noqa: N818 - it is no error, it ends the reading
    """Reading on makes no sense, or would cost too much."""


class _Known(NamedTuple):
    """A container that was read: its tree, the values in it, and how many stand inside one another."""

    content: list[Tree] | dict[str, Tree]
    size: int
    height: int


class _Reader:
    """The way to the value that is read now, and what was wrong before it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._path: list[str | int] = []
        self._inside: list[int] = []  # identities of the containers that are open
        self._values = 0
        self._deepest = 0  # most containers inside one another, in the container that is read now
        self._known: dict[int, _Known] = {}  # by identity, which lasts as long as the caller's data

    def tree(self, value: object) -> Tree:
        """The tree of a value and all it holds; where something is wrong, None stands for it."""
        if isinstance(value, (dict, list, tuple)):
            return Tree(self._container(value))
        scalar = self._scalar(value)
        self._count(weight(scalar) if isinstance(scalar, str) else 1)
        return Tree(scalar)

    def _report(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Enough

    def _count(self, size: int) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            self.problems.append(refusals.too_many_values(self._way, None))
            raise _Enough

    @property
    def _way(self) -> Path:
        return tuple(self._path)

    def _container(self, value: Container) -> list[Tree] | dict[str, Tree] | None:
        if id(value) in self._inside:
            cure = "pass a copy that does not hold itself"
            self._report(RECURSION.problem("this value contains itself", path=self._way, help=cure))
            return None
        if known := self._known.get(id(value)):
            return self._again(known)
        if len(self._inside) >= MAX_DEPTH:
            self._report(refusals.too_deep(self._way, None))
            return None
        before, deepest = self._values, self._deepest
        self._count(1)
        self._inside.append(id(value))
        self._deepest = len(self._inside)
        content = self._mapping(value) if isinstance(value, dict) else self._list(value)
        height = self._deepest - len(self._inside) + 1
        self._inside.pop()
        self._deepest = max(self._deepest, deepest)
        self._known[id(value)] = _Known(content, self._values - before, height)
        return content

    def _again(self, known: _Known) -> list[Tree] | dict[str, Tree]:
        """The tree of an object that was met before, counted again and shared."""
        self._count(known.size)
        depth = len(self._inside) + known.height
        if depth > MAX_DEPTH:
            self.problems.append(refusals.too_deep(self._way, None))
            raise _Enough
        self._deepest = max(self._deepest, depth)
        return known.content

    def _list(self, value: list[object] | tuple[object, ...]) -> list[Tree]:
        items = []
        for index, item in enumerate(value):
            self._path.append(index)
            items.append(self.tree(item))
            self._path.pop()
        return items

    def _mapping(self, value: dict[object, object]) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        for key, item in value.items():
            name = self._key(key)
            if name is None:
                continue
            self._path.append(name)
            self._count(weight(name))
            if name in entries:
                self._report(refusals.duplicate_key(name, self._way, None, None))
            entries[name] = self.tree(item)
            self._path.pop()
        return entries

    def _key(self, key: object) -> str | None:
        if isinstance(key, str):
            return self._text(key)
        if isinstance(key, int) and not isinstance(key, bool) and -LARGEST < key < LARGEST:
            return str(int(key))
        message = f"a key is a name, and this is {_kind(key)}"
        self._report(KEY_NOT_TEXT.problem(message, path=self._way, help="pass it as text"))
        return None

    def _scalar(self, value: object) -> Scalar:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, int):
            return self._whole(int(value))
        if isinstance(value, float):
            return float(value)
        item = getattr(value, "item", None)
        if getattr(value, "shape", None) == () and callable(item):
            plain = item()
            if plain is None or isinstance(plain, bool | int | float | str):
                return self._scalar(plain)
        self._report(NOT_A_VALUE.problem(f"a spec cannot hold {_kind(value)}", path=self._way, help=_cure(value)))
        return None

    def _whole(self, value: int) -> int | None:
        if -LARGEST < value < LARGEST:
            return value
        message = f"a whole number of more than {MAX_DIGITS} digits is too large"
        cure = "pass a float, or a text if it is no number"
        self._report(NUMBER_TOO_LARGE.problem(message, path=self._way, help=cure))
        return None

    def _text(self, value: str) -> str:
        text = str.__str__(value)
        if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
            cure = "decode it as UTF-8, or leave the character out"
            message = "this text holds half of a surrogate pair"
            self._report(CHARACTER.problem(message, path=self._way, help=cure))
            return ""
        return text


def _kind(value: object) -> str:
    """What a value is, in words where there are some."""
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if type(value) in KINDS:
        return KINDS[type(value)]
    if isinstance(value, type) or callable(value):
        return f"the Python object {shown(getattr(value, '__name__', type(value).__name__))}"
    return f"an object of the class {shown(type(value).__name__)}"


def _cure(value: object) -> str:
    if isinstance(value, set | frozenset):
        return "pass a list, which has an order"
    if hasattr(value, "__fspath__") and not isinstance(value, type):
        return "pass `str(path)`"
    if isinstance(value, bytes):
        return "decode it to text"
    if hasattr(value, "tolist"):
        return "pass `value.tolist()` if it is small, and keep data in a file"
    if hasattr(value, "items"):
        return "pass `dict(value)`"
    return "name the thing as a spec does, such as `Dense: {units: 1}`"
