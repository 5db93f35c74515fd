"""Files that a spec names under `extends` and `use`: where they lie, and what stands in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tfspec.diagnostics import Code, Label, Problem, SpecError, nearest
from tfspec.diagnostics import Path as Way
from tfspec.programs import has_expression
from tfspec.source import Tree, load_tree, read_text

from .problems import CIRCLE, NO_FILE, OUTSIDE

MAX_FILES = 100
"""Files that one spec may be put together from."""

PLAIN_PATH = "write the path itself: files are read before anything is computed"

THEMSELVES = {"extends": "this spec extends itself", "use": "this file uses itself"}


class Files:
    """The files of one spec; none of them lies outside of `root`, where there is one."""

    def __init__(self, root: Path | None) -> None:
        self.root = root and root.resolve()
        self.read = 0

    def found(self, named: Tree, key: str, way: tuple[Path, ...]) -> Path:
        """The file that a value names; `way` leads from the first spec to the file in which it stands.

        Raises:
            SpecError: There is no such file, it lies outside of the root, or it is one of those on the way.
        """
        if not isinstance(named.content, str) or not named.content:
            raise _refused(NO_FILE, f"`{key}` must name a file", named, f"such as `{key}: other.yaml`")
        path = self._path(named)
        try:
            real = path.resolve()
            is_file = real.is_file()
        except (OSError, RuntimeError, ValueError):  # a circle of links, a name that no file can have
            raise _refused(NO_FILE, f"`{path}` can be no file", named) from None
        if self.root and not real.is_relative_to(self.root):
            raise SpecError([outside(named)])
        if not is_file:
            is_computed = has_expression(named.content)
            advice = PLAIN_PATH if is_computed else _near(real, named.content)
            raise _refused(NO_FILE, f"there is no file `{path}`", named, advice)
        if real in way:
            chain = " → ".join(f"`{each.name}`" for each in (*way[way.index(real) :], real))
            raise _refused(CIRCLE, f"{THEMSELVES[key]}: {chain}", named)
        return real

    def tree(self, named: Tree, uses: tuple[Label, ...]) -> Tree:
        """What stands in the file that a value names; its mistakes are told with `uses`, which brought them.

        Raises:
            SpecError: It cannot be read, or is one of too many.
        """
        self.read += 1
        if self.read > MAX_FILES:
            raise _refused(NO_FILE, f"the spec is put together from more than {MAX_FILES} files", named)
        try:
            return load_tree(read_text(self._path(named)))
        except SpecError as error:
            here = named.span and named.span._replace(uses=named.uses)
            problems = [each.used(*uses) if each.span else replace(each, span=here) for each in error.problems]
            raise SpecError(problems) from None

    def _path(self, named: Tree) -> Path:
        """A path as it is written, from the folder of the file in which it stands, or else from the root."""
        return folder_of(named, self.root or Path()) / str(named.content)


def folder_of(tree: Tree, otherwise: Path) -> Path:
    """The folder of the file in which a value stands; `otherwise` where it stands in none."""
    text = tree.span.text if tree.span else None
    if text is None or text.name.startswith(("<", "--")):
        return otherwise
    return Path(text.name).parent


def outside(named: Tree, way: Way = ()) -> Problem:
    """The problem of a path that leads out of the root."""
    message = f"`{named.content}` lies outside of the folder that files may come from"
    advice = "move the file into it, or allow a folder further up"
    span = named.span and named.span._replace(uses=named.uses)
    return OUTSIDE.problem(message, path=way, span=span, help=advice)


def _refused(code: Code, message: str, named: Tree, advice: str | None = None) -> SpecError:
    return SpecError([code.problem(message, span=named.span and named.span._replace(uses=named.uses), help=advice)])


def _near(path: Path, written: str) -> str | None:
    """A file beside the one that is missing, whose name is nearly the same."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder `{folder.name}`"
    names = sorted(each.name for each in folder.iterdir() if each.suffix in (".yaml", ".yml", ".json"))
    found = nearest(path.name, names[:1000])
    return f"did you mean `{Path(written).with_name(found)}`?" if found else None
