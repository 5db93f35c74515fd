"""Expressions that nobody computes, since nothing asks for what they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from tfspec.diagnostics import Path, Problem
from tfspec.programs import ProgramError, has_expression, read_template
from tfspec.source import Tree

from .problems import BAD_EXPRESSION
from .scope import place_in


def find_bad_expressions(tree: Tree, way: Path) -> Iterator[Problem]:
    """The expressions in a tree that are none, whatever their names stand for; `way` leads to it."""
    for path, value in tree.walk(way):
        if isinstance(value.content, str) and has_expression(value.content):
            try:
                read_template(value.content)
            except ProgramError as error:
                span = place_in(error, value)
                yield BAD_EXPRESSION.problem(error.message, path=path, span=span, help=error.help)
