"""From the text of an expression to its syntax tree, checked to hold only what the language has."""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from functools import lru_cache
from typing import NamedTuple

from tfspec.diagnostics import did_you_mean

from .error import ProgramError
from .functions import FUNCTIONS
from .limits import MAX_NESTING, MAX_TEXT

CONSTANTS = {"true": True, "false": False, "null": None}
"""The words that YAML has for what Python calls `True`, `False` and `None`."""

KEYWORDS = frozenset((*keyword.kwlist, *CONSTANTS))
"""Words that are no names in an expression."""

SYNTAX: tuple[type[ast.AST], ...] = (
    ast.Constant, ast.Name, ast.Load, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp,
    ast.Subscript, ast.Slice, ast.List, ast.Tuple, ast.Dict, ast.Call, ast.ListComp, ast.comprehension, ast.Store,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.USub, ast.UAdd, ast.Not,
    ast.And, ast.Or, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
)  # fmt: skip
"""What an expression may consist of."""

NOT_IN_IT: dict[type[ast.AST], str] = {
    ast.Lambda: "an expression makes no functions",
    ast.NamedExpr: "an expression gives no names",
    ast.GeneratorExp: "write the list in brackets",
    ast.JoinedStr: "a text with values in it is written without the `f`, around the `${…}`",
    ast.BitXor: "a power is written `**`",
    ast.BitAnd: "write `and`",
    ast.BitOr: "write `or`",
    ast.Is: "write `==`",
    ast.IsNot: "write `!=`",
}
"""What Python has and the language has not, with what to do instead."""


PAIRS = {"(": ")", "[": "]", "{": "}"}

CURES = {
    "expected 'else'": "say what it is otherwise: `a if condition else b`",
    "forgot a comma": "write an operator or a comma between the two values",
    "unterminated string": "close the text with the quote that it begins with",
    "leading zeros": "write the number without the zeros before it",
    "invalid decimal literal": "a name begins with a letter or `_`; write `*` between a number and a name",
}
"""What to do about what Python complains of."""


class Expression(NamedTuple):
    """An expression that is well formed: its text, its syntax tree, and the names that it speaks of."""

    text: str
    tree: ast.expr
    names: frozenset[str]


@lru_cache(maxsize=512)
def read_expression(text: str) -> Expression:
    """The expression that a text says.

    Raises:
        ProgramError: It is none, or says more than the language has.
    """
    if len(text) > MAX_TEXT:
        raise ProgramError(f"an expression has at most {MAX_TEXT} characters, and this has {len(text)}", 0, len(text))
    if not text.strip():
        raise ProgramError("there is no expression", 0, len(text), "write a name or a number inside `${…}`")
    tree = _parsed(text)
    places = _Places(text)
    _check(tree, places)
    return Expression(text, tree, frozenset(_free_names(tree)))


def _parsed(text: str) -> ast.expr:
    """Python's own syntax tree; the brackets let the expression go over several lines."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as those of a backslash that escapes nothing
            tree = ast.parse(f"({text}\n)", mode="eval").body
            if ")" in text:
                ast.parse(f"[{text}\n]", mode="eval")  # it must not close the bracket that is not its own
    except SyntaxError as error:
        raise _error(text, error) from None
    except (ValueError, MemoryError, RecursionError):
        raise ProgramError("this is no expression that can be read", 0, len(text)) from None
    if "#" in text:
        _refuse_comments(text)
    return tree


def _error(text: str, error: SyntaxError) -> ProgramError:
    """What Python says of a text that is no expression, at its place without the bracket in front."""
    lines = text.split("\n")
    line = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    offset = max((error.offset or 1) - (2 if line == 0 else 1), 0)
    start = min(sum(len(each) + 1 for each in lines[:line]) + offset, max(len(text) - 1, 0))
    end = len(text) if start == 0 else start + 1
    return ProgramError("this is no expression", start, end, _hint(text, error.msg))


def _hint(text: str, complaint: str) -> str | None:
    """What to write instead, as far as marks of other languages or Python's own complaint tell."""
    for mark, advice in (("&&", "write `and`"), ("||", "write `or`"), ("?", "write `a if condition else b`")):
        if mark in text:
            return advice
    if "!" in text and "!=" not in text:
        return "write `not`"
    if re.search(r"(?<![=!<>])=(?!=)", text):
        return "write `==` to compare"
    if (word := re.search(r"\w+", text)) and word[0] in KEYWORDS and word[0] == text.strip():
        return f"`{word[0]}` is a word of the language, and no name"
    return _bracket_hint(text) or next((cure for said, cure in CURES.items() if said in complaint), None)


