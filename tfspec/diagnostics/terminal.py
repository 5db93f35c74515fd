"""Problems as people read them: the message, the lines it speaks of, what to do."""

from __future__ import annotations

from .problem import Label, Problem, Span

COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "mark": "\x1b[1;34m", "end": "\x1b[0m"}
WIDTH = 160
"""Columns of a source line that are shown; what is longer is cut around the mark."""


def render_text(problems: list[Problem], *, color: bool = False) -> str:
    """All problems and a closing count, each as a paragraph."""
    paragraphs = [render_problem(problem, color=color) for problem in problems]
    paragraphs.append(summary_line(problems))
    return "\n".join(paragraphs)


def summary_line(problems: list[Problem]) -> str:
    """How many errors and warnings there are."""
    counts = []
    for severity in ("error", "warning"):
        number = sum(problem.severity == severity for problem in problems)
        if number:
            counts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    return (" and ".join(counts) or "no problems") + "\n"


def render_problem(problem: Problem, *, color: bool = False) -> str:
    """One problem: headline, place, marked source lines, notes and help."""
    paint = COLORS if color else dict.fromkeys(COLORS, "")
    mark, end = paint["mark"], paint["end"]
    headline = f"{paint[problem.severity]}{problem.severity}[{problem.code}]{end}: {_printable(problem.message)}"
    labels = [*problem.labels]
    if problem.span:
        labels += [*problem.span.uses, Label(problem.span, "")]
    gutter = max((len(str(label.span.line)) for label in labels), default=1)
    out = [headline]
    if problem.span:
        place = f"{_printable(problem.span.text.name)}:{problem.span.line}:{problem.span.column}"
        out.append(f"{' ' * gutter}{mark}-->{end} {place}")
    elif problem.path:
        out.append(f"{' ' * gutter}{mark}-->{end} {_printable(problem.pointer)}")
    if labels:
        out.append(f"{' ' * gutter} {mark}|{end}")
        out.extend(_source_lines(problem, labels, gutter, paint))
        out.append(f"{' ' * gutter} {mark}|{end}")
    closing = [("note", note) for note in problem.notes]
    if problem.help:
        closing.append(("help", problem.help))
    for word, text in closing:
        indent = " " * (gutter + len(word) + 5)
        body = f"\n{indent}".join(_printable(line) for line in text.split("\n"))
        out.append(f"{' ' * gutter} {mark}={end} {word}: {body}")
    return "\n".join(out) + "\n"


def _source_lines(problem: Problem, labels: list[Label], gutter: int, paint: dict[str, str]) -> list[str]:
    """The marked lines in file order; lines of another text are headed by its name."""
    mark, end = paint["mark"], paint["end"]
    primary = problem.span
    text = primary and primary.text
    out: list[str] = []
    shown: Span | None = None
    left = 0
    ordered = sorted(labels, key=lambda it: (it.span.text is not text, it.span.text.name, it.span.line, it.span.column))
    for label in ordered:
        span = label.span
        is_primary = span is primary
        if shown and shown.text is not span.text:
            out.append(f"{' ' * gutter}{mark}:::{end} {_printable(span.text.name)}:{span.line}:{span.column}")
        elif shown and span.line > shown.line + 1:
            out.append(f"{' ' * gutter} {mark}:{end}")
        line = _line(span)
        if not (shown and shown.text is span.text and shown.line == span.line):
            left = _left(span, line, primary)
            cut = _printable(line[left : left + WIDTH])
            out.append(f"{mark}{span.line:>{gutter}} |{end} {cut}".rstrip())
        start, length = _marked(span, line, left)
        tint = paint[problem.severity] if is_primary else mark
        note = f" {_printable(label.message)}" if label.message else ""
        sign = "^" if is_primary else "-"
        out.append(f"{' ' * gutter} {mark}|{end} {' ' * start}{tint}{sign * length}{note}{end}")
        shown = span
    return out


def _line(span: Span) -> str:
    """The line on which a span begins."""
    lines = span.text.lines
    return lines[span.line - 1] if span.line <= len(lines) else ""


def _left(span: Span, line: str, primary: Span | None) -> int:
    """Where the shown part of a line begins: a long one is cut around its mark, the primary one first."""
    if len(line) <= WIDTH:
        return 0
    on_line = primary and primary.text is span.text and primary.line == span.line
    column = primary.column if primary and on_line else span.column
    return max(0, min(column - 1, len(line)) - WIDTH // 2)


def _marked(span: Span, line: str, left: int) -> tuple[int, int]:
    """Columns of the terminal before a mark, and under it, in the part of a line that begins at `left`."""
    cut = line[left : left + WIDTH]
    until = span.end_column - 1 if span.end_line == span.line else len(line)
    begin = min(max(span.column - 1 - left, 0), len(cut))
    stop = min(max(until - left, begin), len(cut))
    return _columns(cut[:begin]), max(1, _columns(cut[begin:stop]))


def _columns(text: str) -> int:
    """Columns that a terminal gives a text: two to a wide East Asian character, none to an accent."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in _printable(text))


def _printable(text: str) -> str:
    """A text with blanks for what would move the cursor, or speak to the terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
