"""Problems as programs read them: JSON, SARIF 2.1.0 and GitHub's workflow commands."""

from __future__ import annotations

import json
from typing import Any

from .problem import Problem, Span


def problem_to_dict(problem: Problem) -> dict[str, Any]:
    """One problem under the stable keys of `check --format json`; places count from 1."""
    span = problem.span
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "help": problem.help,
        "file": span.text.name if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "path": problem.pointer,
        "notes": list(problem.notes),
        "uses": [
            {"file": use.text.name, "line": use.line, "column": use.column, "message": message}
            for use, message in (span.uses if span else ())
        ],
    }


def render_json(problems: list[Problem]) -> str:
    """All problems as one JSON object."""
    return json.dumps({"problems": [problem_to_dict(p) for p in problems]}, indent=2, ensure_ascii=False) + "\n"


def render_sarif(problems: list[Problem], titles: dict[str, str], version: str) -> str:
    """All problems as a SARIF 2.1.0 log; `titles` maps a code to what it is called."""
    rules = sorted({problem.code for problem in problems})
    run = {
        "tool": {
            "driver": {
                "name": "tfspec",
                "version": version,
                "rules": [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem) for problem in problems],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _sarif_result(problem: Problem) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": "\n".join(_sentences(problem))},
    }
    if span := problem.span:
        result["locations"] = [{"physicalLocation": _sarif_place(span)}]
        if span.uses:
            result["relatedLocations"] = [
                {"physicalLocation": _sarif_place(use), "message": {"text": message}} for use, message in span.uses
            ]
    return result


def _sarif_place(span: Span) -> dict[str, Any]:
    from urllib.parse import quote

    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"artifactLocation": {"uri": quote(span.text.name.replace("\\", "/"))}, "region": region}


def render_github(problems: list[Problem]) -> str:
    """All problems as workflow commands, which GitHub shows beside the changed lines."""
    lines = []
    for problem in problems:
        properties = {"title": problem.code}
        if span := problem.span:
            properties |= {
                "file": span.text.name,
                "line": str(span.line),
                "endLine": str(span.end_line),
                "col": str(span.column),
                "endColumn": str(span.end_column),
            }
        where = ",".join(f"{key}={_escape(value, ',:')}" for key, value in properties.items())
        lines.append(f"::{problem.severity} {where}::{_escape(chr(10).join(_sentences(problem)))}\n")
    return "".join(lines)


def _sentences(problem: Problem) -> list[str]:
    return [problem.message, *problem.notes, *([problem.help] if problem.help else [])]


def _escape(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
