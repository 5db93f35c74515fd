"""The value of an expression."""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Mapping
from itertools import islice
from typing import TypeAlias

from tfspec.diagnostics import did_you_mean, one_of

from .error import ProgramError
from .expression import CONSTANTS, Expression, place_of
from .functions import (
    COMPARISONS,
    FUNCTIONS,
    OPERATIONS,
    Refused,
    Value,
    bounded,
    compared,
    contains,
    is_number,
    is_whole,
    kind_of,
    operate,
    shown,
    size_of,
)
from .limits import MAX_STEPS

Scope: TypeAlias = Mapping[str, Value]
"""What the names of an expression stand for."""

LISTED = 12
"""Names that a line of help lists."""

SEARCHED = 1000
"""Names among which the one that was meant is looked for."""


class Steps:
    """How many steps expressions have taken so far."""

    def __init__(self) -> None:
        self.taken = 0


def evaluate(expression: Expression, scope: Scope, steps: Steps | None = None) -> Value:
    """What an expression gives where its names stand for the values of `scope`; its steps are added to `steps`.

    Raises:
        ProgramError: A name stands for nothing, or something is done that cannot be done.
    """
    evaluation = _Evaluation(expression, scope)
    try:
        return evaluation.value(expression.tree)
    finally:
        if steps is not None:
            steps.taken += evaluation.steps


class _Evaluation:
    """One run of an expression, which counts its steps."""

    def __init__(self, expression: Expression, scope: Scope) -> None:
        self.expression = expression
        self.scope = scope
        self.steps = 0

    def value(self, node: ast.expr) -> Value:
        """The value of a part of the expression."""
        try:
            self._count(1)
            return self._value(node)
        except Refused as refusal:
            raise self._error(node, f"the expression {refusal}") from None

    def _count(self, steps: int) -> None:
        """Take so many steps; what goes through a list takes one for each of its values."""
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise Refused(f"takes more than {MAX_STEPS:,} steps")

    def _made(self, value: Value) -> Value:
        """A value that was put together, where it is small enough."""
        self._count(size_of(value))
        return bounded(value)

    def _value(self, node: ast.expr) -> Value:  # noqa: C901 - a case for each kind of syntax
        match node:
            case ast.Constant(value=value):
                return bounded(value)
            case ast.Name(id=name):
                return self._named(node, name)
            case ast.BinOp(left=left, op=op, right=right):
                sign, operation = OPERATIONS[type(op)]
                return self._made(operate(sign, operation, self.value(left), self.value(right)))
            case ast.UnaryOp(op=op, operand=operand):
                return self._unary(op, self.value(operand))
            case ast.BoolOp(op=op, values=values):
                return self._chosen(isinstance(op, ast.And), values)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self._compared(left, ops, others)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.value(body if self._truth(test) else orelse)
            case ast.Subscript(value=value, slice=index):
                return self._item(self.value(value), index)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return self._made([self.value(item) for item in items])
            case ast.Dict(keys=keys, values=values):
                return self._made({self._key(key): self.value(value) for key, value in zip(keys, values, strict=True)})
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._called(node, name, arguments)
            case ast.ListComp(elt=item, generators=[over]):
                return self._made(self._listed(item, over))
        raise AssertionError(node)  # `read_expression` lets nothing else through

    def _named(self, node: ast.AST, name: str) -> Value:
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in self.scope:
            return self.scope[name]
        advice = did_you_mean(name, islice(self.scope, SEARCHED))
        raise ProgramError(f"nothing is called `{name}` here", *place_of(self.expression, node), advice, name)

    @staticmethod
    def _unary(op: ast.unaryop, value: Value) -> Value:
        if isinstance(op, ast.Not):
            return not value
        if not is_number(value):
            raise Refused(f"takes the negative of {kind_of(value)}")
        return -value if isinstance(op, ast.USub) else value

    def _chosen(self, is_and: bool, values: list[ast.expr]) -> Value:  # noqa: FBT001 - `and` or `or`
        """The value that decides, as in Python: the first that is false of `and`, the first true one of `or`."""
        value: Value = None
        for each in values:
            value = self.value(each)
            if bool(value) != is_and:
                break
        return value

    def _compared(self, left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> bool:
        before = self.value(left)
        for op, other in zip(ops, others, strict=True):
            after = self.value(other)
            self._count(size_of(after))
            if isinstance(op, (ast.In, ast.NotIn)):
                holds = contains(after, before) != isinstance(op, ast.NotIn)
            else:
                holds = compared(*COMPARISONS[type(op)], before, after)
            if not holds:
                return False
            before = after
        return True

    def _truth(self, node: ast.expr) -> bool:
        return bool(self.value(node))

    def _item(self, value: Value, index: ast.expr) -> Value:
        if isinstance(index, ast.Slice):
            if not isinstance(value, (list, str)):
                raise Refused(f"takes a part of {kind_of(value)}")
            bounds = [self._bound(part) for part in (index.lower, index.upper, index.step)]
            if bounds[2] == 0:
                raise Refused("takes every zeroth item")
            return self._made(value[slice(*bounds)])
        key = self.value(index)
        if isinstance(value, dict):
            if isinstance(key, str) and key in value:
                return value[key]
            raise Refused(
                f"asks a mapping for {shown(key)}, and it has {one_of(list(value)[:LISTED], 'and') or 'nothing'}"
            )
        if not isinstance(value, (list, str)) or not is_whole(key):
            raise Refused(f"asks {kind_of(value)} for item {shown(key)}")
        if not -len(value) <= key < len(value):
            raise Refused(f"asks for item {key} of {len(value)}, which count from 0")
        return value[key]

    def _bound(self, part: ast.expr | None) -> int | None:
        bound = self.value(part) if part is not None else None
        if bound is not None and not is_whole(bound):
            raise Refused("takes a part between bounds that are no whole numbers")
        return bound

    def _key(self, key: ast.expr | None) -> str:
        assert key is not None  # noqa: S101 - `read_expression` has looked
        value = self.value(key)
        if not isinstance(value, str):
            raise Refused(f"makes a mapping with {kind_of(value)} as a key")
        return value

    def _called(self, node: ast.AST, name: str, arguments: list[ast.expr]) -> Value:
        function, least, most = FUNCTIONS[name]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            wanted = str(least) if least == most else f"{least} to {most}" if most else f"at least {least}"
            raise self._error(
                node, f"`{name}` takes {wanted} value{'' if wanted == '1' else 's'}, and is given {len(arguments)}"
            )
        values = [self.value(argument) for argument in arguments]
        self._count(sum(map(size_of, values)))
        return self._made(function(*values))

    def _listed(self, item: ast.expr, over: ast.comprehension) -> list[Value]:
        items = self.value(over.iter)
        if not isinstance(items, list):
            raise Refused(f"goes over {kind_of(items)}, which is no list")
        assert isinstance(over.target, ast.Name)  # noqa: S101 - `read_expression` has looked
        before = self.scope
        found = []
        for each in items:
            self.scope = ChainMap({over.target.id: each}, before)  # type: ignore[arg-type] # it is only read
            if all(self._truth(condition) for condition in over.ifs):
                found.append(self.value(item))
        self.scope = before
        return found

    def _error(self, node: ast.AST, message: str, advice: str | None = None) -> ProgramError:
        return ProgramError(message, *place_of(self.expression, node), advice)
