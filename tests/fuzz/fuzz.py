"""Coverage-guided fuzzing, on demand: whatever comes in, the answer is a result or the error that is promised, soon.

pip install 'tfspec[fuzz]'
python tests/fuzz/fuzz.py source|load|programs|check [--minutes 10] [--keep FOLDER]

libFuzzer mutates what made new code run, beginning with `specs` and `tests/cases`; half of the time a piece of one
of those files takes the place of a piece of the input. Every mistake that is found is printed, once for the place
that raised, and the input kept as a file in `FOLDER/found`; what made new code run is kept beside it, and is where
the next run begins.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris  # type: ignore[import-untyped] # it says no types

ROOT = Path(__file__).parents[2]
SEEDS = [path for folder in ("specs", "tests/cases") for path in sorted((ROOT / folder).rglob("*.yaml"))]
LONGEST = 20_000
"""Bytes of an input."""

SECONDS = 10.0
"""What one input may take, of the processor and instrumented, which is several times slower."""

MEGABYTES = 300
"""What one input may add to the memory of the process."""

PIECES = ["${", "$${", "&a ", "*a", "<<: *a", "!!str ", "? ", "|\n", "\t", "\ufeff", "\u2028"]
"""What the specs to begin with do not hold, or not often."""

with atheris.instrument_imports(include=["tfspec", "yaml"]):
    import yaml

    import tfspec
    from tfspec.diagnostics import SpecError, Text
    from tfspec.diagnostics.terminal import render_text
    from tfspec.programs import ProgramError, read_template
    from tfspec.programs.functions import size_of
    from tfspec.programs.limits import MAX_LENGTH, MAX_TEXT
    from tfspec.source import decode_text, load_tree
    from tfspec.source import yaml as reader

SCOPE = {"n": 3, "x": 0.5, "text": "ab", "yes": True, "nothing": None, "items": [1, 2, 3], "table": {"a": 1, "b": [2]}}


def read(data: bytes) -> None:
    """Bytes to a tree, with libyaml and without it."""
    for loader, name in ((yaml.CBaseLoader, "spec.yaml"), (yaml.BaseLoader, "spec.yaml"), (None, "spec.json")):
        reader.LOADER = loader or reader.LOADER
        try:
            tree = load_tree(decode_text(data, name))
        except SpecError as error:
            promised(error)
        else:
            assert isinstance(tree.data, dict)


def load(data: bytes) -> None:
    """Text to a spec."""
    try:
        tfspec.load(text_of(data), root=Path.cwd())
    except SpecError as error:
        promised(error)


def program(data: bytes) -> None:
    """A text with expressions to its value."""
    text = data.decode("utf-8", "surrogateescape")[: 2 * MAX_TEXT]
    try:
        value = read_template(text).value(SCOPE)
    except ProgramError as error:
        if not 0 <= error.start <= error.end <= len(text):
            raise AssertionError(f"{error.start} to {error.end} of {len(text)}") from error
    else:
        assert size_of(value) <= 2 * MAX_LENGTH


def check(data: bytes) -> None:
    """A spec to its problems."""
    problems = tfspec.check(text_of(data), root=Path.cwd())
    if problems:
        promised(SpecError(problems))


TARGETS: dict[str, Callable[[bytes], None]] = {"source": read, "load": load, "programs": program, "check": check}


def text_of(data: bytes) -> Text:
    """The text of bytes, those that are no UTF-8 left out."""
    return Text("spec.yaml", data.decode("utf-8", "ignore"))


def promised(error: SpecError) -> None:
    """Whether problems are what they should be: some, that can be printed, at places that are there."""
    assert error.problems
    render_text(error.problems).encode()
    for problem in error.problems:
        for span in (problem.span, *(label.span for label in problem.labels)):
            assert span is None or (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)


def seeds(target: str) -> Iterator[bytes]:
    """The inputs to begin with."""
    for path in SEEDS:
        data = path.read_bytes()
        if target == "programs":
            yield from re.findall(rb"\$\{[^}\n]*\}", data)
        elif len(data) <= LONGEST:
            yield data


class Fuzzing:
    """A run of one target."""

    def __init__(self, target: str, folder: Path) -> None:
        self.target = TARGETS[target]
        self.seeds = list(dict.fromkeys(seeds(target)))
        self.found = folder / "found"
        self.corpus = folder / target
        self.seen: set[str] = set()
        for path in (self.found, self.corpus):
            path.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(self.seeds):
            (self.corpus / f"seed_{number}").write_bytes(seed)
        words = dict.fromkeys(
            word for seed in self.seeds for word in re.findall(r"\w+|[^\w\s]+", seed.decode("utf-8", "ignore"))
        )
        escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in [*PIECES, *words])
        self.dictionary = folder / f"{target}.dict"
        self.dictionary.write_text("".join(f'"{word}"\n' for word in escaped), encoding="utf-8")

    def one(self, data: bytes) -> None:
        """Try an input; a mistake is kept and told, and the run goes on."""
        began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            self.target(data)
            seconds = time.process_time() - began
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            assert seconds < SECONDS, f"{seconds:.1f} seconds"
            assert grown < MEGABYTES, f"{grown} megabytes"
        except Exception as error:  # noqa: BLE001 - every one is a finding
            self.keep(data, error)

    def keep(self, data: bytes, error: Exception) -> None:
        """A mistake that no other input has shown."""
        place = traceback.extract_tb(error.__traceback__)[-1]
        mark = f"{type(error).__name__}_{Path(place.filename).stem}_{place.lineno}"
        if mark not in self.seen:
            self.seen.add(mark)
            (self.found / mark).write_bytes(data)
            traceback.print_exception(error)
            print(f"FOUND {self.found / mark}", flush=True)

    def mutate(self, data: bytes, most: int, seed: int) -> bytes:
        """Another input: libFuzzer's own mutation, or lines of a seed in place of some lines."""
        chance = random.Random(seed)  # noqa: S311 - nothing secret
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        parts, others = (text.splitlines(keepends=True) for text in (data, chance.choice(self.seeds)))
        start, begin = chance.randrange(len(parts) + 1), chance.randrange(len(others) + 1)
        parts[start : start + chance.choice((0, 0, 1, 4))] = others[begin : begin + chance.choice((1, 2, 8))]
        return b"".join(parts)[:most]


def main() -> None:
    options = argparse.ArgumentParser(description="Fuzz one part of tfspec.")
    options.add_argument("target", choices=TARGETS)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "tfspec-fuzz")
    asked = options.parse_args()
    fuzzing = Fuzzing(asked.target, asked.keep.resolve())
    with tempfile.TemporaryDirectory() as empty, atheris.instrument_imports(include=["tfspec", "yaml"]):
        os.chdir(empty)
        for seed in fuzzing.seeds:  # what is imported late is instrumented as well
            fuzzing.one(seed)
        limits = [
            f"-max_total_time={asked.minutes * 60:.0f}",
            f"-max_len={LONGEST}",
            "-timeout=120",
            "-rss_limit_mb=3000",
        ]
        folders = [f"-dict={fuzzing.dictionary}", f"-artifact_prefix={fuzzing.found}/", str(fuzzing.corpus)]
        atheris.Setup([sys.argv[0], *limits, *folders], fuzzing.one, custom_mutator=fuzzing.mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
