"""Files that a spec is put together from: `extends` and `use`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tfspec.diagnostics import Code, Label, Problem, Span, SpecError, did_you_mean, nearest, one_of
from tfspec.source import Tree, load_tree, read_text

from .merging import laid_over
from .problems import CIRCLE, CLASH, NO_FILE, NOT_A_LIBRARY, OUTSIDE

LIBRARY = ("vars", "blocks", "shared", "custom")
"""The sections that a library file may hold."""

MAX_FILES = 100
"""Files that one spec may be put together from."""


def put_together(tree: Tree, root: Path | None) -> Tree:
    """The spec with the one that it extends below it, and what its libraries hold below both.

    Raises:
        SpecError: A file cannot be read, lies outside of the root, or leads back to itself.
    """
    first = ((Path(tree.span.text.name).resolve(), None),) if tree.span else ()
    return _Files(root).whole(tree, first)


class _Files:
    """The files that were read for one spec."""

    def __init__(self, root: Path | None) -> None:
        self.root = root and root.resolve()
        self.read = 0

    def whole(self, tree: Tree, way: tuple[tuple[Path, Span | None], ...]) -> Tree:
        """A spec with everything that it extends and uses; `way` leads from the first spec to it."""
        content = tree.content
        if not isinstance(content, dict) or not {"extends", "use"} & set(content):
            return tree
        own = tree.holding({key: child for key, child in content.items() if key not in ("extends", "use")})
        libraries = self._libraries(content["use"]) if "use" in content else None
        if libraries is not None:
            own = laid_over(libraries, own)
        if "extends" in content:
            own = laid_over(self._extended(content["extends"], way), own)
        return own

    def _extended(self, named: Tree, way: tuple[tuple[Path, Span | None], ...]) -> Tree:
        path, tree = self._file(named, "extends")
        known = [each for each, _ in way]
        if path in known:
            chain = " → ".join(f"`{each.name}`" for each in (*known[known.index(path) :], path))
            message = f"this spec extends itself: {chain}"
            raise SpecError([_problem(CIRCLE, message, named)])
        below = self.whole(tree, (*way, (path, named.span)))
        return below.used(Label(named.span, "extended here")) if named.span else below

    def _libraries(self, named: Tree) -> Tree:
        """What all libraries hold, together."""
        files = named.content if isinstance(named.content, list) else [named]
        together: dict[str, dict[str, Tree]] = {}
        problems: list[Problem] = []
        for each in files:
            try:
                _, tree = self._file(each, "use")
            except SpecError as error:
                problems += error.problems
                continue
            uses = (Label(each.span, "used here"),) if each.span else ()
            problems += _add_library(together, tree, uses)
        if problems:
            raise SpecError(problems)
        sections = {name: Tree(dict(entries)) for name, entries in together.items()}
        return Tree(dict(sections))

    def _file(self, named: Tree, key: str) -> tuple[Path, Tree]:
        """The file that a value names, from the folder of the file in which it stands."""
        if not isinstance(named.content, str) or not named.content:
            raise SpecError([_problem(NO_FILE, f"`{key}` must name a file", named, f"such as `{key}: other.yaml`")])
        self.read += 1
        if self.read > MAX_FILES:
            raise SpecError([_problem(NO_FILE, f"the spec is put together from more than {MAX_FILES} files", named)])
        path = self._folder(named) / named.content
        try:
            real = path.resolve()
            is_file = real.is_file()
        except (OSError, RuntimeError, ValueError):  # a circle of links, a name that no file can have
            raise SpecError([_problem(NO_FILE, f"`{path}` can be no file", named)]) from None
        if self.root and not real.is_relative_to(self.root):
            message = f"`{named.content}` lies outside of the folder that files may come from"
            advice = "move the file into it, or allow a folder further up"
            raise SpecError([_problem(OUTSIDE, message, named, advice)])
        if not is_file:
            raise SpecError([_problem(NO_FILE, f"there is no file `{path}`", named, _near(real, named.content))])
        try:
            return real, load_tree(read_text(path))
        except SpecError as error:
            raise SpecError([_brought(problem, named, key) for problem in error.problems]) from None

    def _folder(self, named: Tree) -> Path:
        """The folder that a path starts from: that of the file it stands in, or else the root."""
        text = named.span.text if named.span else None
        if text is None or text.name.startswith(("<", "--")):
            return self.root or Path()
        return Path(text.name).parent


def _add_library(together: dict[str, dict[str, Tree]], tree: Tree, uses: tuple[Label, ...]) -> list[Problem]:
    """Add what a library holds to the others; what it must not hold, and what another one holds too, is told."""
    problems: list[Problem] = []
    sections = tree.content if isinstance(tree.content, dict) else {}
    for section, entries in sections.items():
        span = entries.key_span and entries.key_span._replace(uses=uses)
        if section == "tfspec":
            continue
        if section not in LIBRARY:
            message = f"a library holds only {one_of(LIBRARY, 'and')}, not `{section}`"
            advice = did_you_mean(section, LIBRARY) or "to start from a whole spec, write `extends`"
            problems.append(NOT_A_LIBRARY.problem(message, span=span, help=advice))
        elif isinstance(entries.content, dict):
            known = together.setdefault(section, {})
            for name, value in entries.content.items():
                if name in known:
                    problems.append(_clash(name, section, value.used(*uses), known[name]))
                else:
                    known[name] = value.used(*uses)
        elif entries.content is not None:
            message = f"`{section}` must be a mapping from names to what they stand for"
            problems.append(NOT_A_LIBRARY.problem(message, span=span))
    return problems


def _clash(name: str, section: str, value: Tree, first: Tree) -> Problem:
    labels = (Label(first.key_span, "the first one"),) if first.key_span else ()
    span = value.key_span and value.key_span._replace(uses=value.uses)
    message = f"two libraries have `{name}` under `{section}`"
    return CLASH.problem(message, path=(section, name), span=span, labels=labels, help="rename one of them")


def _brought(problem: Problem, named: Tree, key: str) -> Problem:
    """A problem of another file, with the place that names the file; without a place of its own it is told there."""
    if named.span is None:
        return problem
    use = Label(named.span, "extended here" if key == "extends" else "used here")
    if problem.span is None:
        return replace(problem, span=named.span._replace(uses=named.uses))
    return replace(problem, span=problem.span._replace(uses=(use, *problem.span.uses)))


def _problem(code: Code, message: str, named: Tree, advice: str | None = None) -> Problem:
    return code.problem(message, span=named.span and named.span._replace(uses=named.uses), help=advice)


def _near(path: Path, written: str) -> str | None:
    """A file beside the one that is missing, whose name is nearly the same."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder `{folder.name}`"
    names = sorted(each.name for each in folder.iterdir() if each.suffix in (".yaml", ".yml", ".json"))
    found = nearest(path.name, names[:1000])
    return f"did you mean `{Path(written).with_name(found)}`?" if found else None
