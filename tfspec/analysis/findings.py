"""Problems as a lint finds them: at a thing of the spec, with a second place that they speak of."""

from __future__ import annotations

from tfspec.diagnostics import Code, Label, Path, Problem, Span
from tfspec.source import Tree


class Findings:
    """What lints have found so far."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.problems: list[Problem] = []

    def tell(
        self, code: Code, message: str, path: Path, advice: str | None = None, other: tuple[Path, str] | None = None
    ) -> None:
        """Add a problem, with a second place and what is to be seen there."""
        span = self._span(other[0]) if other else None
        labels = (Label(span, other[1]),) if other and span else ()
        self.problems.append(code.problem(message, path=path, span=self._span(path), labels=labels, help=advice))

    def _span(self, path: Path) -> Span | None:
        """The place of a value; for a thing with arguments, that of its name."""
        content = self.tree.nearest(path)[0].content
        if not isinstance(content, dict):
            return self.tree.span_at(path)
        if len(content) == 1 and self.tree.nearest(path)[1] == path and isinstance(path[-1], (int, str)):
            name = next(iter(content))
            if name[:1].isupper():
                return self.tree.span_at((*path, name), key=True)
        return self.tree.span_at(path, key=True)