def _bracket_hint(text: str) -> str | None:
    """Which bracket is missing, or is one too many."""
    waiting: list[str] = []
    for mark in re.findall(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[()\[\]{}]""", text):
        if mark in PAIRS:
            waiting.append(mark)
        elif mark in PAIRS.values() and (not waiting or PAIRS[waiting.pop()] != mark):
            return f"there is no bracket that this `{mark}` closes"
    return f"close the bracket `{waiting[-1]}` with `{PAIRS[waiting[-1]]}`" if waiting else None


def _refuse_comments(text: str) -> None:
    import io  # only an expression with a `#` pays for them
    import tokenize

    for token in tokenize.generate_tokens(io.StringIO(f"({text}\n)").readline):
        if token.type == tokenize.COMMENT:
            line, column = token.start
            start = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - (line == 1)
            raise ProgramError("an expression has no comments", start, start + len(token.string), "take it out")


class _Places:
    """From the lines and bytes by which Python's syntax tree counts to characters of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._length = len(text)

    def of(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends."""
        if not isinstance(node, (ast.expr, ast.keyword)):
            return 0, self._length
        begin = self._position(node.lineno, node.col_offset)
        return begin, self._position(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def _position(self, line: int, column: int) -> int:
        index = min(line - 1, len(self._lines) - 1)
        column -= line == 1  # the bracket in front
        character = len(self._lines[index].encode()[: max(column, 0)].decode(errors="ignore"))
        return min(self._starts[index] + character, self._length)


def place_of(expression: Expression, node: ast.AST) -> tuple[int, int]:
    """The characters of an expression that a node of its tree was written as."""
    return _Places(expression.text).of(node)


def _check(tree: ast.expr, places: _Places) -> None:
    """Refuse what the language does not have, and what nests too deeply."""
    level: list[ast.AST] = [tree]
    for _ in range(MAX_NESTING):
        for node in level:
            _check_node(node, places)
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise ProgramError(f"an expression nests at most {MAX_NESTING} deep", *places.of(tree))


def _no_attributes(node: ast.Attribute, places: _Places) -> ProgramError:
    said, inner = "", node.value
    while isinstance(inner, ast.Attribute):
        said, inner = f"['{inner.attr}']{said}", inner.value
    advice = f"what a mapping holds is written `{places.text[slice(*places.of(inner))]}{said}['{node.attr}']`"
    return ProgramError("an expression has no attributes", *places.of(node), advice)


def _check_node(node: ast.AST, places: _Places) -> None:
    if isinstance(node, ast.Attribute):
        raise _no_attributes(node, places)
    if not isinstance(node, SYNTAX):
        raise ProgramError("an expression cannot say this", *places.of(node), NOT_IN_IT.get(type(node)))
    match node:
        case ast.Constant(value=value) if not isinstance(value, (bool, int, float, str, type(None))):
            raise ProgramError("an expression has no such value", *places.of(node))
        case ast.Call(func=func, keywords=keywords):
            if not isinstance(func, ast.Name) or func.id not in FUNCTIONS:
                start, end = places.of(func)
                called = places.text[start:end]
                advice = did_you_mean(called, FUNCTIONS) or "`tfspec explain TS102` lists what it can call"
                raise ProgramError(f"an expression cannot call `{called}`", start, end, advice)
            if keywords:
                raise ProgramError(f"`{func.id}` takes its arguments by position", *places.of(keywords[0]))
        case ast.ListComp(generators=generators) if len(generators) > 1 or not isinstance(
            generators[0].target, ast.Name
        ):
            raise ProgramError("a list goes over one name in one list", *places.of(node))
        case ast.Dict(keys=keys) if None in keys:
            raise ProgramError("a mapping is written key by key", *places.of(node))


def _free_names(node: ast.AST) -> set[str]:
    """The names that an expression takes from its surroundings."""
    if isinstance(node, ast.Name):
        return set() if node.id in CONSTANTS else {node.id}
    if isinstance(node, ast.Call):
        return {name for argument in node.args for name in _free_names(argument)}
    names = {name for child in ast.iter_child_nodes(node) for name in _free_names(child)}
    if isinstance(node, ast.ListComp):
        (over,) = node.generators
        assert isinstance(over.target, ast.Name)  # noqa: S101 - `_check_node` has looked
        names.discard(over.target.id)
        names |= _free_names(over.iter)
    return names
