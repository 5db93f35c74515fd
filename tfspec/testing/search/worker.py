"""One process of a search: it imports Keras once, tries specs, and prints what it meets and finds as lines of JSON."""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tfspec.analysis import analyze
from tfspec.spec import load
from tfspec.testing.models import specs
from tfspec.testing.varying import AT_ONCE

from .compare import Disagreement, disagreements
from .coverage import Coverage

EACH = 25
"""Specs between two lines."""

PATIENCE = 300
"""Seconds after which the process is ended with the spec that it hangs on."""

Signature = tuple[str, str]


class FoundError(AssertionError):
    """A disagreement that was not met before; Hypothesis makes its spec small."""


def signature(found: Sequence[Sequence[str]]) -> Signature:
    """What makes two disagreements the same kind: all but names and sizes."""
    what, _, theirs = found[0]
    return _plain(what), _plain(theirs)[:60]


def _plain(text: str) -> str:
    return re.sub(r"'[^']*'|`[^`]*`|[(),\[\] ]+|\b\d+\b", " ", text)


class Searcher:
    """A search of so many specs from a seed; `last` is a file that holds the spec being tried.

    What is `known` already is not told again.
    """

    def __init__(self, count: int, start: int, last: Path, known: set[Signature]) -> None:
        self.count = count
        self.start = start
        self.last = last
        self.known = known
        self.coverage = Coverage()
        self.tried = 0
        self.seen: dict[str, list[Disagreement]] = {}
        """What every spec, as JSON, has shown: Hypothesis tries some again."""
        self.small: tuple[dict[str, Any], list[Disagreement]] | None = None
        self.target: Signature | None = None

    def search(self) -> None:
        """Try specs until there have been enough; go on behind each disagreement."""
        attempt = self._attempt()
        for number in range(self.count):
            self.target = None
            try:
                seed(self.start + number)(attempt)()
            except FoundError:
                assert self.small is not None  # noqa: S101 - what was found is kept
                spec, found = self.small
                self.known.add(signature(found))
                _print({"spec": spec, "found": found})
            if self.tried >= self.count:
                break
        self._tell()

    def _attempt(self) -> Callable[[], None]:
        """A run of Hypothesis."""
        calm = settings(
            max_examples=AT_ONCE,
            database=None,
            deadline=None,
            print_blob=False,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )

        @calm
        @given(specs())
        def attempt(spec: dict[str, Any]) -> None:
            self._try(spec)

        return attempt

    def _try(self, spec: dict[str, Any]) -> None:
        text = json.dumps(spec)
        if text not in self.seen:
            self.seen[text] = self._compare(spec, text)
        found = self.seen[text]
        if found and signature(found) not in self.known and self.target in (None, signature(found)):
            self.target, self.small = signature(found), (spec, found)
            raise FoundError

    def _compare(self, spec: dict[str, Any], text: str) -> list[Disagreement]:
        """What a spec shows; while another is made small, it does not count."""
        if self.target is None:
            if self.tried == self.count:
                return []
            self.tried += 1
            self.coverage.meet(analyze(load(spec)))
            if self.coverage.specs == EACH:
                self._tell()
        self.last.write_text(text, encoding="utf-8")
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        found = disagreements(spec)
        faulthandler.cancel_dump_traceback_later()
        return found

    def _tell(self) -> None:
        _print({"met": self.coverage.to_dict()})
        self.coverage = Coverage()


def _print(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Search as the arguments say: how many specs, from which seed, and where the spec being tried is kept."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    os.environ |= dict.fromkeys(("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"), "1")
    warnings.simplefilter("ignore")
    import tfspec.backends.keras  # noqa: F401 - imported before its objects are set aside

    gc.freeze()  # what is imported stays, and is not looked through again and again
    count, start, last, known = sys.argv[1:]
    Searcher(int(count), int(start), Path(last), {(what, theirs) for what, theirs in json.loads(known)}).search()


if __name__ == "__main__":
    main()
