"""`blocks`: what a block takes and holds, read and checked before anything uses it."""

from __future__ import annotations

from typing import NamedTuple

from tfspec.diagnostics import Problem, SpecError, did_you_mean, in_file_order, one_of
from tfspec.programs import has_expression
from tfspec.source import Tree

from .budget import TooLargeError
from .naming import check_words
from .problems import BAD_BLOCK
from .scope import Scope
from .variables import NAME, is_usable, usable
from .words import FLOW

KEYS = ("params", "inputs", "layers", "outputs", "description")
PARAMETER = rf"(?!(?:{'|'.join(FLOW)})$){NAME}"
"""What parameters of blocks may be called."""


class Block(NamedTuple):
    """A template of layers.

    `params` maps each parameter to its default, or to None where it must be given; `inputs` are
    the names of what it takes, `outputs` those of what it gives, the last result if there are none.
    """

    name: str
    params: dict[str, Tree | None]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    layers: Tree
    tree: Tree


def read_blocks(tree: Tree | None, shared: Tree | None, variables: Scope) -> dict[str, Block]:
    """The blocks that a spec defines, by name; nothing that it shares has the name of one.

    What is computed in a definition is computed from the spec's variables, but for its `layers` and the defaults of
    its parameters: they may speak of its parameters too, and are computed where the block is used.

    Raises:
        SpecError: A definition is wrong, or a name under `blocks` or `shared`; it carries all that are.
    """
    problems = check_words(tree, shared)
    blocks: dict[str, Block] = {}
    if tree is not None and isinstance(tree.content, dict):
        for name, entry in tree.content.items():
            blocks[name] = _Reader(name, entry.used(*tree.uses), variables, problems).read()
    elif tree is not None and tree.content is not None:
        message = "`blocks` must be a mapping from names to blocks"
        advice = "such as `blocks: {dense_relu: {layers: [{Dense: {units: 8}}, ReLU]}}`"
        problems.append(BAD_BLOCK.problem(message, path=("blocks",), span=tree.span, help=advice))
    if problems:
        raise SpecError(in_file_order(problems))
    return blocks


class _Reader:
    """One definition on its way to a block."""

    def __init__(self, name: str, tree: Tree, variables: Scope, problems: list[Problem]) -> None:
        self.name = name
        self.variables = variables
        self.problems = problems
        self.tree = self._opened(tree) or Tree({"layers": Tree([])})

    def read(self) -> Block:
        """The block, as far as it can be read."""
        content = self.tree.content if isinstance(self.tree.content, dict) else {}
        unknown = [key for key in content if key not in KEYS]
        for key in unknown:
            advice = did_you_mean(key, KEYS) or f"it takes {one_of(KEYS, 'and')}"
            self._tell(f"the block `{self.name}` has no key `{key}`", (key,), advice, key=True)
        layers = content.get("layers", Tree(None))
        if not isinstance(layers.content, list) and not _is_computed(layers):
            advice = f"write `{self.name}: {{layers: […]}}`"
            if "layers" in content or not unknown:
                self._tell(f"the block `{self.name}` needs `layers`, a list", ("layers",), advice, key=True)
            layers = Tree([])
        inputs = self._names(content.get("inputs"), "inputs") or ("input",)
        return Block(
            self.name,
            self._params(content.get("params")),
            inputs,
            self._names(content.get("outputs"), "outputs"),
            layers,
            self.tree,
        )

    def _opened(self, tree: Tree | None) -> Tree | None:
        """What a text with an expression stands for, None where it has no value, which is told; all else as it is."""
        try:
            return tree and self.variables.opened(tree)
        except TooLargeError:
            raise
        except SpecError as error:
            self.problems += error.problems
            return None

    def _params(self, tree: Tree | None) -> dict[str, Tree | None]:
        tree = self._opened(tree)
        if tree is None or tree.content is None:
            return {}
        if isinstance(tree.content, list) and all(isinstance(item.content, str) for item in tree.content):
            names: dict[str, Tree | None] = dict.fromkeys(self._names(tree, "params"))
        elif isinstance(tree.content, dict):
            names = {name: None if child.content is None else child for name, child in tree.content.items()}
        else:
            self._tell(
                "`params` must be a mapping from names to defaults", ("params",), "such as `{filters: , stride: 1}`"
            )
            return {}
        for name in names:
            if name in FLOW or not is_usable(name):
                what = "has a meaning of its own" if name in FLOW else "is no name that an expression can use"
                message = f"`{name}` cannot be a parameter: it {what}"
                advice = f"write `{name}_`" if name in FLOW else f"write `{usable(name)}`"
                self._tell(message, ("params", name), advice, key=True)
        return names

    def _names(self, tree: Tree | None, key: str) -> tuple[str, ...]:
        tree = self._opened(tree)
        if tree is None or tree.content is None:
            return ()
        items = tree.content if isinstance(tree.content, list) else [tree]
        if not items or not all(isinstance(item.content, str) for item in items):
            self._tell(f"`{key}` must be a name, or a list of names", (key,), None)
            return ()
        names = [str(item.content) for item in items]
        for name in {name: None for name in names if names.count(name) > 1}:
            self._tell(f"`{key}` of the block `{self.name}` has `{name}` twice", (key,), "give each its own name")
        return tuple(names)

    def _tell(self, message: str, way: tuple[str, ...], advice: str | None, *, key: bool = False) -> None:
        span = self.tree.span_at(way, key=key)
        self.problems.append(BAD_BLOCK.problem(message, path=("blocks", self.name, *way), span=span, help=advice))


def _is_computed(tree: Tree) -> bool:
    """Whether a value is a text with an expression."""
    return isinstance(tree.content, str) and has_expression(tree.content)
